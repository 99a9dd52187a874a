package io.faultline.scenario.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.kernel.random.Constant;
import io.faultline.kernel.random.Distribution;
import io.faultline.kernel.random.Empirical;
import io.faultline.kernel.random.Exponential;
import io.faultline.kernel.random.Gamma;
import io.faultline.kernel.random.LogNormal;
import io.faultline.kernel.random.Pareto;
import io.faultline.kernel.random.Uniform;
import io.faultline.kernel.random.Weibull;
import io.faultline.model.Bandwidth;
import io.faultline.model.Bytes;
import io.faultline.model.Probability;
import io.faultline.model.Rate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Scalars of a syntax of their own: what they mean, how they are printed, what is refused.
class SyntaxTest {

    @ParameterizedTest
    @CsvSource({
        "1ns, 1",
        "1us, 1000",
        "1µs, 1000",
        "1ms, 1000000",
        "1.5ms, 1500000",
        "0.001us, 1",
        "2s, 2000000000",
        "1m, 60000000000",
        "1h, 3600000000000",
        "1d, 86400000000000",
        "1m30s, 90000000000",
        "1h0.5s, 3600500000000",
        "0s, 0",
        "0ms, 0",
        "007s, 7000000000",
        "9223372036854775807ns, 9223372036854775807"
    })
    void durationsAreExact(String text, long nanos) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @CsvSource({
        "550, 550ms",
        "2000, 2s",
        "90000, 90s",
        "120000, 2m",
        "3600000, 1h",
        "86400000, 1d",
        "0, 0ms",
        "5400000, 90m"
    })
    void durationsArePrintedInTheLargestUnitThatIsExact(long millis, String text) {
        assertThat(Durations.print(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "0",
                "5.",
                ".5s",
                "s",
                "5 s",
                "5s ",
                "-5s",
                "+5s",
                "5S",
                "5sec",
                "5s5s",
                "5s1m",
                "1e3s",
                "5..6",
                "5.5.5s",
                "9223372036854775808ns",
                "300y",
                "0.1ns",
                "٣s",
                "--5s",
                "99999999999999999999999999999999999999s",
                "5s,",
                "$5s"
            })
    void whatIsNoDurationIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"5%, 0.05", "0%, 0", "100%, 1", "0.1%, 0.001", "33.3%, 0.333", "12.50%, 0.125"})
    void percentagesAreProbabilities(String text, double probability) {
        assertThat(Percentages.SYNTAX.parse().apply(text).value()).isEqualTo(probability);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "%", "5", "0.05", "5 %", "-1%", "100.1%", "5%%", "five%", "1e1%", "NaN%"
            })
    void whatIsNoPercentageIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Percentages.SYNTAX.parse().apply(text));
    }

    @ParameterizedTest
    @CsvSource({"20/s, 20", "5/ms, 5000", "120/m, 2", "7200/h, 2", "0.5/s, 0.5"})
    void ratesArePerSecond(String text, double perSecond) {
        assertThat(Rates.SYNTAX.parse().apply(text)).isEqualTo(new Rate(perSecond));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "/s", "20/", "20/x", "0/s", "-1/s", "20/s/s", "20 /s", "a/s"})
    void whatIsNoRateIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Rates.SYNTAX.parse().apply(text));
    }

    @ParameterizedTest
    @CsvSource({
        "1B, 1, 1B",
        "1KB, 1000, 1KB",
        "1.5KB, 1500, 1500B",
        "2000KB, 2000000, 2MB",
        "0.5GB, 500000000, 500MB",
        "0KB, 0, 0B"
    })
    void sizesAreInBytesAndPrintedInTheLargestUnitThatIsExact(
            String text, long bytes, String printed) {
        assertThat(Sizes.BYTES.parse().apply(text)).isEqualTo(new Bytes(bytes));
        assertThat(Sizes.BYTES.printed(new Bytes(bytes))).isEqualTo(printed);
    }

    @ParameterizedTest
    @CsvSource({"100MB/s, 100000000", "1B/s, 1", "1.5GB/s, 1500000000"})
    void bandwidthsAreSizesForEachSecond(String text, long bytes) {
        assertThat(Sizes.BANDWIDTH.parse().apply(text)).isEqualTo(new Bandwidth(new Bytes(bytes)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "KB",
                "1 KB",
                "-1KB",
                "1kb",
                "1.5B",
                "1TB",
                "1KB/s",
                "1e3B",
                "9223372036854775808B",
                "99999999999999999999GB"
            })
    void whatIsNoSizeIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Sizes.BYTES.parse().apply(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/s", "100MB", "100/s", "100MB/m", "0MB/s", "-1MB/s", "1MB/s/s"})
    void whatIsNoBandwidthIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Sizes.BANDWIDTH.parse().apply(text));
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void distributionsAreInNanoseconds(String text, Distribution distribution, String printed) {
        assertThat(Distributions.SYNTAX.parse().apply(text)).isEqualTo(distribution);
        assertThat(Distributions.SYNTAX.printed(distribution)).isEqualTo(printed);
        assertThat(Distributions.SYNTAX.parse().apply(printed)).isEqualTo(distribution);
    }

    static Stream<Arguments> distributions() {
        return Stream.of(
                with("5ms", new Constant(5e6), "5ms"),
                with("0ms", new Constant(0), "0ms"),
                with("1ms..3ms", new Uniform(1e6, 3e6), "1ms..3ms"),
                with("uniform(1ms..3ms)", new Uniform(1e6, 3e6), "1ms..3ms"),
                with("uniform(1ms,3ms)", new Uniform(1e6, 3e6), "1ms..3ms"),
                with("uniform(hi=3ms, lo=1ms)", new Uniform(1e6, 3e6), "1ms..3ms"),
                with("exponential(mean=5ms)", new Exponential(5e6), "exponential(mean=5ms)"),
                with("exp(5ms)", new Exponential(5e6), "exponential(mean=5ms)"),
                with(
                        "lognormal(p50=2ms,p99=40ms)",
                        new LogNormal(2e6, 40e6),
                        "lognormal(p50=2ms,p99=40ms)"),
                with("gamma(shape=2.5,mean=5ms)", new Gamma(2.5, 5e6), "gamma(shape=2.5,mean=5ms)"),
                with("erlang(k=4,mean=5s)", Gamma.erlang(4, 5e9), "gamma(shape=4,mean=5s)"),
                with(
                        "weibull(shape=1.5,scale=10ms)",
                        new Weibull(1.5, 10e6),
                        "weibull(shape=1.5,scale=10ms)"),
                with(
                        "pareto(scale=10ms,shape=2.5)",
                        new Pareto(2.5, 10e6),
                        "pareto(shape=2.5,scale=10ms)"),
                with(
                        "empirical(9ms,1ms,2ms)",
                        new Empirical(List.of(1e6, 2e6, 9e6)),
                        "empirical(1ms,2ms,9ms)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "-5ms",
                "3ms..1ms",
                "1ms..1ms",
                "1ms..",
                "..3ms",
                "1..3ms",
                "exp",
                "exp()",
                "exp(mean=0ms)",
                "exp(mean=)",
                "exp(mean)",
                "exp(5ms",
                "exp(5ms))",
                "exp(rate=5)",
                "expo(5ms)",
                "uniform(1ms)",
                "uniform(3ms..1ms)",
                "lognormal(p50=2ms,p95=3ms)",
                "lognormal(p50=2ms,p50=3ms)",
                "lognormal(p50=2ms,p99=2ms)",
                "gamma(shape=2s,mean=5ms)",
                "gamma(shape=-1,mean=5ms)",
                "erlang(k=0,mean=5ms)",
                "erlang(k=2.5,mean=5ms)",
                "empirical()",
                "empirical(1ms,)",
                "normal(1ms)",
                "()",
                "(5ms)"
            })
    void whatIsNoDistributionIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Distributions.SYNTAX.parse().apply(text));
    }

    @Test
    void oddNumbersSurviveBeingPrinted() {
        var random = new Random(42);
        for (int i = 0; i < 1_000; i++) {
            var mean = new Exponential(1e12 * random.nextDouble());
            var chance = new Probability(random.nextDouble());
            var rate = new Rate(1000 * random.nextDouble());
            var span = Duration.ofNanos(random.nextLong(1L << random.nextInt(1, 63)));
            assertThat(again(Distributions.SYNTAX, mean)).isEqualTo(mean);
            assertThat(again(Percentages.SYNTAX, chance)).isEqualTo(chance);
            assertThat(again(Rates.SYNTAX, rate)).isEqualTo(rate);
            var bandwidth = new Bandwidth(new Bytes(span.toNanos() + 1));
            assertThat(again(Sizes.BYTES, bandwidth.perSecond())).isEqualTo(bandwidth.perSecond());
            assertThat(again(Sizes.BANDWIDTH, bandwidth)).isEqualTo(bandwidth);
            assertThat(again(Durations.SYNTAX, span)).isEqualTo(span);
        }
    }

    @ParameterizedTest
    @MethodSource("syntaxes")
    void examplesFollowTheirSyntax(Syntax<?> syntax) {
        var value = syntax.parse().apply(syntax.example());

        assertThat(syntax.example()).matches(syntax.pattern());
        assertThat(syntax.printed(value)).isEqualTo(syntax.example());
    }

    static List<Syntax<?>> syntaxes() {
        return Syntaxes.ALL;
    }

    private static Object again(Syntax<?> syntax, Object value) {
        return syntax.parse().apply(syntax.printed(value));
    }

    private static Arguments with(Object... arguments) {
        return Arguments.of(arguments);
    }
}
