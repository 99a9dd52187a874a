package io.faultline.report.verdict;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed;

import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;

/// A state that a run is to reach, and to keep until its end.
public enum Goal {
    /// Every partition is believed to be healthy, and is up in truth.
    ALL_HEALTHY {
        @Override
        public Optional<SimTime> reachedAt(Trace trace) {
            var unhealthy = new TreeSet<PartitionId>();
            var down = new TreeSet<PartitionId>();
            var since = Optional.of(SimTime.ZERO);
            for (var entry : trace) {
                switch (entry.what()) {
                    case Observed.StatusChanged changed ->
                            update(
                                    unhealthy,
                                    changed.partition(),
                                    changed.to() != PartitionStatus.HEALTHY);
                    case Observed.PartitionDown gone -> update(down, gone.partition(), true);
                    case Observed.PartitionUp back -> update(down, back.partition(), false);
                    default -> {}
                }
                if (!unhealthy.isEmpty() || !down.isEmpty()) {
                    since = Optional.empty();
                } else if (since.isEmpty()) {
                    since = Optional.of(entry.time());
                }
            }
            return since;
        }
    };

    private static void update(TreeSet<PartitionId> set, PartitionId partition, boolean in) {
        if (in) {
            set.add(partition);
        } else {
            set.remove(partition);
        }
    }

    /// From when on the goal was reached, if it was at the end of the run.
    public abstract Optional<SimTime> reachedAt(Trace trace);

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

    /// Judges whether the goal was reached in time. A run that ended too early to tell is
    /// inconclusive.
    ///
    /// @param from when the time begins to count
    /// @param within how long it may take
    /// @param why where the limit comes from, for people; may be empty
    /// @param end when the run ended
    public Judgement judge(Trace trace, SimTime from, Duration within, String why, SimTime end) {
        var limit = from.plus(within);
        var reached = reachedAt(trace);
        var name = "eventually " + label();
        var reason = "by " + limit + (why.isEmpty() ? "" : " (" + why + ")");
        if (reached.isPresent() && !reached.get().isAfter(limit)) {
            return judgement(name, Answer.HELD, "since " + reached.get() + ", due " + reason);
        }
        if (reached.isPresent()) {
            return judgement(
                    name, Answer.VIOLATED, "only since " + reached.get() + ", due " + reason);
        }
        return end.isBefore(limit)
                ? judgement(
                        name,
                        Answer.INCONCLUSIVE,
                        "not at the end of the run, " + end + "; due " + reason)
                : judgement(name, Answer.VIOLATED, "not at all, due " + reason);
    }

    private static Judgement judgement(String name, Answer answer, String finding) {
        return new Judgement(name, Concern.LIVENESS, answer, finding);
    }
}
