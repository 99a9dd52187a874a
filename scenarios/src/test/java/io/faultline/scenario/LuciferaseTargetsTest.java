package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.recovery.RecoveryPhase;
import io.faultline.report.metric.Metric;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Threshold;
import io.faultline.scenario.format.Durations;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What `luciferase.md` says was measured is what its commands measure.
class LuciferaseTargetsTest {

    private static final String PAGE = Golden.read(Path.of("luciferase.md"));

    private static final Pattern ROW =
            Pattern.compile(
                    "(?m)^\\| ([^|`]+) \\| `(\\S+) ([^`]+)` \\| ([^|]+) \\| `([^`]+)` \\| (yes|no)"
                            + " \\| `\\./faultline run ([^`]+)` \\|$");

    /// A row of the page.
    ///
    /// @param figure a metric, or what is explained at the top of the page
    /// @param target a condition on it
    /// @param measured a condition with `=`, or `never`
    record Row(
            String what,
            String figure,
            String target,
            String measured,
            boolean holds,
            String arguments) {

        @Override
        public String toString() {
            return what + ": " + arguments;
        }
    }

    static List<Row> rows() {
        return ROW.matcher(PAGE)
                .results()
                .map(row ->
                        new Row(
                                row.group(1),
                                row.group(2),
                                row.group(3),
                                row.group(5),
                                row.group(6).equals("yes"),
                                row.group(7)))
                .toList();
    }

    @Test
    void everyRowIsRead() {
        long lines =
                PAGE.lines()
                        .filter(line -> line.startsWith("| ") && !line.startsWith("| What "))
                        .count();
        assertThat(rows()).hasSize((int) lines).hasSizeGreaterThan(40);
    }

    /// The pack has its say, each scenario of it.
    @Test
    void everyScenarioOfThePackIsMeasured() {
        var runs = rows().stream().map(row -> row.arguments().split(" ")[0]).toList();
        assertThat(Catalogue.load().names())
                .filteredOn(name -> name.startsWith("luciferase/"))
                .filteredOn(name -> !name.equals("luciferase/two-way-cascade-skew")) // no number
                .isSubsetOf(runs);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theCommandMeasuresWhatThePageSays(Row row) {
        var scenario = scenario(row.arguments());
        var trace = Run.of(scenario, "replay", "test").result().trace();
        if (Metric.all().stream().anyMatch(metric -> metric.name().equals(row.figure))) {
            var measurement = Metric.named(row.figure).of(trace);
            assertThat(Threshold.parse(row.figure, row.measured).judge(measurement))
                    .returns(Answer.HELD, judgement -> judgement.answer());
            assertThat(Threshold.parse(row.figure, row.target).judge(measurement).answer())
                    .isEqualTo(row.holds ? Answer.HELD : Answer.VIOLATED);
        } else {
            var span = span(row.figure, trace, scenario);
            assertThat(span.map(s -> "=" + Durations.print(s)).orElse("never"))
                    .isEqualTo(row.measured);
            assertThat(row.target).startsWith("<");
            var bound = Durations.parse(row.target.substring(1));
            assertThat(span.isPresent() && span.get().compareTo(bound) < 0).isEqualTo(row.holds);
        }
    }

    private static Scenario scenario(String arguments) {
        var words = arguments.split(" --set ");
        Map<String, String> settings = new LinkedHashMap<>();
        Arrays.stream(words)
                .skip(1)
                .forEach(word -> settings.put(word.split("=")[0], word.split("=")[1]));
        return new ScenarioParser(Judge.VOCABULARY)
                .parse(Catalogue.load().find(words[0]), settings);
    }

    private static Optional<Duration> span(String figure, Trace trace, Scenario scenario) {
        return figure.equals("total")
                ? total(trace, scenario)
                : phase(RecoveryPhase.valueOf(figure.toUpperCase(Locale.ROOT)), trace);
    }

    /// From the beginning of chaos until nobody is other than healthy.
    private static Optional<Duration> total(Trace trace, Scenario scenario) {
        var last = Optional.<Duration>empty();
        int unhealthy = 0;
        for (var entry : trace) {
            if (entry.what() instanceof StatusChanged(_, var from, var to, _)) {
                unhealthy += from == PartitionStatus.HEALTHY ? 1 : 0;
                unhealthy -= to == PartitionStatus.HEALTHY ? 1 : 0;
                last =
                        unhealthy == 0
                                ? Optional.of(entry.time().since(scenario.phases().start()))
                                : Optional.empty();
            }
        }
        return last;
    }

    private static Optional<Duration> phase(RecoveryPhase phase, Trace trace) {
        var entered = trace.stream().filter(entry -> entry.what() instanceof PhaseEntered).toList();
        for (int i = 0; i + 1 < entered.size(); i++) {
            if (((PhaseEntered) entered.get(i).what()).phase() == phase) {
                return Optional.of(entered.get(i + 1).time().since(entered.get(i).time()));
            }
        }
        return Optional.empty();
    }
}
