package com.acme;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.scenario.cli.Main;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What is promised of classes that are no part of Faultline: that they can be named in a scenario,
/// and do what they say. Each has its effect, and a control without it.
class OwnCodeTest {

    private static final String SCENARIO = "acme.yaml";

    @TempDir private Path folder;

    private record Cli(int code, String out, String err) {}

    @Test
    void theScenarioHolds() throws IOException {
        var run = run();
        assertThat(run.out()).startsWith("HELD");
        assertThat(run.code()).isZero();
        assertThat(Files.readString(folder.resolve("result.json")))
                .contains("com.acme.CanaryRoundTrip", "com.acme.SlowOperations(than=50ms)");
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("from the call of a canary to its answer");
    }

    @Test
    void theFaultMakesOperationsSlow() {
        assertThat(run("faults[1].own.takes=0ms").out())
                .startsWith("VIOLATED")
                .contains("com.acme.SlowOperations(than=50ms) >0", "measured 0");
    }

    @Test
    void theDetectorDecidesWhoHasFailed() {
        assertThat(run("protocol.detector.failure=1000").out())
                .startsWith("VIOLATED")
                .contains("status-changed {partition: P1, to: failed}");
    }

    @Test
    void theStrategyDecidesHowLongARecoveryTakes() {
        assertThat(run("protocol.recovery.strategy=phased").out())
                .startsWith("VIOLATED")
                .contains("recovery.latency max<50ms");
    }

    @Test
    void theActorObservesThatItsMessagesAreLost() {
        assertThat(run("faults[2].message-loss.messages=[heartbeat]").out())
                .startsWith("VIOLATED")
                .contains("unanswered {other: Lola}");
    }

    @Test
    void theInvariantIsViolatedWhereItDoesNotHold() {
        assertThat(run("expect.always=[com.acme.CanariesAreHeard]").out())
                .startsWith("VIOLATED")
                .contains("com.acme.CanariesAreHeard(misses=0)", "Tweety is not answered");
    }

    @Test
    void theLatencyIsBoundedLikeAnyOther() {
        assertThat(run("topology.network.latency=10ms").out())
                .startsWith("VIOLATED")
                .contains("com.acme.CanaryRoundTrip max<=6ms", "measured 20ms");
    }

    @Test
    void theRunCanBeRepeated() {
        var check = cli("check", SCENARIO, "--determinism");
        assertThat(check.out()).contains("identical");
        assertThat(check.code()).isZero();
    }

    @Test
    void theResolvedScenarioRunsToTheSameFingerprint() throws IOException {
        run();
        var first = Files.readString(folder.resolve("result.json"));
        var resolved = folder.resolve("scenario.resolved.yaml");
        var again = cli("run", resolved.toString(), "--json", "--out", folder + "/again");
        assertThat(again.out()).isEqualTo(first.replace(SCENARIO, resolved.toString()));
    }

    private Cli run(String... sets) {
        var arguments = new ArrayList<>(List.of("run", SCENARIO, "--no-color"));
        for (var set : sets) {
            arguments.addAll(List.of("--set", set));
        }
        arguments.addAll(List.of("--out", folder.toString()));
        return cli(arguments.toArray(String[]::new));
    }

    private static Cli cli(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err, true), arguments);
        return new Cli(code, out.toString(), err.toString());
    }
}
