package io.faultline.report.verdict;

import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed;
import io.faultline.report.Said;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// Something that can come to pass in a run, and that a scenario may forbid (`never`) or ask for
/// (`sometimes`).
public enum Occurrence {
    /// A partition became suspected.
    PARTITION_SUSPECTED(o -> becomes(o, PartitionStatus.SUSPECTED)),
    /// A partition was declared failed.
    PARTITION_FAILED(o -> becomes(o, PartitionStatus.FAILED)),
    /// A suspicion turned out to be wrong.
    SUSPICION_WITHDRAWN(o ->
            o instanceof Observed.StatusChanged changed
                    && changed.reason() == StatusReason.FALSE_ALARM),
    /// A recovery was completed.
    RECOVERY_COMPLETED(o -> o instanceof Observed.AttemptFinished a && a.succeeded()),
    /// An attempt to recover a partition failed.
    RECOVERY_FAILED(o -> o instanceof Observed.AttemptFinished a && !a.succeeded()),
    /// A recovery was put off until there is a quorum.
    RECOVERY_QUEUED(o -> o instanceof Observed.Queued),
    /// A partition was left to an operator.
    RECOVERY_ESCALATED(o -> o instanceof Observed.Escalated),
    /// The partitions believed to be healthy were a quorum no longer.
    QUORUM_LOST(o -> o instanceof Observed.QuorumLost),
    /// They were a quorum again.
    QUORUM_RESTORED(o -> o instanceof Observed.QuorumRestored),
    /// A recovery went ahead, or gave up, with operations in flight.
    PAUSE_TIMED_OUT(o -> o instanceof Observed.PauseTimedOut),
    /// A barrier round was completed.
    ROUND_COMPLETED(o -> o instanceof Observed.RoundCompleted),
    /// A barrier round broke.
    ROUND_BROKEN(o -> o instanceof Observed.RoundBroken),
    /// A message was lost.
    MESSAGE_LOST(o -> o instanceof Observed.MessageDropped),
    /// A heartbeat came from a partition that was taken to be down.
    LATE_HEARTBEAT(o -> o instanceof Observed.LateHeartbeat);

    private final Predicate<Object> is;

    Occurrence(Predicate<Object> is) {
        this.is = is;
    }

    private static boolean becomes(Object observed, PartitionStatus status) {
        return observed instanceof Observed.StatusChanged changed && changed.to() == status;
    }

    /// The name in files, such as `recovery-completed`.
    public String label() {
        return Kind.name(this);
    }

    /// The occurrence of that name.
    public static Occurrence named(String label) {
        for (var occurrence : values()) {
            if (occurrence.label().equals(label)) {
                return occurrence;
            }
        }
        throw new IllegalArgumentException("unknown occurrence '" + label + "'");
    }

    /// Judges a run in which it must not come to pass.
    public Judgement never(Trace trace) {
        var first = first(trace);
        return new Judgement(
                "never " + label(),
                Concern.SAFETY,
                first.isPresent() ? Answer.VIOLATED : Answer.HELD,
                first.map(entry -> "at " + entry.time() + ": " + sentence(entry))
                        .orElse("it did not come to pass"),
                first.map(entry -> OptionalInt.of(entry.index())).orElse(OptionalInt.empty()));
    }

    /// Judges a run that proves nothing unless it comes to pass.
    public Judgement sometimes(Trace trace) {
        var first = first(trace);
        return new Judgement(
                "sometimes " + label(),
                Concern.COVERAGE,
                first.isPresent() ? Answer.HELD : Answer.INCONCLUSIVE,
                first.map(entry -> "first at " + entry.time())
                        .orElse(
                                "it did not come to pass, so the run has not shown what it"
                                        + " should"));
    }

    private static String sentence(Trace.Entry entry) {
        return Said.of(entry.what()).map(Said::text).orElseGet(() -> entry.what().toString());
    }

    private Optional<Trace.Entry> first(Trace trace) {
        return trace.stream().filter(entry -> is.test(entry.what())).findFirst();
    }
}
