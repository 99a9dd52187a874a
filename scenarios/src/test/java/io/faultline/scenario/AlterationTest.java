package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Agenda;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.recovery.Prevention;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What is other in an altered run, and what is not.
class AlterationTest {

    private static final Scenario SCENARIO =
            new ScenarioParser(Judge.VOCABULARY)
                    .parse(
                            new Source(
                                    "altered",
                                    """
                                    apiVersion: faultline/v1
                                    name: altered
                                    topology: { partitions: 4, network: { latency: 1ms..5ms } }
                                    protocol:
                                      detector: { kind: heartbeat-timeout, suspect: 2s, failure: 5s }
                                    phases: { chaos: 20s }
                                    faults:
                                      - at: 1s
                                        message-loss: { chance: 10%, messages: [heartbeat], from: [n1] }
                                      - at: 2s
                                        message-loss: { chance: 30%, messages: [heartbeat], from: [n2] }
                                      - at: 5s
                                        crash: { partitions: [P3] }
                                    """),
                            Map.of());

    private static Trace run(Alteration alteration) {
        return Run.of(SCENARIO, alteration, "", "", Agenda.LADDER, _ -> {}).result().trace();
    }

    private static Alteration without(Integer... faults) {
        return Alteration.without(Set.of(faults));
    }

    private static List<Trace.Entry> of(int node, Trace trace) {
        return trace.stream()
                .filter(entry -> entry.toString().matches(".*from=n" + node + ",.*to=coord.*"))
                .toList();
    }

    @Test
    void aFaultThatIsLeftOutTakesNothingFromTheNumbersAndChancesOfTheOthers() {
        var all = run(Alteration.NONE);
        var fewer = run(without(0));
        assertThat(fewer.all(FaultInjected.class).map(FaultInjected::fault)).containsExactly(1, 2);
        assertThat(marks(of(2, fewer))).isNotEmpty().isEqualTo(marks(of(2, all)));
        assertThat(marks(of(1, fewer))).isNotEqualTo(marks(of(1, all)));
    }

    private static List<String> marks(List<Trace.Entry> entries) {
        return entries.stream().map(Trace.Entry::toString).toList();
    }

    @Test
    void aFailureThatIsPreventedDoesNotHappen() {
        var prevention =
                new Prevention(new PartitionId(3), SimTime.ZERO, SimTime.of(Duration.ofMinutes(1)));
        var trace =
                run(
                        new Alteration(
                                new TreeSet<>(),
                                new TreeSet<>(),
                                List.of(prevention),
                                Optional.empty()));
        assertThat(failed(run(Alteration.NONE))).contains(new PartitionId(3));
        assertThat(failed(trace)).doesNotContain(new PartitionId(3));
    }

    private static List<PartitionId> failed(Trace trace) {
        return trace.all(StatusChanged.class)
                .filter(change -> change.to() == PartitionStatus.FAILED)
                .map(StatusChanged::partition)
                .toList();
    }

    @Test
    void whatWasBeforeTheRerollIsTheSameAndWhatComesAfterIsNot() {
        var at = SimTime.of(Duration.ofMillis(6500));
        var trace = run(Alteration.rerolled(at, 99));
        assertThat(past(trace, at)).isNotEmpty().isEqualTo(past(run(Alteration.NONE), at));
        assertThat(trace.entries()).isNotEqualTo(run(Alteration.NONE).entries());
    }

    private static List<Trace.Entry> past(Trace trace, SimTime end) {
        return trace.stream().filter(entry -> entry.time().isBefore(end)).toList();
    }

    @Test
    void aRerollToTheSameSeedChangesNothing() {
        var at = SimTime.of(Duration.ofMillis(6500));
        var whole = run(Alteration.NONE);
        assertThat(run(Alteration.rerolled(at, SCENARIO.seed())).entries())
                .isEqualTo(whole.entries());
        assertThat(run(Alteration.rerolled(SimTime.ZERO, SCENARIO.seed())).entries())
                .isEqualTo(whole.entries());
    }
}
