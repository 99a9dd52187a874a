package io.faultline.model.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.TestRun;
import io.faultline.model.cluster.PartitionId;

import org.junit.jupiter.api.Test;

import java.util.OptionalInt;
import java.util.Set;

/// Who stands in for a partition that failed.
class SurvivorsTest {

    private static final PartitionId P1 = new PartitionId(1);
    private static final PartitionId P3 = new PartitionId(3);

    private static Survivors healthyBut(int partitions, Integer... failed) {
        var down = Set.of(failed);
        return new Survivors(partitions, id -> !down.contains(id.rank()));
    }

    @Test
    void withoutABoundAllHealthyOnesDo() {
        assertThat(healthyBut(5, 1, 2).without(P1, OptionalInt.empty()))
                .isEqualTo(TestRun.partitions(0, 3, 4));
    }

    @Test
    void withABoundTheNextHealthyOnesRoundTheRingDo() {
        assertThat(healthyBut(5, 3, 4).without(P3, OptionalInt.of(2)))
                .isEqualTo(TestRun.partitions(0, 1));
    }

    @Test
    void withTooFewThatAreHealthyItIsThose() {
        assertThat(healthyBut(3, 0, 1).without(P1, OptionalInt.of(9)))
                .isEqualTo(TestRun.partitions(2));
    }

    @Test
    void aBoundKeepsAlmostEverybodyFromBeingLookedAt() {
        var looks = new int[1];
        int partitions = 100_000;
        var survivors =
                new Survivors(
                        partitions,
                        id -> {
                            looks[0]++;
                            return id.rank() % 10 != 0;
                        });
        int failures = 0;
        for (int rank = 0; rank < partitions; rank += 10, failures++) {
            assertThat(survivors.without(new PartitionId(rank), OptionalInt.of(4))).hasSize(4);
        }
        assertThat(looks[0]).isEqualTo(4 * failures);
    }

    @Test
    void theNextOneIsNeitherFailedNorExcepted() {
        assertThat(healthyBut(4, 2).next(P1, P3)).contains(new PartitionId(0));
        assertThat(healthyBut(4, 0, 2).next(P1, P3)).isEmpty();
    }
}
