package io.faultline.model.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.cluster.PartitionId;

import org.junit.jupiter.api.Test;

import java.util.Set;

/// Who holds the entities of partitions that failed.
class HeirsTest {

    private static final PartitionId P0 = new PartitionId(0);
    private static final PartitionId P1 = new PartitionId(1);
    private static final PartitionId P2 = new PartitionId(2);
    private static final PartitionId P3 = new PartitionId(3);

    private final Heirs heirs = new Heirs();

    @Test
    void whoWasGivenSomethingHoldsItInOrderOfRank() {
        heirs.add(P0, P3);
        heirs.add(P0, P1);
        assertThat(heirs.holders(P0, _ -> true)).containsExactly(P1, P3);
        assertThat(heirs.holders(P1, _ -> true)).isEmpty();
    }

    @Test
    void anHeirThatHasFailedIsReplacedByItsOwnHeirs() {
        heirs.add(P0, P1);
        heirs.add(P1, P2);
        heirs.add(P1, P3);
        assertThat(heirs.holders(P0, id -> !id.equals(P1))).containsExactly(P2, P3);
    }

    @Test
    void partitionsThatInheritedFromEachOtherDoNotGoOnForEver() {
        heirs.add(P0, P1);
        heirs.add(P1, P0);
        assertThat(heirs.holders(P0, Set.of(P2, P3)::contains)).isEmpty();
    }

    @Test
    void whoGotBackWhatItGetsHasNoHeirs() {
        heirs.add(P0, P1);
        heirs.forget(P0);
        assertThat(heirs.holders(P0, _ -> true)).isEmpty();
    }
}
