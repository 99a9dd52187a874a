package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.cluster.NodeId;
import io.faultline.model.fault.FailureTrace;
import io.faultline.model.fault.Outage;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.report.verdict.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Failure traces in files of their own, and what a budget leaves of them.
class TraceReplayTest {

    private static final String SCENARIO =
            """
            apiVersion: faultline/v1
            name: replay
            topology: { partitions: 4 }
            protocol: { detector: { kind: heartbeat-timeout, suspect: 2s, failure: 5s } }
            phases: { chaos: 60s, quiet: 30s }
            faults:
              - at: 5s
                failure-trace: { file: crashes.csv }
            """;

    @TempDir private Path folder;

    private final ScenarioParser parser = new ScenarioParser(Judge.VOCABULARY);

    private Scenario scenario(String csv, String... more) throws IOException {
        Files.writeString(folder.resolve("crashes.csv"), csv);
        var file = folder.resolve("replay.yaml");
        Files.writeString(file, SCENARIO + String.join("\n", more));
        return parser.parse(file);
    }

    private String refusal(String csv, String... more) throws IOException {
        try {
            scenario(csv, more);
        } catch (ScenarioException e) {
            return e.getMessage().replace(folder + "/", "");
        }
        throw new AssertionError("accepted");
    }

    private static Outage outage(int node, long down, long up) {
        return new Outage(
                new NodeId("n" + node),
                Duration.ofMillis(down),
                Optional.of(up).filter(u -> u > 0).map(Duration::ofMillis));
    }

    @Test
    void aFileHasALineForEachOutage() throws IOException {
        var scenario =
                scenario(
                        """
                        # from the post-mortem
                        node , down , up

                        n3,5s,8s
                        n1, 12.5, 14
                        n2,1500ms,
                        """);
        assertThat(scenario.faults().getFirst().fault())
                .isEqualTo(
                        new FailureTrace(
                                List.of(
                                        outage(3, 5000, 8000),
                                        outage(1, 12_500, 14_000),
                                        outage(2, 1500, 0))));
    }

    @Test
    void columnsHaveNamesAndSoNoOrder() throws IOException {
        assertThat(scenario("\uFEFFdown,node\r\n5,n3\r\n").faults().getFirst().fault())
                .isEqualTo(new FailureTrace(List.of(outage(3, 5000, 0))));
    }

    @Test
    void whatIsResolvedNeedsNoFile() throws IOException {
        var scenario = scenario("node,down,up\nn3,5,8\nn1,7,\n");
        Files.delete(folder.resolve("crashes.csv"));
        var written = ScenarioWriter.write(scenario);
        var again = parser.parse(new Source("elsewhere", written), Map.of());
        assertThat(written).contains("outages:").doesNotContain("crashes.csv");
        assertThat(again).isEqualTo(scenario);
        assertThat(Run.of(again, "", "").result().fingerprint())
                .isEqualTo(Run.of(scenario, "", "").result().fingerprint());
    }

    @Test
    void mistakesAreSaidWithTheirPlaceInTheFile() throws IOException {
        assertThat(refusal("node,down,up\nn3,5s,8s\nn9,6s,7s\n"))
                .startsWith("crashes.csv:3:1: unknown node 'n9'; known: n0 … n3, coordinator")
                .contains("n9,6s,7s\n");
        assertThat(refusal("node,down,up\nn3,8s, 5s\n"))
                .startsWith("crashes.csv:2:1: outages[0]: up must be later than down");
        assertThat(refusal("node,down,up\nn3,5parsecs,\n"))
                .startsWith("crashes.csv:2:4: unknown unit 'parsecs'");
        assertThat(refusal("node,down,up\nn3,,\n"))
                .startsWith("crashes.csv:2:1: 'outages[0]' needs 'down'");
        assertThat(refusal("node,down,up\nn3,5s\n"))
                .startsWith("crashes.csv:2:1: this line has 2 values, but there are 3 columns");
        assertThat(refusal("node,start,up\nn3,5s,6s\n"))
                .startsWith(
                        "crashes.csv:1:6: unknown column 'start'; the first line names the columns,"
                                + " which are node,down,up");
        assertThat(refusal("node,down,node\n"))
                .startsWith("crashes.csv:1:11: there is a column 'node' already");
        assertThat(refusal("# nothing\n"))
                .startsWith("crashes.csv: is empty; it has to begin with");
        assertThat(refusal("node,down\n"))
                .contains("failure-trace needs outages, or a file of them");
        assertThat(refusal("node,down\nn1,60s\n"))
                .startsWith("crashes.csv:2:1: no fault may begin after chaos");
        assertThat(refusal("node,down\nn1,90s\n"))
                .startsWith("crashes.csv:2:1: 95s lies after the end of the run");
    }

