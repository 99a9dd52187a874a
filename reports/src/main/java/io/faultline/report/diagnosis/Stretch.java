package io.faultline.report.diagnosis;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;

import java.util.ArrayList;
import java.util.List;

/// A time in which the system could be expected to recover: nothing is done to it any more, in
/// truth there is a quorum throughout, and the coordinator is up.
///
/// @param moments every instant at which its abstract state changed, the first being that at which
///   it began
/// @param end when it ended
/// @param last whether it ended because the run did
record Stretch(List<Moment> moments, SimTime end, boolean last) {

    /// An instant at which something changed, when it was over.
    ///
    /// @param entry the index of its last entry; of what is still so when the last fault is over,
    ///   that with which it was
    /// @param state a number for the abstract state
    /// @param open how many partitions somebody looks after, or should
    /// @param attempts how many attempts were begun until then, from the start of the run
    /// @param activities how many attempts, phases and incarnations
    /// @param parked whether partitions have failed and nothing is done about them
    /// @param quorum whether the coordinator believes that there is one
    record Moment(
            int entry,
            SimTime time,
            long state,
            int open,
            int attempts,
            int activities,
            boolean parked,
            boolean quorum) {

        static Moment of(Course course, Trace.Entry last) {
            return new Moment(
                    last.index(),
                    last.time(),
                    course.key(),
                    course.open(),
                    course.attempts(),
                    course.activities(),
                    course.isParked(),
                    course.believesInQuorum());
        }

        Moment notBefore(Heal heal) {
            return time.isBefore(heal.at())
                    ? new Moment(
                            heal.entry(),
                            heal.at(),
                            state,
                            open,
                            attempts,
                            activities,
                            parked,
                            quorum)
                    : this;
        }
    }

    /// Those of a run, in order.
    static List<Stretch> of(Trace trace, Heal heal, Circumstances circumstances) {
        var stretches = new ArrayList<Stretch>();
        var moments = new ArrayList<Moment>();
        Course.follow(
                trace,
                circumstances.ailing(),
                (course, last) -> {
                    if (!course.isPossible()) {
                        close(stretches, moments, last.time(), false);
                        return;
                    }
                    if (!last.time().isAfter(heal.at())) {
                        moments.clear();
                    }
                    moments.add(Moment.of(course, last).notBefore(heal));
                });
        close(stretches, moments, circumstances.end(), true);
        return stretches;
    }

    private static void close(
            List<Stretch> stretches, List<Moment> moments, SimTime end, boolean last) {
        if (!moments.isEmpty() && end.isAfter(moments.getFirst().time())) {
            stretches.add(new Stretch(List.copyOf(moments), end, last));
        }
        moments.clear();
    }

    /// When a moment's state ended.
    SimTime until(int moment) {
        return moment + 1 < moments.size() ? moments.get(moment + 1).time() : end;
    }
}
