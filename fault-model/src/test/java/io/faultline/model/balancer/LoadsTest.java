package io.faultline.model.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.faultline.kernel.random.RandomStreams;
import io.faultline.model.balancer.Loads.Gift;
import io.faultline.model.cluster.PartitionId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.TreeMap;

/// Who should give how much to whom.
class LoadsTest {

    private static Loads loads(int... byRank) {
        var loads = new TreeMap<PartitionId, Integer>();
        for (int rank = 0; rank < byRank.length; rank++) {
            loads.put(new PartitionId(rank), byRank[rank]);
        }
        return new Loads(loads);
    }

    private static Gift gift(int from, int to, int entities) {
        return new Gift(new PartitionId(from), new PartitionId(to), entities);
    }

    @Test
    void theImbalanceIsHowMuchTheHeaviestIsAboveTheMean() {
        assertThat(loads(1500, 500, 1000).imbalance()).isCloseTo(0.5, within(1e-9));
        assertThat(loads(7, 7).imbalance()).isZero();
        assertThat(loads(0, 0).imbalance()).isZero();
        assertThat(loads().imbalance()).isZero();
    }

    @Test
    void theHeaviestGiveToTheLightestDownAndUpToTheMean() {
        assertThat(loads(100, 400, 0, 300).gifts(Exchange.HEAVIEST_TO_LIGHTEST, 0, 1000))
                .containsExactly(gift(1, 2, 200), gift(3, 0, 100));
    }

    @Test
    void nobodyGivesMoreThanABatch() {
        assertThat(loads(400, 0).gifts(Exchange.HEAVIEST_TO_LIGHTEST, 0, 50))
                .containsExactly(gift(0, 1, 50));
        assertThat(loads(400, 0).gifts(Exchange.BUTTERFLY, 0, 50)).containsExactly(gift(0, 1, 50));
    }

    @Test
    void inAButterflyRanksThatDifferInOneBitLevel() {
        var loads = loads(400, 0, 100, 100);
        assertThat(loads.gifts(Exchange.BUTTERFLY, 0, 1000)).containsExactly(gift(0, 1, 200));
        assertThat(loads.gifts(Exchange.BUTTERFLY, 1, 1000))
                .containsExactly(gift(0, 2, 150), gift(3, 1, 50));
    }

    /// Otherwise the two would trade places for ever.
    @Test
    void anOddOneStaysWhereItIs() {
        assertThat(loads(4, 1).gifts(Exchange.BUTTERFLY, 0, 1000)).containsExactly(gift(0, 1, 1));
        assertThat(loads(1, 0).gifts(Exchange.BUTTERFLY, 0, 1000)).isEmpty();
        assertThat(loads(1, 0).gifts(Exchange.HEAVIEST_TO_LIGHTEST, 0, 1000)).isEmpty();
    }

    @Test
    void whoHasNoPartnerKeepsWhatItHas() {
        assertThat(loads(100, 100, 400).gifts(Exchange.BUTTERFLY, 0, 1000)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 2", "4, 2", "5, 3", "8, 3", "9, 4", "100000, 17"})
    void aButterflyHasAsManyRoundsAsTheLogarithm(int partitions, int rounds) {
        assertThat(Loads.butterflyRounds(partitions)).isEqualTo(rounds);
    }

    /// In powers of two, a butterfly without a bound on batches ends level, up to rounding.
    @Test
    void aWholeButterflyLevelsAll() {
        var random = new RandomStreams(1).stream("loads");
        var byRank = new int[16];
        Arrays.setAll(byRank, _ -> random.nextInt(10_000));
        for (int round = 0; round < Loads.butterflyRounds(16); round++) {
            apply(byRank, Exchange.BUTTERFLY, round, Integer.MAX_VALUE);
        }
        assertThat(loads(byRank).imbalance()).isLessThan(0.01);
    }

    @ParameterizedTest
    @EnumSource(Exchange.class)
    void roundsOfGiftsNeverMakeTheHeaviestHeavierOrLoseAnything(Exchange exchange) {
        var random = new RandomStreams(2).stream("loads");
        for (int run = 0; run < 50; run++) {
            var byRank = new int[1 + random.nextInt(12)];
            Arrays.setAll(byRank, _ -> random.nextInt(1000));
            int total = Arrays.stream(byRank).sum();
            for (int round = 0; round < 4; round++) {
                int heaviest = Arrays.stream(byRank).max().orElse(0);
                apply(byRank, exchange, round, 100);
                assertThat(Arrays.stream(byRank)).allMatch(load -> load >= 0 && load <= heaviest);
                assertThat(Arrays.stream(byRank).sum()).isEqualTo(total);
            }
        }
    }

    private static void apply(int[] byRank, Exchange exchange, int round, int batch) {
        for (var gift : loads(byRank).gifts(exchange, round, batch)) {
            byRank[gift.from().rank()] -= gift.entities();
            byRank[gift.to().rank()] += gift.entities();
        }
    }
}
