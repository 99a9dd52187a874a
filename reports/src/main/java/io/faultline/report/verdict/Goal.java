package io.faultline.report.verdict;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed;

import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/// A state that a run is to reach, and to keep until its end.
public enum Goal {
    /// Every partition is believed to be healthy, and is up in truth.
    ALL_HEALTHY {
        @Override
        Reach reach(Trace trace, Predicate<PartitionId> core) {
            var unhealthy = new TreeSet<PartitionId>();
            var down = new TreeSet<PartitionId>();
            var since = Optional.of(SimTime.ZERO);
            var before = Optional.<Span>empty();
            for (var entry : trace) {
                switch (entry.what()) {
                    case Observed.StatusChanged changed when core.test(changed.partition()) ->
                            update(
                                    unhealthy,
                                    changed.partition(),
                                    changed.to() != PartitionStatus.HEALTHY);
                    case Observed.PartitionDown gone when core.test(gone.partition()) ->
                            update(down, gone.partition(), true);
                    case Observed.PartitionUp back -> update(down, back.partition(), false);
                    default -> {}
                }
                boolean reached = unhealthy.isEmpty() && down.isEmpty();
                if (!reached && since.isPresent()) {
                    before = Optional.of(new Span(since.get(), entry.time()));
                    since = Optional.empty();
                } else if (reached && since.isEmpty()) {
                    since = Optional.of(entry.time());
                }
            }
            return new Reach(since, before);
        }
    };

    private static void update(TreeSet<PartitionId> set, PartitionId partition, boolean in) {
        if (in) {
            set.add(partition);
        } else {
            set.remove(partition);
        }
    }

    private record Span(SimTime from, SimTime to) {}

    /// When a goal was reached.
    ///
    /// @param since from when on, if it was at the end of the run
    /// @param before the last time that it was, and no longer is, if there was one
    private record Reach(Optional<SimTime> since, Optional<Span> before) {}

    /// When the goal was reached.
    ///
    /// @param core who has to be well
    abstract Reach reach(Trace trace, Predicate<PartitionId> core);

    /// From when on the goal was reached, if it was at the end of the run.
    ///
    /// @param core who has to be well
    public Optional<SimTime> reachedAt(Trace trace, Predicate<PartitionId> core) {
        return reach(trace, core).since;
    }

    /// The name in files, such as `all-healthy`.
    public String label() {
        return Kind.name(this);
    }

    /// The goal of that name.
    public static Goal named(String label) {
        for (var goal : values()) {
            if (goal.label().equals(label)) {
                return goal;
            }
        }
        throw new IllegalArgumentException("unknown goal '" + label + "'");
    }

    /// Judges whether the goal was reached in time, and kept to the end of the run. A run that
    /// ended too early to tell is inconclusive.
    ///
    /// @param core on whom it is judged
    /// @param due when it must be reached
    /// @param why where that time comes from, for people; may be empty
    /// @param end when the run ended
    public Judgement judge(Trace trace, HealedCore core, SimTime due, String why, SimTime end) {
        var reach = reach(trace, core::contains);
        var reason =
                ", due by "
                        + due
                        + (why.isEmpty() ? "" : " (" + why + ")")
                        + (core.isWhole() ? "" : "; judged on " + core);
        if (reach.since.isPresent()) {
            var since = reach.since.get();
            return since.isAfter(due)
                    ? judgement(Answer.VIOLATED, "only since " + since + reason)
                    : judgement(Answer.HELD, "since " + since + reason);
        }
        var lost = reach.before.filter(span -> !span.from.isAfter(due) && !span.to.isBefore(due));
        if (lost.isPresent()) {
            return judgement(
                    Answer.VIOLATED,
                    "since " + lost.get().from + ", but no longer from " + lost.get().to + reason);
        }
        return end.isBefore(due)
                ? judgement(Answer.INCONCLUSIVE, "not at the end of the run, " + end + reason)
                : judgement(Answer.VIOLATED, "not at all" + reason);
    }

    private Judgement judgement(Answer answer, String finding) {
        return new Judgement("eventually " + label(), Concern.LIVENESS, answer, finding);
    }
}
