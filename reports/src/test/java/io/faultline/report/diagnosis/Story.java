package io.faultline.report.diagnosis;

import static io.faultline.report.TraceBuilder.failed;
import static io.faultline.report.TraceBuilder.healed;
import static io.faultline.report.TraceBuilder.span;
import static io.faultline.report.TraceBuilder.suspected;
import static io.faultline.report.TraceBuilder.time;

import io.faultline.kernel.Observation;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.detector.Healing;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockReleased;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.RetryScheduled;
import io.faultline.model.quorum.Census;
import io.faultline.model.quorum.StrictMajority;
import io.faultline.model.recovery.InProgress;
import io.faultline.model.recovery.OnPauseTimeout;
import io.faultline.model.recovery.PauseSharing;
import io.faultline.model.recovery.RecoveryPhase;
import io.faultline.report.Phases;
import io.faultline.report.TraceBuilder;
import io.faultline.report.invariant.Rules;
import io.faultline.report.verdict.HealedCore;

import java.time.Duration;
import java.util.List;

/// Traces of runs that end after ten seconds, in which B is a second.
final class Story {

    static final double END = 10_000;

    private static final Rules RULES =
            new Rules(
                    1,
                    3,
                    List.of(true),
                    new StrictMajority(),
                    new Census(Census.Suspected.INACTIVE, Census.Denominator.STATIC),
                    Healing.BY_RECOVERY,
                    OnPauseTimeout.ABORT,
                    InProgress.HOLDERS_AND_WAITERS,
                    PauseSharing.COUNTED,
                    false);

    private final TraceBuilder builder = new TraceBuilder();

    /// @param partitions how many there are
    static Story of(int partitions) {
        var story = new Story();
        story.builder.place(partitions);
        return story;
    }

    static PartitionId p(int rank) {
        return new PartitionId(rank);
    }

    Story at(double millis, Observation... observations) {
        builder.at(millis, observations);
        return this;
    }

    /// A partition is suspected, and fails 10 ms later.
    Story fails(double millis, int rank) {
        return at(millis, suspected(p(rank), StatusReason.HEARTBEAT_MISS))
                .at(millis + 10, failed(p(rank), StatusReason.HEARTBEAT_MISS));
    }

    /// A recovery begins.
    Story begins(double millis, int rank, int attempt) {
        return at(
                millis,
                new LockReserved(p(rank)),
                new LockGranted(p(rank), span(0)),
                new PhaseEntered(p(rank), RecoveryPhase.DETECTING, attempt));
    }

    /// A recovery ends well.
    Story succeeds(double millis, int rank, int attempt) {
        return at(
                millis,
                new PhaseEntered(p(rank), RecoveryPhase.COMPLETE, attempt),
                new AttemptFinished(p(rank), attempt, true, false),
                healed(p(rank), StatusReason.RECOVERED),
                new LockReleased(p(rank)));
    }

    /// A recovery ends badly, and another will follow.
    Story isTriedAgain(double millis, int rank, int attempt) {
        return at(
                millis,
                new PhaseEntered(p(rank), RecoveryPhase.FAILED, attempt),
                new AttemptFinished(p(rank), attempt, false, false),
                new LockReleased(p(rank)),
                new RetryScheduled(p(rank), attempt, span(100)));
    }

    /// A partition fails, and is recovered after so long.
    Story failsAndRecovers(double millis, int rank, double recovery) {
        return fails(millis, rank)
                .begins(millis + 20, rank, 1)
                .succeeds(millis + 20 + recovery, rank, 1);
    }

    Trace trace() {
        return builder.build();
    }

    List<Finding> diagnosed(Diagnosis diagnosis) {
        var trace = trace();
        return diagnosis.find(trace, circumstances(trace));
    }

    /// All that is found, each as its label, with a question mark if it is only suspected.
    List<String> labels() {
        var trace = trace();
        return Diagnosis.of(trace, circumstances(trace)).stream()
                .map(finding -> finding.label() + (finding.isCertain() ? "" : "?"))
                .toList();
    }

    static Circumstances circumstances(Trace trace) {
        return circumstances(trace, time(END));
    }

    static Circumstances circumstances(Trace trace, SimTime end) {
        return new Circumstances(
                RULES,
                new Phases(time(0), end, end),
                end,
                HealedCore.of(trace, true),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(50),
                "detection 0.400s + recovery 0.600s");
    }
}
