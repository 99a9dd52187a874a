package io.faultline.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

class RandomStreamsTest {
    private static final int DRAWS = 200_000;

    @Test
    void theSameNameIsTheSameStream() {
        var streams = new RandomStreams(42);

        assertThat(streams.stream("network")).isSameAs(streams.stream("network"));
        assertThat(streams.stream("network")).isNotSameAs(streams.stream("disk"));
    }

    @Test
    void theSameSeedRepeatsTheSameDraws() {
        assertThat(uniforms(new RandomStreams(42).stream("network")))
                .containsExactly(uniforms(new RandomStreams(42).stream("network")));
    }

    @Test
    void anotherSeedOrAnotherNameGivesOtherDraws() {
        var first = new HashSet<Double>();
        for (long seed = -50; seed < 50; seed++) {
            for (int node = 0; node < 1000; node++) {
                first.add(new RandomStreams(seed).stream("node-" + node).nextUniform());
            }
        }
        assertThat(first).hasSize(100_000);
    }

    @Test
    void addingADrawInOneStreamShiftsNoOther() {
        var streams = new RandomStreams(42);
        streams.stream("disk").nextUniform();
        streams.stream("disk").nextInt(6);
        streams.stream("disk").uniformAt(3);

        assertThat(uniforms(streams.stream("network")))
                .containsExactly(uniforms(new RandomStreams(42).stream("network")));
    }

    @Test
    void addingAStreamShiftsNoOther() {
        var streams = new RandomStreams(42);
        var network = streams.stream("network");
        double first = network.nextUniform();
        streams.stream("another");
        double second = network.nextUniform();

        var alone = new RandomStreams(42).stream("network");
        assertThat(new double[] {first, second})
                .containsExactly(alone.nextUniform(), alone.nextUniform());
    }

    @Test
    void theSequenceIsTheKeyedDrawsInOrder() {
        var stream = new RandomStreams(42).stream("network");
        for (int i = 0; i < 1000; i++) {
            assertThat(stream.nextUniform()).isEqualTo(stream.uniformAt(i));
        }
    }

    @Test
    void aKeyedDrawDependsOnNothingThatWentBefore() {
        var used = new RandomStreams(42).stream("network");
        double early = used.uniformAt(1_000_000);
        uniforms(used);

        assertThat(used.uniformAt(1_000_000))
                .isEqualTo(early)
                .isEqualTo(new RandomStreams(42).stream("network").uniformAt(1_000_000));
    }

    @Test
    void aKeyedDrawDoesNotMoveTheSequence() {
        var stream = new RandomStreams(42).stream("network");
        stream.uniformAt(17);
        stream.uniformAt(-1);

        assertThat(stream.drawn()).isZero();
    }

    @Test
    void afterReseedingEveryStreamGoesOnWhereItIsAsThatOfTheOtherSeed() {
        var streams = new RandomStreams(42);
        var network = streams.stream("network");
        var before = List.of(network.nextUniform(), network.nextUniform());
        streams.reseed(43);
        var after = List.of(network.nextUniform(), network.nextUniform());

        var old = new RandomStreams(42).stream("network");
        var other = new RandomStreams(43).stream("network");
        assertThat(before).containsExactly(old.uniformAt(0), old.uniformAt(1));
        assertThat(after).containsExactly(other.uniformAt(2), other.uniformAt(3));
        assertThat(streams.stream("disk").nextUniform())
                .isEqualTo(new RandomStreams(43).stream("disk").nextUniform());
    }

    @Test
    void reseedingWithTheSameSeedChangesNothing() {
        var streams = new RandomStreams(42);
        var network = streams.stream("network");
        network.nextInt(6);
        streams.reseed(42);

        assertThat(network.nextUniform())
                .isEqualTo(new RandomStreams(42).stream("network").uniformAt(1));
    }

    @Test
    void drawsAreCountedByName() {
        var streams = new RandomStreams(42);
        streams.stream("network").nextUniform();
        streams.stream("network").nextUniform();
        streams.stream("disk").uniformAt(7);

        assertThat(streams.drawn()).containsExactly(entry("disk", 0L), entry("network", 2L));
    }

