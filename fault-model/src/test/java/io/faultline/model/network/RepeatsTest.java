package io.faultline.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.cluster.PartitionId;

import org.junit.jupiter.api.Test;

/// What comes for the first time, and what comes again.
class RepeatsTest {

    private static final PartitionId P0 = new PartitionId(0);
    private static final PartitionId P1 = new PartitionId(1);

    private final Repeats repeats = new Repeats(2);

    @Test
    void whatComesAgainIsKnown() {
        assertThat(repeats.isNew(P0, 1, 1)).isTrue();
        assertThat(repeats.isNew(P0, 1, 1)).isFalse();
        assertThat(repeats.isNew(P0, 1, 2)).isTrue();
        assertThat(repeats.isNew(P0, 1, 1)).isFalse();
        assertThat(repeats.isNew(P0, 1, 2)).isFalse();
    }

    @Test
    void whatWasOvertakenIsNewNevertheless() {
        assertThat(repeats.isNew(P0, 1, 3)).isTrue();
        assertThat(repeats.isNew(P0, 1, 1)).isTrue();
        assertThat(repeats.isNew(P0, 1, 3)).isFalse();
        assertThat(repeats.isNew(P0, 1, 2)).isTrue();
        assertThat(repeats.isNew(P0, 1, 3)).isFalse();
        assertThat(repeats.isNew(P0, 1, 4)).isTrue();
    }

    @Test
    void everyoneCountsForHimself() {
        assertThat(repeats.isNew(P0, 1, 1)).isTrue();
        assertThat(repeats.isNew(P1, 1, 1)).isTrue();
    }

    @Test
    void whoStartsAgainCountsFromOne() {
        assertThat(repeats.isNew(P0, 1, 1)).isTrue();
        assertThat(repeats.isNew(P0, 1, 3)).isTrue();
        assertThat(repeats.isNew(P0, 2, 1)).isTrue();
        assertThat(repeats.isNew(P0, 2, 3)).isTrue();
    }

    @Test
    void whatWasSaidBeforeComesTooLate() {
        assertThat(repeats.isNew(P0, 2, 1)).isTrue();
        assertThat(repeats.isNew(P0, 1, 7)).isFalse();
    }
}