    @Test
    void whatComesAfterTheEndOfTheTraceDoesNotHappen() throws IOException {
        Files.writeString(folder.resolve("crashes.csv"), "node,down\nn1,5\nn2,70\n");
        var file = folder.resolve("replay.yaml");
        Files.writeString(file, SCENARIO.replace("at: 5s", "during: 5s..20s"));
        var run = Run.of(parser.parse(file), "", "").result();
        assertThat(run.trace().all(NodeCrashed.class))
                .containsExactly(new NodeCrashed(new NodeId("n1")));
    }

    @Test
    void aFileThatIsNotThereIsAMistakeOfTheScenario() throws IOException {
        Files.writeString(folder.resolve("replay.yaml"), SCENARIO);
        try {
            parser.parse(folder.resolve("replay.yaml"));
            throw new AssertionError("accepted");
        } catch (ScenarioException e) {
            assertThat(e.getMessage())
                    .contains("replay.yaml:8:28: no such file: " + folder.resolve("crashes.csv"));
        }
        try {
            parser.parse(new Source("typed", SCENARIO), Map.of());
            throw new AssertionError("accepted");
        } catch (ScenarioException e) {
            assertThat(e.getMessage())
                    .startsWith(
                            "typed:8:28: 'crashes.csv' cannot be found, since this scenario is not"
                                    + " read from a file");
        }
    }

    @Test
    void aFileOrLinesButNotBoth() throws IOException {
        Files.writeString(folder.resolve("crashes.csv"), "node,down\nn1,5\n");
        var both = SCENARIO.replace("{ file: crashes.csv }", "{ file: crashes.csv, outages: [] }");
        Files.writeString(folder.resolve("replay.yaml"), both);
        try {
            parser.parse(folder.resolve("replay.yaml"));
            throw new AssertionError("accepted");
        } catch (ScenarioException e) {
            assertThat(e.getMessage()).contains("8:28: give 'outages' or 'file', not both");
        }
    }

    @Test
    void theVerdictCountsWhatTheBudgetSkipped() throws IOException {
        var faults =
                """
                  - every: 20s
                    for: 5s
                    within: 5s..60s
                    crash: { nodes: [n0, n1] }
                budget: { maxDead: 1 }
                """;
        assertThat(effects(scenario("node,down,up\nn3,5,8\nn1,6,7\n", faults)))
                .isEqualTo("HELD 1 of 2, 3 skipped by the budget");
        assertThat(effects(scenario("node,down,up\nn3,5,8\nn1,6,7\n"))).isEqualTo("HELD 1 of 1");
        assertThat(
                        effects(
                                scenario(
                                        "node,down,up\nn3,5,8\n",
                                        faults.replace("maxDead: 1", "minHealthy: 50%"))))
                .isEqualTo("HELD 2 of 2, 3 of 3 times");
        var all = Files.readString(folder.resolve("replay.yaml"));
        var none = (all.substring(0, all.indexOf("  - at")) + faults);
        assertThat(effects(parser.parse(new Source("none", none), Map.of())))
                .isEqualTo("INCONCLUSIVE 0 of 1, 2 skipped by the budget");
    }

    private static String effects(Scenario scenario) {
        var judgement =
                Run.of(scenario, "", "").result().verdict().judgements().stream()
                        .filter(j -> j.name().equals("faults took effect"))
                        .findFirst()
                        .orElseThrow();
        assertThat(judgement.answer()).isIn((Object[]) Answer.values());
        return judgement.answer() + " " + judgement.finding();
    }
}
