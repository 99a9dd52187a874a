package io.faultline.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.LogNormalDistribution;
import org.apache.commons.math3.distribution.ParetoDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.distribution.WeibullDistribution;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// What every kind of distribution promises. A new kind is tested once it has a line in `SAMPLES`,
/// and until then fails [#everyKindHasASample].
class DistributionContractTest {
    private static final int DRAWS = 500_000;

    /// A fixed seed either passes or does not; these bounds say how surprising a failure is for one
    /// that nobody chose. 4 standard errors: 1 in 16 000. Kolmogorov's 1.95 / √n: 1 in 1 000.
    private static final double STANDARD_ERRORS = 4;

    private static final double KOLMOGOROV = 1.95;

    /// A distribution and its cumulative distribution function from elsewhere: Commons Math, with
    /// the common alternative parameters worked out here.
    record Sample(Distribution distribution, DoubleUnaryOperator cdf) {
        Sample(Distribution distribution, RealDistribution oracle) {
            this(distribution, oracle::cumulativeProbability);
        }

        @Override
        public String toString() {
            return distribution.toString();
        }
    }

    static final List<Sample> SAMPLES =
            List.of(
                    new Sample(new Constant(7.5), x -> x < 7.5 ? 0 : 1),
                    new Sample(new Uniform(10, 30), new UniformRealDistribution(null, 10, 30)),
                    new Sample(new Exponential(2), new ExponentialDistribution(null, 2)),
                    new Sample(
                            new LogNormal(10, 80),
                            new LogNormalDistribution(
                                    null, Math.log(10), Math.log(8) / 2.32634787)),
                    new Sample(new Gamma(0.3, 4), new GammaDistribution(null, 0.3, 4 / 0.3)),
                    new Sample(new Gamma(2.5, 4), new GammaDistribution(null, 2.5, 4 / 2.5)),
                    new Sample(Gamma.erlang(40, 4), new GammaDistribution(null, 40, 4 / 40.0)),
                    new Sample(new Weibull(0.7, 20), new WeibullDistribution(null, 0.7, 20)),
                    new Sample(new Weibull(3, 20), new WeibullDistribution(null, 3, 20)),
                    new Sample(new Pareto(5, 20), new ParetoDistribution(null, 20, 5)),
                    new Sample(
                            new Empirical(List.of(5.0, 1.0, 4.0, 1.0, 3.0)),
                            x -> DoubleStream.of(5, 1, 4, 1, 3).filter(v -> v <= x).count() / 5.0));

