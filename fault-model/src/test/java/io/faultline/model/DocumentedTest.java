package io.faultline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.dependency.DependencySettings;
import io.faultline.model.detector.FailureDetector;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.detector.watch.Watch;
import io.faultline.model.fault.Fault;
import io.faultline.model.monitor.AlertLimits;
import io.faultline.model.monitor.MonitorSettings;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed;
import io.faultline.model.quorum.Quorum;
import io.faultline.model.recovery.Backoff;
import io.faultline.model.recovery.PhaseDurations;
import io.faultline.model.recovery.RecoverySettings;
import io.faultline.model.recovery.TransferSettings;
import io.faultline.model.script.Action;
import io.faultline.model.workload.OnReject;
import io.faultline.model.workload.Workload;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What can be written in a scenario, and what can be read in a trace, has its row in the README of
/// this module, in the table of its family, and no row is about something that does not exist.
class DocumentedTest {

    @ParameterizedTest
    @CsvSource({
        "Faults, io.faultline.model.fault.Fault",
        "Failure detectors, io.faultline.model.detector.FailureDetector",
        "Heartbeat topologies, io.faultline.model.detector.watch.Watch",
        "Quorums, io.faultline.model.quorum.Quorum",
        "Script actions, io.faultline.model.script.Action",
        "Recovery strategies, io.faultline.model.recovery.Strategy",
        "Jitter, io.faultline.model.recovery.Jitter",
        "Observations, io.faultline.model.observation.Observed",
    })
    void everyKindHasARow(String section, Class<?> family) throws IOException {
        var kinds = kinds(family).map(Kind::name).toList();
        assertThat(rows(section)).containsAll(kinds);
        if (family != FailureDetector.class) { // its section has the suspicion policies as well
            assertThat(rows(section)).containsExactlyInAnyOrderElementsOf(kinds);
        }
    }

    @Test
    void everyMessageHasARowThatSaysWhetherItIsReliable() throws IOException {
        var expected =
                Arrays.stream(MessageKind.values())
                        .map(kind -> Kind.name(kind) + (kind.isReliable() ? " yes" : " no"))
                        .toList();
        assertThat(find("Messages", "(?m)^\\| `([a-z-]+)` \\|[^|]*\\| (yes|no) \\|"))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everySuspicionPolicyHasARow() throws IOException {
        assertThat(rows("Failure detectors"))
                .containsAll(Arrays.stream(SuspicionPolicy.values()).map(Kind::name).toList());
    }

    /// Name, default and meaning are those from which the schema is made.
    @Test
    void everyRecoverySettingHasItsRow() throws IOException {
        var expected =
                Stream.of(
                                settings("", RecoverySettings.class),
                                settings("phases: ", PhaseDurations.class),
                                settings("backoff: ", Backoff.class),
                                settings("transfer: ", TransferSettings.class))
                        .flatMap(rows -> rows)
                        .toList();
        assertThat(section("Recovery").lines().filter(line -> line.startsWith("| `")))
                .containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "The barrier, io.faultline.model.barrier.BarrierSettings",
        "Balancer, io.faultline.model.balancer.BalancerSettings",
        "Ghosts, io.faultline.model.ghost.GhostSettings",
        "Budget, io.faultline.model.fault.Budget",
    })
    void everySettingHasItsRow(String section, Class<?> record) throws IOException {
        assertThat(section(section).lines().filter(line -> line.startsWith("| `")))
                .containsExactlyElementsOf(settings("", record).toList());
    }

    @Test
    void everyMonitorSettingHasItsRow() throws IOException {
        var expected =
                Stream.concat(
                        settings("", MonitorSettings.class),
                        settings("limits: ", AlertLimits.class));
        assertThat(section("Monitor").lines().filter(line -> line.startsWith("| `")))
                .containsExactlyElementsOf(expected.toList());
    }

    @Test
    void everyDependencySettingHasItsRow() throws IOException {
        assertThat(section("Dependencies").lines().filter(line -> line.startsWith("| `")))
                .containsExactlyElementsOf(settings("", DependencySettings.class).toList());
    }

