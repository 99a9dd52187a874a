package io.faultline.model.ghost;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.TestRun;
import io.faultline.model.cluster.PartitionId;

import org.junit.jupiter.api.Test;

/// How the synchronisation of P2, one of four partitions, with P3 and P0 stands.
class NeighboursTest {

    private static final PartitionId P0 = new PartitionId(0);
    private static final PartitionId P2 = new PartitionId(2);
    private static final PartitionId P3 = new PartitionId(3);

    private final Neighbours neighbours = new Neighbours(P2, 4, 2);

    @Test
    void neighboursAreTheNextOnesRoundTheRing() {
        assertThat(neighbours.begin()).containsExactly(P3, P0);
        assertThat(new Neighbours(P2, 4, 9).begin()).isEqualTo(TestRun.partitions(3, 0, 1));
        assertThat(new Neighbours(P0, 1, 2).begin()).isEmpty();
    }

    @Test
    void whoDoesNotAnswerInTimeHasFailed() {
        neighbours.begin();
        neighbours.answered(P3, 1);
        assertThat(neighbours.timedOut(1)).containsExactly(P0);
    }

    @Test
    void anAnswerIsNewsOnlyAfterAFailure() {
        neighbours.begin();
        assertThat(neighbours.answered(P3, 1)).isFalse();
        neighbours.timedOut(1);
        neighbours.begin();
        assertThat(neighbours.answered(P0, 2)).isTrue();
        assertThat(neighbours.answered(P3, 2)).isFalse();
        neighbours.begin();
        assertThat(neighbours.answered(P0, 3)).isFalse();
    }

    @Test
    void aLateAnswerDoesNotCount() {
        neighbours.begin();
        neighbours.timedOut(1);
        assertThat(neighbours.answered(P3, 1)).isFalse();
        neighbours.begin();
        assertThat(neighbours.answered(P3, 1)).isFalse();
        assertThat(neighbours.timedOut(2)).containsExactly(P3, P0);
    }

    @Test
    void duringAPauseNobodyIsAskedAndNobodyWaitedFor() {
        neighbours.begin();
        neighbours.pause();
        assertThat(neighbours.timedOut(1)).isEmpty();
        assertThat(neighbours.begin()).isEmpty();
        neighbours.resume();
        assertThat(neighbours.begin()).containsExactly(P3, P0);
    }

    @Test
    void whoStartsAgainWaitsUntilItIsToldThatThereIsNoPause() {
        neighbours.begin();
        neighbours.timedOut(1);
        neighbours.forget();
        assertThat(neighbours.begin()).isEmpty();
        neighbours.resume();
        neighbours.begin();
        assertThat(neighbours.answered(P3, 2)).isFalse();
    }
}