    @Test
    void everyKindHasASample() {
        Stream<Class<?>> sampled = SAMPLES.stream().map(s -> s.distribution().getClass());

        assertThat(sampled.distinct())
                .containsExactlyInAnyOrder(Distribution.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @CsvFileSource(resources = "quantiles.csv", useHeadersInDisplayName = true)
    void quantilesAgreeWithR(String kind, String parameters, double u, double expected) {
        double[] p = Stream.of(parameters.split(" ")).mapToDouble(Double::parseDouble).toArray();
        Distribution distribution =
                switch (kind) {
                    case "Constant" -> new Constant(p[0]);
                    case "Uniform" -> new Uniform(p[0], p[1]);
                    case "Exponential" -> new Exponential(p[0]);
                    case "LogNormal" -> new LogNormal(p[0], p[1]);
                    case "Gamma" -> new Gamma(p[0], p[1]);
                    case "Weibull" -> new Weibull(p[0], p[1]);
                    case "Empirical" -> new Empirical(Arrays.stream(p).boxed().toList());
                    default -> throw new AssertionError("no kind " + kind);
                };

        // Four digits short of all: the iterated quantile of Gamma is the least exact.
        assertThat(distribution.quantile(u))
                .isCloseTo(expected, within(1e-12 * Math.abs(expected)));
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void quantileNeverDecreases(Sample sample) {
        double previous = sample.distribution().min();
        for (double u : ascendingUniforms()) {
            double quantile = sample.distribution().quantile(u);
            assertThat(quantile).as("quantile(%s)", u).isGreaterThanOrEqualTo(previous);
            previous = quantile;
        }
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void variatesLieBetweenMinAndMax(Sample sample) {
        var distribution = sample.distribution();

        for (double u : ascendingUniforms()) {
            assertThat(distribution.quantile(u))
                    .isFinite()
                    .isBetween(distribution.min(), distribution.max());
        }
        assertThat(distribution.mean()).isBetween(distribution.min(), distribution.max());
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void minIsTheGreatestLowerBoundAndMaxTheLeastUpperBound(Sample sample) {
        var cdf = sample.cdf();
        double min = sample.distribution().min();
        double max = sample.distribution().max();
        double mean = sample.distribution().mean();

        assertThat(cdf.applyAsDouble(Math.nextDown(min))).isZero();
        assertThat(cdf.applyAsDouble(min + (mean - min) / 100)).isPositive();
        if (Double.isFinite(max)) {
            assertThat(cdf.applyAsDouble(max)).isEqualTo(1);
            assertThat(cdf.applyAsDouble(Math.nextDown(max - (max - mean) / 100))).isLessThan(1);
        } else {
            assertThat(sample.distribution().quantile(1 - 0x1p-53)).isGreaterThan(5 * mean / 2);
        }
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void oneVariateTakesExactlyOneUniform(Sample sample) {
        var stream = new RandomStreams(42).stream("variates");

        for (int i = 0; i < 1000; i++) {
            double variate = sample.distribution().sample(stream);
            assertThat(stream.drawn()).isEqualTo(i + 1);
            assertThat(variate).isEqualTo(sample.distribution().quantile(stream.uniformAt(i)));
        }
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void meanOfManyVariatesIsTheMean(Sample sample) {
        assertThat(standardErrorsOff(variates(sample.distribution()), sample.distribution().mean()))
                .isLessThan(STANDARD_ERRORS);
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void variatesFollowTheirDistributionFunction(Sample sample) {
        assertThat(kolmogorovDistance(variates(sample.distribution()), sample.cdf()))
                .isLessThan(KOLMOGOROV / Math.sqrt(DRAWS));
    }

    /// Negative control of the two above: they would notice.
    @ParameterizedTest
    @MethodSource("eachParameterFivePercentOff")
    void aParameterOffByFivePercentIsNoticed(Distribution off, Sample sample) {
        double[] variates = variates(off);

        assertThat(kolmogorovDistance(variates, sample.cdf()))
                .isGreaterThan(KOLMOGOROV / Math.sqrt(DRAWS));
        if (Math.abs(off.mean() / sample.distribution().mean() - 1) > 0.02) {
            assertThat(standardErrorsOff(variates, sample.distribution().mean()))
                    .isGreaterThan(STANDARD_ERRORS);
        }
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void aParameterThatIsNotFiniteIsRejectedByNameAndValue(Sample sample) {
        for (var component : sample.distribution().getClass().getRecordComponents()) {
            for (double bad : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> replace(sample.distribution(), component, v -> bad))
                        .withMessageContaining(component.getName())
                        .withMessageEndingWith("must be finite, but was " + bad);
            }
        }
    }

    @Test
    void aParameterOutOfRangeIsRejectedByNameAndValue() {
        assertRejected(() -> new Uniform(3, 3), "hi must be greater than lo (3.0), but was 3.0");
        assertRejected(() -> new Uniform(3, -2), "hi must be greater than lo (3.0), but was -2.0");
        assertRejected(
                () -> new Uniform(-1e308, 1e308), "hi - lo must be finite, but was Infinity");
        assertRejected(() -> new Exponential(-3), "mean must be positive, but was -3.0");
        assertRejected(() -> new Exponential(0), "mean must be positive, but was 0.0");
        assertRejected(() -> new LogNormal(-1, 2), "p50 must be positive, but was -1.0");
        assertRejected(
                () -> new LogNormal(10, 9), "p99 must be greater than p50 (10.0), but was 9.0");
        assertRejected(() -> new Gamma(-1, 2), "shape must be positive, but was -1.0");
        assertRejected(() -> new Gamma(1, -2), "mean must be positive, but was -2.0");
        assertRejected(() -> Gamma.erlang(0, 2), "k must be positive, but was 0.0");
        assertRejected(() -> new Weibull(0, 2), "shape must be positive, but was 0.0");
        assertRejected(() -> new Weibull(1, -2), "scale must be positive, but was -2.0");
        assertRejected(() -> new Pareto(0, 2), "shape must be positive, but was 0.0");
        assertRejected(() -> new Pareto(1, 0), "scale must be positive, but was 0.0");
        assertRejected(() -> new Empirical(List.of()), "values must not be empty, but was []");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 1.1, Double.NaN})
    void aProbabilityOutsideTheOpenUnitIntervalIsRejectedByValue(double u) {
        for (var sample : SAMPLES) {
            assertRejected(
                    () -> sample.distribution().quantile(u), "u must lie in (0, 1), but was " + u);
        }
    }

    @Test
    void aSpanOfVirtualTimeIsRoundedAndNeitherNegativeNorForEver() {
        var stream = new RandomStreams(42).stream("spans");

        assertThat(new Constant(2.4).sampleNanos(stream)).isEqualTo(2);
        assertThat(new Constant(2.5).sampleNanos(stream)).isEqualTo(3);
        assertThat(new Constant(-2.5).sampleNanos(stream)).isZero();
        assertThat(new Constant(1e300).sampleNanos(stream)).isEqualTo(Long.MAX_VALUE / 16);
        assertThat(stream.drawn()).isEqualTo(4);
    }

    @Test
    void measurementsAreKeptSortedAndOutOfReach() {
        var measured = Arrays.asList(3.0, 1.0, 2.0);
        var empirical = new Empirical(measured);

        measured.set(0, 99.0);

        assertThat(empirical.values()).containsExactly(1.0, 2.0, 3.0).isUnmodifiable();
        assertThat(empirical).isEqualTo(new Empirical(List.of(2.0, 3.0, 1.0)));
    }

    @Test
    void theTailOfParetoMayBeTooHeavyForAMean() {
        assertThat(new Pareto(1.5, 20).mean()).isEqualTo(60);
        assertThat(new Pareto(1, 20).mean()).isInfinite();
        assertThat(new Pareto(2, 3).quantile(0.75)).isCloseTo(6, within(1e-12));
        assertThat(new Pareto(0.5, 3).quantile(1 - 0x1p-53)).isFinite();
    }

    @Test
    void theNinetyNinthPercentileOfLogNormalIsItsParameter() {
        assertThat(new LogNormal(10, 80).quantile(0.5)).isEqualTo(10);
        assertThat(new LogNormal(10, 80).quantile(0.99)).isCloseTo(80, within(1e-12));
    }

    /// Made by this code, to notice a change of a single bit, here or on another machine.
    @ParameterizedTest
    @CsvFileSource(
            resources = "golden-variates.csv",
            delimiter = ';',
            useHeadersInDisplayName = true)
    void variatesAreTheSameToTheLastBitEverywhere(
            String distribution, String first, String second, String third) {
        var stream = new RandomStreams(42).stream("golden");
        var found =
                SAMPLES.stream()
                        .map(Sample::distribution)
                        .filter(d -> d.toString().equals(distribution))
                        .findFirst()
                        .orElseThrow();

        assertThat(Stream.generate(() -> Double.toHexString(found.sample(stream))).limit(3))
                .containsExactly(first, second, third);
    }

    static Stream<Object[]> eachParameterFivePercentOff() {
        return SAMPLES.stream()
                .flatMap(sample ->
                        Stream.of(sample.distribution().getClass().getRecordComponents())
                                .map(c ->
                                        new Object[] {
                                            replace(sample.distribution(), c, v -> v * 1.05), sample
                                        }));
    }

    private static double[] variates(Distribution distribution) {
        var stream = new RandomStreams(42).stream("variates");
        return DoubleStream.generate(() -> distribution.sample(stream)).limit(DRAWS).toArray();
    }

    private static double standardErrorsOff(double[] variates, double mean) {
        double actual = DoubleStream.of(variates).sum() / variates.length;
        double squares =
                DoubleStream.of(variates).map(x -> (x - actual) * (x - actual)).sum()
                        / variates.length;
        double rounding = 1e-12 * Math.abs(mean); // All there is for a constant.
        return Math.abs(actual - mean) / (Math.sqrt(squares / variates.length) + rounding);
    }

    /// The greatest distance between the empirical distribution function and the given one, taken
    /// on both sides of each jump, so that it serves discrete kinds as well.
    private static double kolmogorovDistance(double[] variates, DoubleUnaryOperator cdf) {
        double[] sorted = variates.clone();
        Arrays.sort(sorted);
        double distance = 0;
        int below = 0;
        while (below < sorted.length) {
            double x = sorted[below];
            int upTo = below;
            while (upTo < sorted.length && sorted[upTo] == x) {
                upTo++;
            }
            distance = Math.max(distance, difference(below, sorted, cdf, Math.nextDown(x)));
            distance = Math.max(distance, difference(upTo, sorted, cdf, x));
            below = upTo;
        }
        return distance;
    }

    private static double difference(
            int count, double[] variates, DoubleUnaryOperator cdf, double x) {
        return Math.abs((double) count / variates.length - cdf.applyAsDouble(x));
    }

    /// Both ends as far as a stream can reach, and 10 000 in between.
    private static double[] ascendingUniforms() {
        var lower = DoubleStream.iterate(0x1p-53, u -> u < 1e-4, u -> u * 2);
        var middle = DoubleStream.iterate(1e-4, u -> u < 1 - 1e-4, u -> u + 1e-4);
        var upper = DoubleStream.iterate(0x1p-14, u -> u >= 0x1p-53, u -> u / 2).map(u -> 1 - u);
        return DoubleStream.concat(DoubleStream.concat(lower, middle), upper).toArray();
    }

    private static Distribution replace(
            Distribution original, RecordComponent changed, DoubleUnaryOperator change) {
        var components = original.getClass().getRecordComponents();
        try {
            var arguments = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                var value = components[i].getAccessor().invoke(original);
                arguments[i] =
                        components[i].getName().equals(changed.getName())
                                ? changed(value, change)
                                : value;
            }
            var types = Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new);
            return original.getClass().getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw (RuntimeException) e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object changed(Object value, DoubleUnaryOperator change) {
        return switch (value) {
            case Double number -> change.applyAsDouble(number);
            case List<?> numbers ->
                    numbers.stream().map(n -> change.applyAsDouble((double) n)).toList();
            default -> throw new AssertionError("a parameter of what type? " + value);
        };
    }

    private static void assertRejected(ThrowingCallable make, String message) {
        assertThatIllegalArgumentException().isThrownBy(make).withMessage(message);
    }
}
