package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Observation;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.RoundBroken;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.recovery.RecoveryPhase;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// Expectations against small traces written by hand. Chaos begins at 10 s, so what happens at 10.6
/// s happened at 0.6 s as the file counts.
class ExpectationsTest {
    private static final PartitionId P1 = new PartitionId(1);
    private static final PartitionId P2 = new PartitionId(2);

    private static final StatusChanged SUSPECTED =
            new StatusChanged(
                    P1,
                    PartitionStatus.HEALTHY,
                    PartitionStatus.SUSPECTED,
                    StatusReason.BARRIER_TIMEOUT);
    private static final StatusChanged FAILED =
            new StatusChanged(
                    P1, PartitionStatus.SUSPECTED, PartitionStatus.FAILED, StatusReason.CONFIRMED);
    private static final PhaseEntered DETECTING = new PhaseEntered(P1, RecoveryPhase.DETECTING, 1);

    private final Simulation simulation = new Simulation(1);

    @Test
    void whatHappensAtTheTimeIsWhatWasExpected() {
        at(10_600, FAILED);

        assertHolds("{ at: 600ms, status-changed: { partition: P1, to: failed } }");
        assertHolds("{ at: 600ms, status-changed: {} }");
        assertHolds("{ status-changed: { reason: confirmed } }");
        assertHolds("{ between: 500ms..600ms, status-changed: { partition: P1 } }");
        assertHolds("{ count: 1, status-changed: { partition: P1 } }");
        assertHolds("{ count: 0, status-changed: { partition: P2 } }");
        assertHolds("{ count: 0, between: 601ms..1s, status-changed: {} }");
    }

    @Test
    void aWrongTimeIsNamed() {
        at(10_600, FAILED);

        assertFinding(
                "{ at: 550ms, status-changed: { partition: P1, to: failed } }",
                "expected status-changed {partition: P1, to: failed} at 0.550s, but it was at"
                        + " 0.600s");
        assertFinding(
                "{ between: 1s..2s, status-changed: { to: failed } }",
                "expected status-changed {to: failed} between 1.000s and 2.000s, but it was at"
                        + " 0.600s");
    }

    @Test
    void whatHappenedInsteadIsNamed() {
        at(9_000, SUSPECTED);
        at(10_600, new RoundBroken(3, List.of(P1, P2)));

        assertFinding(
                "{ at: 600ms, status-changed: { partition: P1, to: failed } }",
                "expected status-changed {partition: P1, to: failed} at 0.600s, but there was none;"
                        + " the nearest was status-changed {partition: P1, to: suspected} at"
                        + " -1.000s");
        assertFinding(
                "{ at: 600ms, round-broken: { missing: [P1] } }",
                "expected round-broken {missing: [P1]} at 0.600s, but there was none; the nearest"
                        + " was round-broken {missing: [P1, P2]} at 0.600s");
        assertFinding("{ paused: {} }", "expected paused, but there was no paused at all");
    }

    @Test
    void theCountIsExact() {
        at(10_000, DETECTING);
        at(11_000, DETECTING);
        at(12_000, DETECTING);
        at(13_000, DETECTING);

        assertHolds("{ count: 4, phase-entered: {} }");
        assertFinding(
                "{ count: 3, phase-entered: {} }",
                "expected 3 × phase-entered, but there were 4: at 0.000s, 1.000s, 2.000s and 1"
                        + " more");
        assertFinding(
                "{ count: 0, between: 1s..1500ms, phase-entered: {} }",
                "expected no phase-entered between 1.000s and 1.500s, but there was 1: at 1.000s");
        assertFinding(
                "{ count: 1, paused: {} }", "expected 1 × paused, but there was no paused at all");
    }

    @Test
    void whoObservedItCounts() {
        var expected = observed("{ by: coordinator, paused: {} }");
        var phases = phases();
        var entry = new Trace.Entry(0, new SimTime(0), "coordinator", new Paused(), -1);
        var other = new Trace.Entry(0, new SimTime(0), "P1", new Paused(), -1);

        assertThat(expected.matches(entry, phases)).isTrue();
        assertThat(expected.matches(other, phases)).isFalse();
        assertThat(expected).hasToString("paused by coordinator");
    }

    @Test
    void anOrderMayHaveOtherThingsBetween() {
        at(10_100, SUSPECTED);
        at(10_200, new Paused());
        at(10_300, FAILED);
        at(10_400, DETECTING);

        assertHoldsInOrder(
                "[{ status-changed: { to: suspected } }, { status-changed: { to: failed } },"
                        + " { phase-entered: { phase: detecting } }]");
        assertHoldsInOrder("[{ status-changed: {} }, { status-changed: {} }]");
    }

    @Test
    void whatComesTooEarlyOrNeverIsNamed() {
        at(10_100, SUSPECTED);
        at(10_200, DETECTING);
        at(10_300, FAILED);

        assertOutOfOrder(
                "[{ status-changed: { to: failed } }, { phase-entered: {} }]",
                "expected phase-entered after status-changed {to: failed} at 0.300s, but it was"
                        + " only at 0.200s");
        assertOutOfOrder(
                "[{ status-changed: { to: suspected } }, { paused: {} }]",
                "expected paused after status-changed {to: suspected} at 0.100s, but it was never"
                        + " observed");
        assertOutOfOrder(
                "[{ paused: {} }, { resumed: {} }]", "expected paused, but it was never observed");
    }

    @Test
    void allAreJudgedInTheirOrder() {
        at(10_100, SUSPECTED);
        var findings =
                expectations(
                                "{ observed: [{ paused: {} }, { status-changed: {} }], order: [[{"
                                        + " paused: {} }, { paused: {} }]] }")
                        .judge(trace(), phases());

        assertThat(findings).extracting(Finding::held).containsExactly(false, true, false);
    }

    private void assertHolds(String expected) {
        assertThat(judge(expected)).returns(true, Finding::held);
    }

    private void assertFinding(String expected, String text) {
        assertThat(judge(expected)).returns(false, Finding::held).returns(text, Finding::text);
    }

    private void assertHoldsInOrder(String steps) {
        assertThat(judgeOrder(steps)).returns(true, Finding::held);
    }

    private void assertOutOfOrder(String steps, String text) {
        assertThat(judgeOrder(steps)).returns(false, Finding::held).returns(text, Finding::text);
    }

    private Finding judge(String expected) {
        return observed(expected).judge(trace(), phases());
    }

    private Finding judgeOrder(String steps) {
        return expectations("{ order: [" + steps + "] }")
                .order()
                .getFirst()
                .judge(trace(), phases());
    }

    private static ExpectedObservation observed(String expected) {
        return expectations("{ observed: [" + expected + "] }").observed().getFirst();
    }

    private static Expectations expectations(String expect) {
        return scenario(expect).expect();
    }

    private static Phases phases() {
        return scenario("{}").phases();
    }

    private static Scenario scenario(String expect) {
        var yaml =
                """
                apiVersion: faultline/v1
                name: expectations
                topology: { partitions: 3 }
                phases: { warmup: 10s, chaos: 10s }
                expect: %s
                """;
        return new ScenarioParser()
                .parse(new Source("expectations.yaml", yaml.formatted(expect)), Map.of());
    }

    private void at(long millis, Observation what) {
        simulation.within(
                () -> simulation.after(millis * 1_000_000, 0, () -> simulation.observe(what)));
    }

    private Trace trace() {
        simulation.run();
        return simulation.trace();
    }
}
