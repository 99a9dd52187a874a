package io.faultline.report.diagnosis;

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
import io.faultline.report.Ranks;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.diagnosis.Stretch.Moment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Looks for recovery that does much and leads nowhere, the *budget* of [RecoveryLivelock].
record Toiling(Trace trace, Circumstances circumstances) {

    private static final int LEAST_ACTIVITIES = 10;

    /// Much was done for long, and led nowhere.
    ///
    /// @param from the first thing that was done, as an entry
    /// @param to the last one
    /// @param activities how many attempts, phases and restarts there were
    /// @param attempts how many attempts
    /// @param failures the entries with which partitions failed in the meantime
    /// @param ailing of whom nothing was expected, since a fault that never ended kept them out
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
            var excused = new HashSet<>(ailing);
            for (int i = from; i <= to; i++) {
                switch (trace.get(i).what()) {
                    case FaultInjected _, QuorumGone _ -> {
                        return false;
                    }
                    case LockGranted(var partition, _) when !excused.contains(partition) -> {
                        done++;
                        begun++;
                    }
                    case PhaseEntered(var partition, _, _) when !excused.contains(partition) ->
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
        public List<String> inShort(Trace trace) {
            var lines = new ArrayList<String>();
            lines.add(
                    "%s (attempts, phases and restarts), %s among them, and %s in the meantime"
                            .formatted(
                                    Quantity.count(activities, "activity"),
                                    Quantity.count(attempts, "attempt"),
                                    Quantity.count(failures.size(), "failure")));
            if (!ailing.isEmpty()) {
                lines.add("nothing was expected of " + Ranks.inWords(ailing));
            }
            return lines;
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

    /// The longest time in which it was never better for good, if much was done in it.
    Optional<Finding> find(Stretch stretch) {
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
                RecoveryLivelock.spinning(
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
                                List.copyOf(circumstances.ailing()))));
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