    /// Computed apart from this code, with Python's `hashlib` and integers, from the text of the
    /// doc comments of [RandomStreams] and [RandomStream]. If these change, no recorded seed
    /// replays its run any more.
    @Test
    void theDerivationNeverChanges() {
        var streams = new RandomStreams(42);
        var network = streams.stream("network");
        assertThat(network.nextUniform()).isEqualTo(0x1.1af2f3605c04p-1);
        assertThat(network.nextUniform()).isEqualTo(0x1.b00f64db4e63ap-1);
        assertThat(network.nextUniform()).isEqualTo(0x1.4ebbc386a9f12p-1);
        assertThat(network.uniformAt(1_000_000_000_000L)).isEqualTo(0x1.9984dc111bf68p-4);
        assertThat(network.uniformAt(-1)).isEqualTo(0x1.ec9a23df81adep-1);
        assertThat(streams.stream("node-1→node-2").nextUniform()).isEqualTo(0x1.998cc1d8c51e3p-1);
        // One of the 2 % of names whose increment has to be corrected.
        assertThat(streams.stream("n6").nextUniform()).isEqualTo(0x1.9930d1fae88ebp-1);
        assertThat(new RandomStreams(-1).stream("network").nextUniform())
                .isEqualTo(0x1.e85502f78984ap-1);
    }

