package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.StatusChanged;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// When faults strike.
class ScheduleTest {

    private static final String FILE =
            """
            apiVersion: faultline/v1
            name: times
            seed: %d
            topology: { partitions: 5 }
            protocol: { detector: { kind: heartbeat-timeout, suspect: 2s, failure: 5s } }
            phases: { warmup: 1s, chaos: 20s, quiet: 10s }
            faults:
            %s
            """;

    private static final String LOSS = "  message-loss: { from: [n1] }\n";

    private static Scenario scenario(long seed, String faults) {
        var text = FILE.formatted(seed, faults.indent(2));
        return new ScenarioParser(Judge.VOCABULARY).parse(new Source("f.yaml", text), Map.of());
    }

    private static Trace trace(long seed, String faults) {
        return Run.of(scenario(seed, faults), "", "").result().trace();
    }

    /// When faults begin (`+`) and end (`-`), in milliseconds from the start of chaos.
    private static List<String> times(long seed, String faults) {
        return times(trace(seed, faults));
    }

    private static List<String> times(Trace trace) {
        return trace.stream()
                .filter(e -> e.what() instanceof FaultInjected || e.what() instanceof FaultHealed)
                .map(e ->
                        (e.what() instanceof FaultInjected ? "+" : "-")
                                + (e.time().nanos() / 1_000_000 - 1000))
                .toList();
    }

    private static List<String> times(String schedule) {
        return times(1, schedule + "\n" + LOSS);
    }

    private static String refusal(String faults) {
        try {
            scenario(1, faults);
        } catch (ScenarioException e) {
            return e.getMessage().lines().findFirst().orElseThrow();
        }
        throw new AssertionError("accepted");
    }

    @Test
    void atIsForGoodUnlessItSaysForHowLong() {
        assertThat(times("- at: 3s")).containsExactly("+3000");
        assertThat(times("- at: 3s\n  for: 2s")).containsExactly("+3000", "-5000");
    }

    /// Where nothing follows chaos, its last instant is the last of the run.
    @Test
    void whatIsPlannedForTheEndOfTheRunStrikesThen() {
        var file = FILE.formatted(1, ("- at: 20s\n" + LOSS).indent(2)).replace(", quiet: 10s", "");
        var last = new ScenarioParser(Judge.VOCABULARY).parse(new Source("f.yaml", file), Map.of());
        assertThat(times(Run.of(last, "", "").result().trace())).containsExactly("+20000");
    }

    @Test
    void whatWouldEndAfterTheRunDoesNotEnd() {
        assertThat(times("- at: 3s\n  for: 1000d")).containsExactly("+3000");
        assertThat(times("- at: 3s\n  for: 27s")).containsExactly("+3000", "-30000");
    }

    @Test
    void duringHasASpan() {
        assertThat(times("- during: 3s..4500ms")).containsExactly("+3000", "-4500");
    }

    @Test
    void jitterIsDrawnAndMovesTheWholeSpan() {
        assertThat(times("- during: 3s..4s\n  jitter: 250ms")).containsExactly("+3250", "-4250");
        assertThat(times("- at: 3s\n  for: 1s\n  jitter: 250ms")).containsExactly("+3250", "-4250");
        var seen = new HashSet<List<String>>();
        for (int seed = 1; seed <= 5; seed++) {
            seen.add(times(seed, "- at: 3s\n  jitter: 0ms..1s\n" + LOSS));
        }
        assertThat(seen).hasSize(5);
        assertThat(times("- at: 19s\n  jitter: 2s")).isEmpty();
    }

    @Test
    void aLengthIsDrawnEachTime() {
        var times = times("- every: 5s\n  for: 1s..2s");
        assertThat(times).hasSize(6);
        var lengths = new HashSet<Long>();
        for (int i = 0; i < times.size(); i += 2) {
            lengths.add(-Long.parseLong(times.get(i)) - Long.parseLong(times.get(i + 1)));
        }
        assertThat(lengths).hasSize(3).allSatisfy(l -> assertThat(l).isBetween(1000L, 2000L));
    }

    @Test
    void everyPeriodOfTheWindowHasOne() {
        assertThat(times("- every: 6s\n  for: 1s"))
                .containsExactly("+6000", "-7000", "+12000", "-13000", "+18000", "-19000");
        assertThat(times("- every: 6s\n  for: 1s\n  within: 10s..29s"))
                .containsExactly("+16000", "-17000");
        assertThat(times("- every: 6s\n  for: 1s\n  times: 1")).containsExactly("+6000", "-7000");
    }