    @Test
    void everySettingOfTheWorkloadAndEveryKindOfClientHasItsRow() throws IOException {
        var clients =
                Arrays.stream(OnReject.class.getPermittedSubclasses()).map(Kind::name).toList();
        assertThat(section("Workload").lines())
                .containsSubsequence(settings("", Workload.class).toList());
        assertThat(rows("Workload")).containsAll(clients);
    }

    private static Stream<String> settings(String prefix, Class<?> record) {
        return Stream.of(record.getRecordComponents())
                .map(component -> {
                    var setting = component.getAnnotation(Setting.class);
                    var name = prefix + component.getName();
                    var byDefault =
                            setting.byDefault().isEmpty() ? "" : "`" + setting.byDefault() + "`";
                    return "| `%s` | %s | %s |"
                            .formatted(name, byDefault, setting.value())
                            .replace("|  |", "| |");
                });
    }

    @Test
    void everyTurnHasItsRowInOrder() throws IOException {
        assertThat(find("Order within an instant", "(?m)^\\| `([A-Z]+)`( )\\|"))
                .map(String::strip)
                .containsExactlyElementsOf(Arrays.stream(Turn.values()).map(Turn::name).toList());
    }

    /// The numbers of the table are those of the code.
    @Test
    void quorumsNeedWhatTheirRowsSay() throws Exception {
        for (var kind : Quorum.class.getPermittedSubclasses()) {
            if (kind.getRecordComponents().length > 0) {
                continue;
            }
            var quorum = (Quorum) kind.getDeclaredConstructor().newInstance();
            var needed = List.of(2, 3, 4, 5, 10).stream().map(quorum::needed).toList();
            assertThat(section("Quorums"))
                    .containsPattern(
                            "(?m)^\\| `"
                                    + Kind.name(kind)
                                    + "` \\|.*\\| "
                                    + needed.toString().replaceAll("[\\[\\]]", "")
                                    + " \\|$");
        }
    }

    /// Parameters are named as in scenario files.
    @Test
    void rowsOfFaultsActionsAndTopologiesNameTheirParameters() throws IOException {
        for (var family : List.of(Fault.class, Action.class, Watch.class)) {
            for (var kind : kinds(family).toList()) {
                var row = Pattern.compile("(?m)^\\| `" + Kind.name(kind) + "` \\|([^|]*)\\|");
                var matcher = row.matcher(readme());
                assertThat(matcher.find()).as(Kind.name(kind)).isTrue();
                var parameters = matcher.group(1).strip();
                assertThat(parameters.isEmpty() ? new String[0] : parameters.split(", "))
                        .containsExactly(
                                Arrays.stream(kind.getRecordComponents())
                                        .map(c -> "`" + c.getName() + "`")
                                        .toArray(String[]::new));
            }
        }
    }

    @Test
    void theRowsOfASectionAreThoseOfNoOther() throws IOException {
        assertThat(rows("Faults")).isNotEmpty().doesNotContainAnyElementsOf(rows("Observations"));
        assertThat(kinds(Observed.class)).hasSameSizeAs(rows("Observations"));
    }

    /// All but the doors to kinds that are no part of this program.
    private static Stream<Class<?>> kinds(Class<?> family) {
        return Stream.<Class<?>>of(family.getPermittedSubclasses()).filter(Class::isRecord);
    }

    private static List<String> rows(String section) throws IOException {
        return find(section, "(?m)^\\| `([a-z0-9-]+)`( )\\|").stream().map(String::strip).toList();
    }

    /// The two groups of every match, with a space between them.
    private static List<String> find(String section, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(section(section))
                .results()
                .map(match -> match.group(1) + " " + match.group(2))
                .toList();
    }

    private static String section(String title) throws IOException {
        var matcher = Pattern.compile("(?ms)^## " + title + "$(.*?)(?=^## |\\z)").matcher(readme());
        assertThat(matcher.find()).as("section " + title).isTrue();
        return matcher.group(1);
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
