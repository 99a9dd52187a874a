package io.faultline.model.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.random.RandomStreams;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.recovery.Placement.Move;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.IntStream;

/// Who owns how many entities.
class PlacementTest {

    private static final PartitionId P0 = new PartitionId(0);
    private static final PartitionId P1 = new PartitionId(1);
    private static final PartitionId P2 = new PartitionId(2);
    private static final PartitionId P3 = new PartitionId(3);

    static IntStream seeds() {
        return IntStream.rangeClosed(1, 20);
    }

    @Test
    void everybodyStartsWithTheSame() {
        var placement = new Placement(3, 1000);
        assertThat(placement.owned(P0)).isEqualTo(1000);
        assertThat(placement.owned(P2)).isEqualTo(1000);
    }

    @Test
    void spreadingSharesEquallyAndGivesTheOddOnesToLowerRanks() {
        var placement = new Placement(4, 11);
        assertThat(spread(placement, P1, List.of(P0, P2, P3)))
                .containsExactly(new Move(P1, P0, 4), new Move(P1, P2, 4), new Move(P1, P3, 3));
        assertThat(placement.owned(P1)).isZero();
        assertThat(placement.owned(P0)).isEqualTo(15);
    }

    @Test
    void withFewerEntitiesThanTakersSomeGetNone() {
        var placement = new Placement(4, 2);
        assertThat(spread(placement, P0, List.of(P1, P2, P3)))
                .containsExactly(new Move(P0, P1, 1), new Move(P0, P2, 1));
    }

    @Test
    void withNobodyToTakeThemEntitiesStayWhereTheyAre() {
        var placement = new Placement(2, 10);
        assertThat(spread(placement, P0, List.of())).isEmpty();
        assertThat(fill(placement, P0, List.of())).isEmpty();
        assertThat(placement.owned(P0)).isEqualTo(10);
    }

    @Test
    void fillingBringsThePartitionBackToTheMean() {
        var placement = new Placement(3, 1000);
        spread(placement, P1, List.of(P0, P2));
        assertThat(fill(placement, P1, List.of(P0, P2)))
                .containsExactly(new Move(P0, P1, 500), new Move(P2, P1, 500));
        assertThat(placement.owned(P1)).isEqualTo(1000);
    }

    @Test
    void whatIsPromisedIsNotGivenAgain() {
        var placement = new Placement(3, 10);
        assertThat(placement.give(P0, P1, 7)).containsExactly(new Move(P0, P1, 7));
        assertThat(placement.give(P0, P2, 7)).containsExactly(new Move(P0, P2, 3));
        assertThat(placement.give(P0, P2, 7)).isEmpty();
    }

    @Test
    void whoIsBelowTheMeanGivesNothing() {
        var placement = new Placement(3, 9);
        spread(placement, P0, List.of(P2));
        spread(placement, P1, List.of(P2));
        assertThat(fill(placement, P0, List.of(P1, P2))).containsExactly(new Move(P2, P0, 9));
    }

    @Test
    void aPartitionAboveTheMeanIsGivenNothing() {
        var placement = new Placement(2, 10);
        spread(placement, P1, List.of(P0));
        assertThat(fill(placement, P0, List.of(P1))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noEntityIsEverLostOrDoubled(long seed) {
        var random = new RandomStreams(seed).stream("placement");
        int partitions = 1 + random.nextInt(12);
        int each = random.nextInt(2000);
        var placement = new Placement(partitions, each);
        for (int step = 0; step < 200; step++) {
            var one = new PartitionId(random.nextInt(partitions));
            var others =
                    IntStream.range(0, partitions)
                            .filter(rank -> rank != one.rank() && random.nextBoolean(0.6))
                            .mapToObj(PartitionId::new)
                            .toList();
            int before = placement.owned(one);
            if (random.nextBoolean(0.5)) {
                var moves = spread(placement, one, others);
                assertThat(placement.owned(one)).isEqualTo(others.isEmpty() ? before : 0);
                assertThat(moves).allMatch(m -> m.from().equals(one) && m.entities() > 0);
            } else {
                var moves = fill(placement, one, others);
                assertThat(placement.owned(one)).isGreaterThanOrEqualTo(before);
                assertThat(moves).allMatch(m -> m.to().equals(one) && m.entities() > 0);
            }
            assertThat(total(placement, partitions)).isEqualTo((long) partitions * each);
            assertThat(IntStream.range(0, partitions).mapToObj(PartitionId::new))
                    .allMatch(id -> placement.owned(id) >= 0);
        }
    }

    /// The mean is rounded down, so the group's shares may differ from it by the remainder.
    @ParameterizedTest
    @MethodSource("seeds")
    void aRecoveredPartitionEndsWithItsShare(long seed) {
        var random = new RandomStreams(seed).stream("placement");
        int partitions = 2 + random.nextInt(10);
        int each = random.nextInt(2000);
        var placement = new Placement(partitions, each);
        var one = new PartitionId(random.nextInt(partitions));
        var others =
                IntStream.range(0, partitions)
                        .filter(rank -> rank != one.rank())
                        .mapToObj(PartitionId::new)
                        .toList();
        spread(placement, one, others);
        fill(placement, one, others);
        assertThat(placement.owned(one)).isEqualTo(each);
    }

    @Test
    void whatIsPlannedBelongsToWhomItBelongedUntilTheMoveIsMade() {
        var placement = new Placement(3, 10);
        var moves = placement.spread(P0, List.of(P1, P2));
        assertThat(placement.owned(P0)).isEqualTo(10);
        assertThat(placement.owned(P1)).isEqualTo(10);
        moves.forEach(placement::make);
        assertThat(placement.owned(P0)).isZero();
        assertThat(placement.owned(P1)).isEqualTo(15);
    }

    @Test
    void noPlanCountsOnWhatAnotherHasPromised() {
        var placement = new Placement(3, 10);
        var first = placement.spread(P0, List.of(P1));
        assertThat(placement.spread(P0, List.of(P2))).isEmpty();
        first.forEach(placement::cancel);
        assertThat(placement.spread(P0, List.of(P2))).containsExactly(new Move(P0, P2, 10));
    }

    private static List<Move> spread(Placement placement, PartitionId from, List<PartitionId> to) {
        var moves = placement.spread(from, to);
        moves.forEach(placement::make);
        return moves;
    }

    private static List<Move> fill(Placement placement, PartitionId to, List<PartitionId> others) {
        var moves = placement.fill(to, others);
        moves.forEach(placement::make);
        return moves;
    }

    private static long total(Placement placement, int partitions) {
        return IntStream.range(0, partitions)
                .mapToLong(rank -> placement.owned(new PartitionId(rank)))
                .sum();
    }
}