    @Test
    void jitterOfWhatRepeatsDoesNotAddUp() {
        assertThat(times("- every: 6s\n  for: 1s\n  jitter: 500ms"))
                .containsExactly("+6500", "-7500", "+12500", "-13500", "+18500", "-19500");
    }

    @Test
    void whatRepeatsIsOverAtTheEndOfItsWindow() {
        assertThat(times("- every: 9s")).containsExactly("+9000", "+18000", "-20000", "-20000");
        assertThat(times("- every: 9s\n  for: 5s"))
                .containsExactly("+9000", "-14000", "+18000", "-20000");
        assertThat(times("- every: 9s\n  for: 5s\n  within: 0s..25s"))
                .containsExactly("+9000", "-14000", "+18000", "-23000");
        assertThat(times("- every: 9s\n  for: 5s\n  jitter: 3s"))
                .containsExactly("+12000", "-17000"); // the second would begin at 21 s
        assertThat(times("- every: 9s\n  for: 5s\n  jitter: 3s\n  within: 0s..25s"))
                .containsExactly("+12000", "-17000");
    }

    @Test
    void onesThatOverlapEndOneByOne() {
        var trace = trace(1, "- every: 4s\n  for: 6s\n  times: 2\n" + LOSS);
        assertThat(trace.all(FaultInjected.class).map(FaultInjected::occurrence))
                .containsExactly(1, 2);
        assertThat(trace.all(FaultHealed.class).map(FaultHealed::occurrence)).containsExactly(1, 2);
        assertThat(trace.all(FaultTookEffect.class))
                .containsExactly(new FaultTookEffect(0), new FaultTookEffect(0, 2));
        assertThat(trace.all(FaultHealed.class).toList().get(1))
                .hasToString("FaultHealed[fault=0, kind=message-loss, occurrence=2]");
    }

    @Test
    void eachTimeNodesAreChosenAnew() {
        var crashed = new HashSet<String>();
        trace(3, "- every: 1s\n  for: 100ms\n  crash: { nodes: { mode: one } }")
                .all(NodeCrashed.class)
                .forEach(crash -> crashed.add(crash.node().name()));
        assertThat(crashed).hasSizeGreaterThan(3);
    }

    @Test
    void renewalAlternates() {
        assertThat(times("- renewal: { between: 5s, repair: 2s }"))
                .containsExactly("+5000", "-7000", "+12000", "-14000", "+19000", "-20000");
        assertThat(times("- renewal: { between: 5s, repair: 2s }\n  within: 10s..30s"))
                .containsExactly("+15000", "-17000");
        assertThat(times("- renewal: { between: 5s, repair: 2s }\n  times: 2"))
                .containsExactly("+5000", "-7000", "+12000", "-14000");
        assertThat(times("- renewal: { between: 5s, repair: 2s }\n  jitter: 1s\n  times: 1"))
                .containsExactly("+6000", "-8000");
        var chance = "- renewal: { between: exponential(mean=3s), repair: 0ms..2s }\n" + LOSS;
        assertThat(times(1, chance)).isNotEqualTo(times(2, chance)).isEqualTo(times(1, chance));
    }

    @Test
    void anObservationIsFollowedAtTheSameInstantAndIsTheCause() {
        var trace =
                trace(
                        1,
                        """
                        - at: 1s
                          crash: { nodes: [n1] }
                        - after: { status-changed: { partition: P1, to: suspected } }
                          crash: { nodes: [n2] }
                        """);
        var suspected =
                trace.stream()
                        .filter(e -> e.what() instanceof StatusChanged)
                        .findFirst()
                        .orElseThrow();
        var injected =
                trace.stream()
                        .filter(e -> e.what() instanceof FaultInjected f && f.fault() == 1)
                        .findFirst()
                        .orElseThrow();
        assertThat(injected.time()).isEqualTo(suspected.time());
        assertThat(injected.cause()).isEqualTo(suspected.index());
        // It ends with its window.
        assertThat(times(trace)).containsExactly("+1000", "+2600", "-20000");
    }

