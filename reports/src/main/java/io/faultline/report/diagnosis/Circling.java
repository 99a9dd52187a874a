package io.faultline.report.diagnosis;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.report.Quantity;
import io.faultline.report.Ranks;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.diagnosis.Stretch.Moment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks for recovery that goes round in a circle, the *lasso* of [RecoveryLivelock].
///
/// @param heal when nothing was done to the system any more
record Circling(Trace trace, Circumstances circumstances, Heal heal) {

    private static final int PASSES = 3;

    /// The system went round in a circle, until the end of the run.
    ///
    /// @param cycle the abstract states of which it consists, in order
    /// @param passes the entry at the end of the instant with which each pass began
    /// @param end the entry at the end of the instant with which the last state of the last pass
    ///   began
    /// @param ailing of whom nothing was expected, since a fault that never ended kept them out
    public record Lasso(List<String> cycle, List<Integer> passes, int end, List<PartitionId> ailing)
            implements Certificate {

        @Override
        public boolean verify(Trace trace) {
            var states = new ArrayList<String>();
            var entries = new ArrayList<Integer>();
            var possible = new boolean[] {true};
            Course.follow(
                    trace,
                    Set.copyOf(ailing),
                    (course, last) -> {
                        var words = course.words();
                        if (last.index() >= passes.getFirst()
                                && last.index() <= end
                                && (states.isEmpty() || !states.getLast().equals(words))) {
                            states.add(words);
                            entries.add(last.index());
                            possible[0] &= course.isPossible();
                        }
                    });
            boolean same = states.size() == cycle.size() * passes.size();
            for (int i = 0; same && i < states.size(); i++) {
                same = states.get(i).equals(cycle.get(i % cycle.size()));
            }
            for (int pass = 0; same && pass < passes.size(); pass++) {
                same = entries.get(pass * cycle.size()).equals(passes.get(pass));
            }
            return same && possible[0] && isActive(trace) && passes.size() >= PASSES;
        }

        /// Nothing was done to the system, and in each pass a recovery was begun.
        private boolean isActive(Trace trace) {
            int begun = 0;
            int pass = 0;
            for (int i = passes.getFirst() + 1; i <= end; i++) {
                switch (trace.get(i).what()) {
                    case FaultInjected _ -> {
                        return false;
                    }
                    case LockGranted _ -> begun++;
                    default -> {}
                }
                if (pass + 1 < passes.size() && i == passes.get(pass + 1)) {
                    if (begun == 0) {
                        return false;
                    }
                    pass++;
                    begun = 0;
                }
            }
            return true;
        }

        @Override
        public List<String> inShort(Trace trace) {
            var spans = new ArrayList<Long>();
            for (int pass = 1; pass < passes.size(); pass++) {
                var since = trace.get(passes.get(pass - 1)).time();
                spans.add(trace.get(passes.get(pass)).time().since(since).toNanos());
            }
            var lines = new ArrayList<String>();
            lines.add(
                    "the same %s over and over: %s until the end of the run"
                            .formatted(
                                    Quantity.count(cycle.size(), "state"),
                                    Quantity.count(passes.size(), "pass")));
            lines.add("a pass takes " + range(spans));
            if (!ailing.isEmpty()) {
                lines.add("nothing was expected of " + Ranks.inWords(ailing));
            }
            return lines;
        }

        private static String range(List<Long> spans) {
            var least = Quantity.time(Collections.min(spans));
            var most = Quantity.time(Collections.max(spans));
            return least.equals(most) ? least : least + " to " + most;
        }

        @Override
        public List<String> details() {
            return cycle;
        }

        @Override
        public List<Fact> facts() {
            var facts = new ArrayList<Fact>();
            for (int pass = 0; pass < passes.size(); pass++) {
                facts.add(new Fact(passes.get(pass), "pass " + (pass + 1) + " begins"));
            }
            return facts;
        }
    }

