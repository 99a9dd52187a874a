package io.faultline.report.diagnosis;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.Topology;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.QuorumGone;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.report.Quantity;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.diagnosis.Stretch.Moment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks for recovery that is *spinning*; see [RecoveryLivelock].
///
/// @param heal when nothing was done to the system any more
record Spinning(Trace trace, Circumstances circumstances, Heal heal) {

    private static final int PASSES = 3;
    private static final int LEAST_ACTIVITIES = 10;

    /// The system went round in a circle, until the end of the run.
    ///
    /// @param cycle the abstract states of which it consists, in order
    /// @param passes the entry at the end of the instant with which each pass began
    /// @param end the entry at the end of the instant with which the last state of the last pass
    ///   began
    /// @param ailing of whom nothing was expected, since a fault concerned them to the end
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

    /// Much was done for long, and led nowhere.
    ///
    /// @param from the first thing that was done, as an entry
    /// @param to the last one
    /// @param activities how many attempts, phases and restarts there were
    /// @param attempts how many attempts
    /// @param failures the entries with which partitions failed in the meantime
    /// @param ailing of whom nothing was expected, since a fault concerned them to the end
    public record Budget(
            int from,
            int to,
            int activities,
            int attempts,
            List<Integer> failures,
            List<PartitionId> ailing)
            implements Certificate {

        @Override
        public boolean verify(Trace trace) {
            int done = 0;
            int begun = 0;
            var failed = new ArrayList<Integer>();
            var expected = new HashSet<>(ailing);
            for (int i = from; i <= to; i++) {
                switch (trace.get(i).what()) {
                    case FaultInjected _, QuorumGone _ -> {
                        return false;
                    }
                    case LockGranted(var partition, _) when !expected.contains(partition) -> {
                        done++;
                        begun++;
                    }
                    case PhaseEntered(var partition, _, _) when !expected.contains(partition) ->
                            done++;
                    case NodeRestarted restarted when !isCoordinator(restarted) -> done++;
                    case StatusChanged change when change.to() == PartitionStatus.FAILED ->
                            failed.add(i);
                    default -> {}
                }
            }
            return done == activities && begun == attempts && failed.equals(failures);
        }

        @Override
        public List<Fact> facts() {
            var facts = new ArrayList<Fact>();
            facts.add(
                    new Fact(from, "the first of " + Quantity.count(activities) + " things done"));
            failures.forEach(entry -> facts.add(new Fact(entry, "a partition fails")));
            facts.add(new Fact(to, "the last of them"));
            return facts;
        }
    }

    private static boolean isCoordinator(NodeRestarted restarted) {
        return restarted.node().equals(Topology.COORDINATOR);
    }

    private Duration bound() {
        return circumstances.bound();
    }

    private List<PartitionId> ailing() {
        return List.copyOf(heal.ailing());
    }

    private static Finding finding(
            Certainty certainty,
            SimTime from,
            SimTime to,
            int witness,
            String sentence,
            Certificate certificate) {
        return new Finding(
                RecoveryLivelock.NAME,
                RecoveryLivelock.SPINNING,
                certainty,
                from,
                to,
                witness,
                sentence,
                certificate);
    }

    Optional<Finding> find(Stretch stretch) {
        return lasso(stretch).or(() -> budget(stretch));
    }