    /// With the increment that those two have fixed.
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -7, Long.MIN_VALUE})
    void theGeneratorIsTheSplitMix64OfCommonsRngAndOfTheJdk(long key) {
        var stream = new RandomStream("golden ratio", key, 0x9e3779b97f4a7c15L);
        var commonsRng = RandomSource.SPLIT_MIX_64.create(key);
        var jdk = new SplittableRandom(key);

        for (int i = 0; i < 1000; i++) {
            assertThat(stream.nextLong())
                    .isEqualTo(commonsRng.nextLong())
                    .isEqualTo(jdk.nextLong());
        }
    }

    @Test
    void uniformsLieInTheOpenUnitIntervalWhateverTheBits() {
        // Draw 0 of key -1 and increment 1 mixes 0, and Mix13 leaves 0 as it is.
        assertThat(new RandomStream("zero bits", -1, 1).nextUniform()).isEqualTo(0x1p-53);
        // Draw 0 of this one mixes what Mix13 takes to 2⁶⁴ - 1.
        assertThat(new RandomStream("all bits", 0xcf9a04affa6badc0L - 1, 1).nextUniform())
                .isEqualTo(1 - 0x1p-53);
        assertThat(DoubleStream.of(uniforms(new RandomStreams(42).stream("network"))))
                .allMatch(u -> u > 0 && u < 1 && u * 0x1p53 == Math.rint(u * 0x1p53));
    }

    @Test
    void uniformsAreUniform() {
        var stream = new RandomStreams(42).stream("network");

        assertThat(chiSquareTail(1000, i -> (int) (stream.nextUniform() * 1000)))
                .isBetween(0.001, 0.999);
    }

    @Test
    void firstDrawsOfManyStreamsAreUniform() {
        var streams = new RandomStreams(42);

        assertThat(chiSquareTail(1000, i -> (int) (streams.stream("n" + i).nextUniform() * 1000)))
                .isBetween(0.001, 0.999);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6, 7, 10, 64, 1000})
    void integersBelowABoundAreEquallyLikely(int bound) {
        var stream = new RandomStreams(42).stream("dice");

        assertThat(chiSquareTail(bound, i -> stream.nextInt(bound))).isBetween(0.001, 0.999);
        assertThat(stream.drawn()).isEqualTo(DRAWS);
    }

    /// Negative control: a bias of one part in 50 towards the first face.
    @Test
    void aLoadedDieIsNoticed() {
        var stream = new RandomStreams(42).stream("dice");

        assertThat(chiSquareTail(6, i -> stream.nextUniform() < 0.02 ? 0 : stream.nextInt(6)))
                .isLessThan(1e-6);
    }

    @Test
    void theLeastAndTheGreatestBoundWork() {
        var stream = new RandomStreams(42).stream("dice");

        assertThat(IntStream.generate(() -> stream.nextInt(1)).limit(100)).containsOnly(0);
        assertThat(IntStream.generate(() -> stream.nextInt(Integer.MAX_VALUE)).limit(1000))
                .allMatch(i -> i >= 0 && i < Integer.MAX_VALUE)
                .anyMatch(i -> i > Integer.MAX_VALUE / 2);
    }

    /// 2⁶⁴ is 1 more than a multiple of 3, so exactly one word of 64 bits has to be refused: 0.
    @Test
    void anIntegerThatWouldBeBiasedIsDrawnAgain() {
        var stream = new RandomStream("zero bits", -1, 1);

        stream.nextInt(3);

        assertThat(stream.drawn()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 1})
    void chanceTakesOneDrawWhateverTheProbability(double probability) {
        var stream = new RandomStreams(42).stream("loss");
        int hits = 0;
        for (int i = 0; i < DRAWS; i++) {
            hits += stream.nextBoolean(probability) ? 1 : 0;
        }

        assertThat(stream.drawn()).isEqualTo(DRAWS);
        // 4 standard errors; nothing to spare for the certain and the impossible.
        assertThat(hits / (double) DRAWS)
                .isCloseTo(
                        probability,
                        within(4 * Math.sqrt(probability * (1 - probability) / DRAWS)));
    }

    @Test
    void neighbouringNamesAndSeedsAreUncorrelated() {
        double bound = 4 / Math.sqrt(DRAWS);
        var network1 = uniforms(new RandomStreams(42).stream("network-1"));

        assertThat(correlation(network1, uniforms(new RandomStreams(42).stream("network-2"))))
                .isBetween(-bound, bound);
        assertThat(correlation(network1, uniforms(new RandomStreams(43).stream("network-1"))))
                .isBetween(-bound, bound);
        assertThat(correlation(i -> first(42, i), i -> first(42, i + 1))).isBetween(-bound, bound);
        assertThat(correlation(i -> first(i, 0), i -> first(i + 1, 0))).isBetween(-bound, bound);
    }

    /// Negative control: two components that share a stream, wholly or to a small part.
    @Test
    void aSharedStreamCorrelates() {
        double bound = 4 / Math.sqrt(DRAWS);
        var shared = new RandomStreams(42).stream("network");
        var other = new RandomStreams(42).stream("disk");

        assertThat(correlation(shared::uniformAt, shared::uniformAt)).isGreaterThan(0.999);
        assertThat(
                        correlation(
                                shared::uniformAt,
                                i -> 0.05 * shared.uniformAt(i) + 0.95 * other.uniformAt(i)))
                .isGreaterThan(bound);
    }

    @Test
    void argumentsOutOfRangeAreRejectedByValueAndTakeNoDraw() {
        var stream = new RandomStreams(42).stream("network");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> stream.nextInt(0))
                .withMessage("bound must be positive, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stream.nextBoolean(1.6))
                .withMessage("probability must lie in [0, 1], but was 1.6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stream.nextBoolean(Double.NaN))
                .withMessage("probability must lie in [0, 1], but was NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RandomStreams(42).stream(" "))
                .withMessage("stream name must not be blank");
        assertThat(stream.drawn()).isZero();
    }

    private static double first(long seed, int name) {
        return new RandomStreams(seed).stream("node-" + name).nextUniform();
    }

    private static double[] uniforms(RandomStream stream) {
        return DoubleStream.generate(stream::nextUniform).limit(DRAWS).toArray();
    }

    private static double correlation(IntToDoubleFunction a, IntToDoubleFunction b) {
        return correlation(
                IntStream.range(0, DRAWS).mapToDouble(a).toArray(),
                IntStream.range(0, DRAWS).mapToDouble(b).toArray());
    }

    private static double correlation(double[] a, double[] b) {
        return new PearsonsCorrelation().correlation(a, b);
    }

    /// The probability that equally likely cells would come out as uneven as this, or more.
    private static double chiSquareTail(int cells, IntUnaryOperator cell) {
        var counts = new int[cells];
        for (int i = 0; i < DRAWS; i++) {
            counts[cell.applyAsInt(i)]++;
        }
        double expected = (double) DRAWS / cells;
        double statistic =
                IntStream.of(counts).mapToDouble(n -> (n - expected) * (n - expected)).sum()
                        / expected;
        return 1 - new ChiSquaredDistribution(null, cells - 1).cumulativeProbability(statistic);
    }
}
