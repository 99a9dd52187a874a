package io.faultline.report.diagnosis;

import static io.faultline.report.TraceBuilder.span;
import static io.faultline.report.TraceBuilder.suspected;
import static io.faultline.report.TraceBuilder.time;
import static io.faultline.report.TraceBuilder.trusted;
import static io.faultline.report.diagnosis.Story.p;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.EscalationCause;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.HandlerPlaced;
import io.faultline.model.observation.Observed.HandlersParted;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.QuorumGone;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.ViewJudged;
import io.faultline.report.TraceBuilder;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// The ways in which checkers of liveness have been wrong before, each by the name under which it
/// is known: what must not be found, and what must be found although it hides.
class FalseAlarmTest {

    /// Failure goes round while each recovery takes so long, and another failure comes after so
    /// long.
    private static Story ring(Random random, int rounds) {
        var story = Story.of(4);
        double now = 100;
        for (int i = 0; i < rounds; i++) {
            double recovery = random == null ? 300 : 200 + random.nextInt(200);
            double rest = random == null ? 200 : 150 + random.nextInt(100);
            story.failsAndRecovers(now, i % 4, recovery);
            now += 20 + recovery + rest;
        }
        return story.at(Story.END - 1, new OperationRejected(p(0)));
    }

    /// Timers that never let time pass do much in no time; that is no livelock, since nothing else
    /// had its turn.
    @Test
    void unfairTimers() {
        var story = Story.of(3).fails(100, 0);
        for (int attempt = 1; attempt <= 50; attempt++) {
            story.begins(200, 0, attempt).isTriedAgain(200, 0, attempt);
        }
        assertThat(story.begins(300, 0, 1).succeeds(400, 0, 1).labels()).isEmpty();
    }

    /// Nothing can be asked of a system that has lost its majority in truth.
    @Test
    void legitimateUnavailability() {
        var story =
                Story.of(3)
                        .at(90, new QuorumGone(1, 2))
                        .fails(100, 0)
                        .fails(120, 1)
                        .at(
                                130,
                                new QuorumLost(1, 3),
                                new Escalated(p(0), EscalationCause.QUORUM_LOST),
                                new Escalated(p(1), EscalationCause.QUORUM_LOST));
        assertThat(story.labels()).containsExactly("quorum-loss{prolonged}");
    }

    /// Everybody who starts at once is suspected for a moment, once.
    @Test
    void simultaneousStart() {
        var story = Story.of(9);
        for (int rank = 0; rank < 9; rank++) {
            story.at(0, suspected(p(rank), StatusReason.HEARTBEAT_MISS));
        }
        for (int rank = 0; rank < 9; rank++) {
            story.at(10, trusted(p(rank)));
        }
        assertThat(story.labels()).isEmpty();
    }

    /// Clients that ask for ever, and are refused, are no activity and no progress.
    @Test
    void clientsWithoutATimeOut() {
        var story = Story.of(3).fails(100, 0).begins(120, 0, 1).succeeds(500, 0, 1);
        for (double now = 510; now < Story.END; now += 10) {
            story.at(now, new OperationRejected(p(1)));
        }
        assertThat(story.labels()).isEmpty();
    }

    /// Whoever never finds anything may be switched off: each diagnosis finds its own here.
    @Test
    void aDetectorThatIsSilentlyOff() {
        var found = new LinkedHashMap<String, Boolean>();
        trouble()
                .forEach((name, trace) ->
                        found.put(
                                name,
                                Diagnosis.of(trace, Story.circumstances(trace, end(trace))).stream()
                                        .anyMatch(finding ->
                                                finding.diagnosis().equals(name)
                                                        && finding.isCertain())));
        assertThat(found.values()).allMatch(Boolean::booleanValue);
        assertThat(found.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Diagnosis.all().stream().map(Diagnosis::name).toList());
    }

    private static SimTime end(Trace trace) {
        var last = trace.get(trace.size() - 1).time();
        return last.isAfter(time(Story.END)) ? last : time(Story.END);
    }

    private static Map<String, Trace> trouble() {
        var flapping = Story.of(3);
        for (double now : new double[] {100, 200, 300}) {
            flapping.at(now, suspected(p(0), StatusReason.HEARTBEAT_MISS))
                    .at(now + 50, trusted(p(0)));
        }
        var starving = Story.of(4).fails(50, 3);
        for (double now = 100; now < 3000; now += 500) {
            starving.failsAndRecovers(now, 0, 300);
        }
        var less = Story.of(3);
        for (int second = 0; second < 30; second++) {
            if (second == 10) {
                less.at(10_000, new FaultInjected(0, "crash", "", List.of(p(0))));
            }
            less.at(1000 * second + 100, new OperationCompleted(p(0), span(1)));
            if (second < 10) {
                less.at(1000 * second + 200, new OperationCompleted(p(0), span(1)));
            }
        }
        var slow = Story.of(3).fails(300, 1).begins(400, 1, 1).succeeds(1500, 1, 1);
        var traces = new LinkedHashMap<String, Trace>();
        traces.put("quorum-loss", Story.of(3).at(100, new QuorumGone(1, 2)).trace());
        traces.put(
                "quorum-misperception",
                Story.of(3).at(100, new QuorumGone(1, 2), new LockReserved(p(0))).trace());
        traces.put("split-brain", rivals().by("B", 300, judged(0)).build());
        traces.put("stale-leader", rivals().build());
        traces.put("cascade", new CascadeTest().twoPiecesOfDamage().trace());
        traces.put("recovery-livelock", ring(null, 19).trace());
        traces.put("starvation", starving.trace());
        traces.put("flapping", flapping.trace());
        traces.put("metastable", less.trace());
        traces.put("slow", slow.trace());
        return traces;
    }

    private static TraceBuilder rivals() {
        return new TraceBuilder()
                .at(0, new PartitionPlaced(p(0), new NodeId("n0"), "eu", 1))
                .at(0, new HandlerPlaced("A", new NodeId("n0")))
                .at(0, new HandlerPlaced("B", new NodeId("n3")))
                .at(100, new HandlersParted("A", "B"))
                .by("A", 200, judged(4));
    }

    private static ViewJudged judged(int rank) {
        return new ViewJudged(p(rank), 1, 3, 5);
    }

    /// That all are well again and again is not that they are well in the end.
    @Test
    void eventuallyOnCycles() {
        assertThat(ring(null, 19).labels()).contains("recovery-livelock{spinning}");
    }

    /// Ever higher incarnations and attempts look like progress, and are none.
    @Test
    void oldGenerationsMistakenForProgress() {
        var story = Story.of(3).fails(100, 0);
        int attempt = 0;
        for (double now = 200; now < Story.END; now += 100 + attempt) {
            attempt++;
            story.begins(now, 0, attempt)
                    .at(now + 10, new NodeRestarted(new NodeId("n0"), attempt + 1))
                    .isTriedAgain(now + 20, 0, attempt);
        }
        assertThat(story.labels()).contains("recovery-livelock{spinning}");
    }

    /// No two rounds take the same time, and even so each is like the one before.
    @Test
    void randomisedBackoff() {
        var found = ring(new Random(7), 19).diagnosed(new RecoveryLivelock());
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().certificate()).isInstanceOf(Circling.Lasso.class);
    }
}