    Optional<Finding> lasso(Stretch stretch) {
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
                && span.compareTo(bound()) >= 0;
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
                heal.ailing(),
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
        return finding(
                Certainty.FOUND,
                begin.time(),
                stretch.end(),
                firstFailure(before.entry() + 1),
                "the same cycle of "
                        + period
                        + " states came to pass "
                        + passes
                        + " times in "
                        + Quantity.time(stretch.end().since(begin.time()).toNanos())
                        + " ("
                        + circumstances.boundInWords()
                        + "), with "
                        + Quantity.count(moments.getLast().attempts() - before.attempts())
                        + " recoveries begun and none for good",
                new Lasso(
                        List.copyOf(states),
                        List.copyOf(begins),
                        moments.getLast().entry(),
                        ailing()));
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

    /// The longest time in which it was never better for good, if much was done in it.
    Optional<Finding> budget(Stretch stretch) {
        var moments = stretch.moments();
        int[] worst = worst(stretch);
        var efforts = new ArrayList<Finding>();
        int begin = 0;
        for (int i = 1; i <= worst.length; i++) {
            if (i == worst.length || worst[i] != worst[begin]) {
                if (worst[begin] > 0) {
                    efforts(stretch, begin, i, efforts);
                }
                begin = i;
            }
        }
        return efforts.stream()
                .max(
                        Comparator.comparing(Finding::isCertain)
                                .thenComparing(Finding::length)
                                .thenComparing(Finding::from, Comparator.reverseOrder()));
    }

    /// For every moment, the most partitions that are unwell from then on, as far as the next time
    /// at which all are well for as long as the bound.
    private int[] worst(Stretch stretch) {
        var moments = stretch.moments();
        int[] worst = new int[moments.size()];
        int most = 0;
        for (int i = worst.length - 1; i >= 0; i--) {
            int open = moments.get(i).open();
            var lasts = stretch.until(i).since(moments.get(i).time());
            most = open == 0 && lasts.compareTo(bound()) >= 0 ? 0 : Math.max(most, open);
            worst[i] = most;
        }
        return worst;
    }

    /// The times in which something was done again and again, with no pause beyond the bound.
    private void efforts(Stretch stretch, int begin, int end, List<Finding> efforts) {
        var moments = stretch.moments();
        int first = -1;
        int last = -1;
        for (int i = Math.max(1, begin); i < end; i++) {
            if (moments.get(i).activities() > moments.get(i - 1).activities()) {
                var pause = last < 0 ? Duration.ZERO : span(moments, last, i);
                if (first < 0 || pause.compareTo(bound()) > 0) {
                    effort(stretch, first, last, false).ifPresent(efforts::add);
                    first = i;
                }
                last = i;
            }
        }
        boolean atEnd = end == moments.size() && stretch.last() && last >= 0;
        boolean goesOn =
                atEnd && stretch.end().since(moments.get(last).time()).compareTo(bound()) <= 0;
        effort(stretch, first, last, goesOn).ifPresent(efforts::add);
    }

    private static Duration span(List<Moment> moments, int from, int to) {
        return moments.get(to).time().since(moments.get(from).time());
    }

    private Optional<Finding> effort(Stretch stretch, int first, int last, boolean goesOn) {
        if (first < 0) {
            return Optional.empty();
        }
        var moments = stretch.moments();
        var before = moments.get(first - 1);
        var from = moments.get(first).time();
        var to = goesOn ? stretch.end() : moments.get(last).time();
        int activities = moments.get(last).activities() - before.activities();
        int attempts = moments.get(last).attempts() - before.attempts();
        var failures = failures(before.entry() + 1, moments.get(last).entry());
        int enough =
                Math.max(
                        LEAST_ACTIVITIES,
                        3 * circumstances.rules().attempts() * partitionsOf(failures));
        boolean isLong = to.since(from).compareTo(circumstances.window()) >= 0;
        boolean isMuch = activities >= enough;
        boolean isUnwell = goesOn && moments.getLast().open() > 0;
        if (attempts == 0 || !isLong && !(isMuch && isUnwell)) {
            return Optional.empty();
        }
        return Optional.of(
                finding(
                        isLong && isMuch ? Certainty.FOUND : Certainty.SUSPECTED,
                        from,
                        to,
                        failures.isEmpty() ? before.entry() + 1 : failures.getFirst(),
                        "%s attempts, phases and restarts (%s would be many) in %s (%s would be"
                                        .formatted(
                                                Quantity.count(activities),
                                                Quantity.count(enough),
                                                Quantity.time(to.since(from).toNanos()),
                                                Quantity.time(circumstances.window().toNanos()))
                                + " long), and it was never better for good",
                        new Budget(
                                before.entry() + 1,
                                moments.get(last).entry(),
                                activities,
                                attempts,
                                failures,
                                ailing())));
    }

    private List<Integer> failures(int from, int to) {
        var failures = new ArrayList<Integer>();
        for (int i = from; i <= to; i++) {
            if (trace.get(i).what() instanceof StatusChanged change
                    && change.to() == PartitionStatus.FAILED) {
                failures.add(i);
            }
        }
        return List.copyOf(failures);
    }

    private int partitionsOf(List<Integer> failures) {
        return (int)
                failures.stream()
                        .map(entry -> ((StatusChanged) trace.get(entry).what()).partition())
                        .distinct()
                        .count();
    }
}