    Optional<Finding> find(Stretch stretch) {
        if (!stretch.last()) {
            return Optional.empty();
        }
        var moments = distinct(stretch);
        int size = moments.size();
        int[] repeats = repeats(moments);
        for (int period = 1; period <= size / PASSES; period++) {
            int passes = (repeats[period] + period) / period;
            if (passes >= PASSES && isSpin(stretch, moments, period, passes)) {
                return Optional.of(lasso(stretch, moments, period, passes));
            }
        }
        return Optional.empty();
    }

    /// A moment for each change of the abstract state since the last fault was over.
    private List<Moment> distinct(Stretch stretch) {
        var distinct = new ArrayList<Moment>();
        for (var moment : stretch.moments()) {
            boolean isLate = moment.entry() > heal.entry();
            if (isLate && (distinct.isEmpty() || distinct.getLast().state() != moment.state())) {
                distinct.add(moment);
            }
        }
        return distinct;
    }

    /// For every period, how many states at the end are those of a period earlier: the Z function
    /// of the states in reverse.
    private static int[] repeats(List<Moment> moments) {
        int size = moments.size();
        long[] states = new long[size];
        for (int i = 0; i < size; i++) {
            states[i] = moments.get(size - 1 - i).state();
        }
        int[] repeats = new int[size];
        int left = 0;
        int right = 0;
        for (int i = 1; i < size; i++) {
            int length = i < right ? Math.min(right - i, repeats[i - left]) : 0;
            while (i + length < size && states[length] == states[i + length]) {
                length++;
            }
            repeats[i] = length;
            if (i + length > right) {
                left = i;
                right = i + length;
            }
        }
        return repeats;
    }

    /// Whether the cycle has attempts in it, has gone on for longer than the bound, and is not
    /// over: the state in which the run ended has not lasted much longer than before.
    private boolean isSpin(Stretch stretch, List<Moment> moments, int period, int passes) {
        int size = moments.size();
        int first = size - passes * period;
        boolean active = true;
        for (int i = first; active && i + period < size; i += period) {
            active = moments.get(i + period).attempts() > moments.get(i).attempts();
        }
        var longest = Duration.ZERO;
        for (int i = size - 1 - period; i >= first; i -= period) {
            var dwelt = moments.get(i + 1).time().since(moments.get(i).time());
            longest = dwelt.compareTo(longest) > 0 ? dwelt : longest;
        }
        var dwells = stretch.end().since(moments.getLast().time());
        var span = stretch.end().since(moments.get(first).time());
        return active
                && dwells.compareTo(longest.multipliedBy(2)) <= 0
                && span.compareTo(circumstances.bound()) >= 0;
    }

    private Finding lasso(Stretch stretch, List<Moment> moments, int period, int passes) {
        int first = moments.size() - passes * period;
        var begins = new ArrayList<Integer>();
        for (int pass = 0; pass < passes; pass++) {
            begins.add(moments.get(first + pass * period).entry());
        }
        var states = new ArrayList<String>();
        Course.follow(
                trace,
                circumstances.ailing(),
                (course, last) -> {
                    boolean isMoment =
                            states.size() < period
                                    && moments.get(first + states.size()).entry() == last.index();
                    if (isMoment) {
                        states.add(course.words());
                    }
                });
        var begin = moments.get(first);
        var before = moments.get(Math.max(0, first - 1));
        return RecoveryLivelock.spinning(
                Certainty.FOUND,
                begin.time(),
                stretch.end(),
                firstFailure(before.entry() + 1),
                "the same cycle of "
                        + Quantity.count(period, "state")
                        + " came to pass "
                        + Quantity.count(passes, "time")
                        + " in "
                        + Quantity.time(stretch.end().since(begin.time()).toNanos())
                        + " ("
                        + circumstances.boundInWords()
                        + "), with "
                        + Quantity.count(
                                moments.getLast().attempts() - before.attempts(), "recovery")
                        + " begun and none for good",
                new Lasso(
                        List.copyOf(states),
                        List.copyOf(begins),
                        moments.getLast().entry(),
                        List.copyOf(circumstances.ailing())));
    }

    private int firstFailure(int from) {
        for (int i = from; i < trace.size(); i++) {
            if (trace.get(i).what() instanceof StatusChanged change
                    && change.to() == PartitionStatus.FAILED) {
                return i;
            }
        }
        return from;
    }
}
