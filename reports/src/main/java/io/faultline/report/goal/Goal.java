package io.faultline.report.goal;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.report.Kinds;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Concern;
import io.faultline.report.verdict.Judgement;

import java.util.List;
import java.util.Optional;

/// A state that a run is to reach, and to keep until its end.
///
/// A kind is a record; its class name in kebab-case is its name: [AllHealthy] is `all-healthy`. The
/// `permits` clause is the catalogue.
public sealed interface Goal
        permits AllHealthy,
                QueueDrained,
                FailuresSettled,
                ViewsAgree,
                RoundsComplete,
                ThroughputRestored,
                OwnGoal {

    /// The name in files, such as `all-healthy`.
    default String name() {
        return Kind.name(this);
    }

    /// What is so when it is reached, in one sentence.
    String description();

    /// When it was reached.
    Reach reach(Trace trace, Aftermath aftermath);

    /// What a scenario must have for this to mean anything.
    default Optional<Need> need() {
        return Optional.empty();
    }

    /// All goals.
    static List<Goal> all() {
        return Kinds.of(Goal.class);
    }

    /// The goal of that name.
    static Goal named(String name) {
        return all().stream()
                .filter(goal -> goal.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown goal '" + name + "'"));
    }

    /// Judges whether the goal was reached in time, and kept to the end of the run. A run that
    /// ended too early to tell is inconclusive.
    ///
    /// @param due when it must be reached
    /// @param why where that time comes from, for people; may be empty
    default Judgement judge(Trace trace, Aftermath aftermath, SimTime due, String why) {
        var reach = reach(trace, aftermath);
        var core = aftermath.core();
        var reason =
                ", due by "
                        + due
                        + (why.isEmpty() ? "" : " (" + why + ")")
                        + (core.isWhole() ? "" : "; judged on " + core);
        if (reach.untold().isPresent()) {
            return judgement(Answer.INCONCLUSIVE, reach.untold().get() + reason);
        }
        if (reach.since().isPresent()) {
            var since = reach.since().get();
            return since.isAfter(due)
                    ? judgement(Answer.VIOLATED, "only since " + since + reason)
                    : judgement(Answer.HELD, "since " + since + reason);
        }
        var lost =
                reach.before()
                        .filter(span -> !span.from().isAfter(due) && !span.to().isBefore(due));
        if (lost.isPresent()) {
            return judgement(
                    Answer.VIOLATED,
                    "since "
                            + lost.get().from()
                            + ", but no longer from "
                            + lost.get().to()
                            + reason);
        }
        var end = aftermath.end();
        return end.isBefore(due)
                ? judgement(Answer.INCONCLUSIVE, "not at the end of the run, " + end + reason)
                : judgement(Answer.VIOLATED, "not at all" + reason);
    }

    private Judgement judgement(Answer answer, String finding) {
        return new Judgement("eventually " + name(), Concern.LIVENESS, answer, finding);
    }
}