    @Test
    void anObservationMayBeFollowedLaterOftenAndForATime() {
        var crash = "- every: 4s\n  for: 1s\n  crash: { nodes: [n1] }\n- after: ";
        assertThat(times(1, crash + "{ node-crashed: {} }\n  for: 500ms\n" + LOSS))
                .startsWith("+4000", "+4000", "-4500", "-5000", "+8000", "-9000");
        assertThat(times(1, crash + "{ node-crashed: {}, delay: 2s }\n  for: 500ms\n" + LOSS))
                .startsWith("+4000", "-5000", "+6000", "-6500", "+8000");
        assertThat(times(1, crash + "{ node-crashed: {} }\n  for: 500ms\n  times: 2\n" + LOSS))
                .startsWith("+4000", "+4000", "-4500", "-5000", "+8000", "+8000", "-8500");
        assertThat(times(1, crash + "{ node-crashed: {} }\n  for: 1ms\n  within: 5s..20s\n" + LOSS))
                .startsWith("+4000", "-5000", "+8000", "+8000", "-8001");
        assertThat(times(1, crash + "{ node-crashed: {}, by: n1 }\n" + LOSS)).hasSize(10);
        assertThat(times(1, crash + "{ node-crashed: {}, by: n2 }\n" + LOSS)).hasSize(8);
    }

    @Test
    void aFaultMayFollowItselfOnlyAsOftenAsItSays() {
        assertThat(
                        times(
                                1,
                                "- at: 1s\n"
                                        + LOSS
                                        + "- after: { fault-injected: {} }\n  times: 4\n  for: 1s\n"
                                        + LOSS))
                .containsExactly(
                        "+1000", "+1000", "+1000", "+1000", "+1000", "-2000", "-2000", "-2000",
                        "-2000");
    }

    @Test
    void aFaultThatIsLeftOutChangesNoChanceOfTheOthers() {
        var faults =
                """
                - every: 3s
                  jitter: 0ms..1s
                  for: 0ms..1s
                  message-delay: { extra: 1ms }
                - renewal: { between: exponential(mean=2s), repair: 0ms..2s }
                  message-loss: { chance: 50% }
                """;
        var all = Run.of(scenario(1, faults), "", "").result();
        var run = Run.without(Set.of(0), scenario(1, faults), "", "").result();
        assertThat(run.trace().all(FaultInjected.class)).hasSizeGreaterThan(2);
        assertThat(run.trace().all(FaultInjected.class))
                .containsExactlyElementsOf(
                        all.trace().all(FaultInjected.class).filter(f -> f.fault() == 1).toList());
        assertThat(run.verdict().judgements().toString()).contains("1 of 1");
        assertThat(all.verdict().judgements().toString()).contains("2 of 2");
    }

    @Test
    void aScheduleThatMakesNoSenseIsRefused() {
        assertThat(refusal("- during: 1s..2s\n  for: 1s\n" + LOSS))
                .endsWith("'during' says when the fault ends; leave 'for' out");
        assertThat(refusal("- renewal: { between: 1s, repair: 1s }\n  for: 1s\n" + LOSS))
                .endsWith("'renewal' says when the fault ends; leave 'for' out");
        assertThat(refusal("- at: 1s\n  within: 1s..2s\n" + LOSS))
                .endsWith("'within' goes with every, after and renewal, not with at");
        assertThat(refusal("- during: 1s..2s\n  times: 2\n" + LOSS))
                .endsWith("'times' goes with every, after and renewal, not with during");
        assertThat(refusal("- every: 1s\n  times: 0\n" + LOSS))
                .endsWith("times must be at least 1, but was 0");
        assertThat(refusal("- every: 0ms\n" + LOSS))
                .endsWith("every: the period must be longer than 0");
        assertThat(refusal("- every: 20s\n" + LOSS))
                .endsWith("every 20s is never in a window of 20s");
        assertThat(refusal("- every: 1us\n" + LOSS))
                .endsWith("this fault would strike 20000000 times; 1000000 is the limit");
        assertThat(refusal("- renewal: { between: 1us, repair: 1us }\n" + LOSS))
                .endsWith("this fault would strike 10000000 times; 1000000 is the limit");
        assertThat(refusal("- renewal: { between: 0ms, repair: 1s }\n" + LOSS))
                .endsWith("between must be longer than 0 as a rule");
        assertThat(refusal("- every: 2s\n  within: 10s..40s\n" + LOSS))
                .endsWith("40s lies after the end of the run, which is at 30s");
        assertThat(refusal("- every: 2s\n  within: 20s..25s\n" + LOSS))
                .endsWith(
                        "no fault may begin after chaos, which is over at 20s, but this begins at"
                                + " 20s");
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> scenario(1, "- after: { node-crushed: {} }\n" + LOSS))
                .withMessageContaining("node-crashed");
    }
}
