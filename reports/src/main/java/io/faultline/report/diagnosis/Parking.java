package io.faultline.report.diagnosis;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.detector.Healing;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.QuorumGone;
import io.faultline.model.observation.Observed.RetryScheduled;
import io.faultline.report.Quantity;
import io.faultline.report.Ranks;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.diagnosis.Stretch.Moment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks for recoveries that are *parked*; see [RecoveryLivelock].
record Parking(Trace trace, Circumstances circumstances) {

    /// A partition that has failed and is not looked after.
    ///
    /// @param since the entry with which that began
    public record Stuck(PartitionId partition, int since) {}

    /// Nothing happened any more although something should.
    ///
    /// @param stuck who was not looked after in the end
    /// @param ailing of whom nothing was expected, since a fault that never ended kept them out
    /// @param since the entry after which nothing happened
    /// @param until the first entry that is no longer looked at
    public record Parked(List<Stuck> stuck, List<PartitionId> ailing, int since, int until)
            implements Certificate {

        @Override
        public boolean verify(Trace trace) {
            for (int i = since + 1; i < until; i++) {
                switch (trace.get(i).what()) {
                    case LockReserved _,
                            LockGranted _,
                            PhaseEntered _,
                            RetryScheduled _,
                            QuorumGone _,
                            FaultInjected _ -> {
                        return false;
                    }
                    default -> {}
                }
            }
            var parked = new boolean[] {true};
            var last = new ArrayList<Stuck>();
            Course.follow(
                    trace,
                    Set.copyOf(ailing),
                    (course, entry) -> {
                        if (entry.index() < until) {
                            boolean before = entry.index() <= since;
                            parked[0] =
                                    (before || parked[0])
                                            && course.isParked()
                                            && course.isPossible();
                            last.clear();
                            last.addAll(left(course));
                        }
                    });
            return parked[0] && !stuck.isEmpty() && last.equals(stuck);
        }

        @Override
        public List<String> inShort(Trace trace) {
            var lines = new ArrayList<String>();
            lines.add(
                    "nobody looks after "
                            + Ranks.inWords(stuck.stream().map(Stuck::partition).toList()));
            if (!ailing.isEmpty()) {
                lines.add("nothing was expected of " + Ranks.inWords(ailing));
            }
            return lines;
        }

        @Override
        public List<Fact> facts() {
            return stuck.stream()
                    .sorted(Comparator.comparing(Stuck::since))
                    .map(it -> new Fact(it.since(), "nobody looks after " + it.partition()))
                    .toList();
        }
    }

    private static List<Stuck> left(Course course) {
        return course.stuck().entrySet().stream()
                .map(entry -> new Stuck(entry.getKey(), entry.getValue()))
                .toList();
    }

    void find(Stretch stretch, List<Finding> findings) {
        var moments = stretch.moments();
        int i = 0;
        while (i < moments.size()) {
            int first = i;
            while (i < moments.size() && moments.get(i).parked()) {
                i++;
            }
            if (i > first) {
                parked(stretch, first, i).ifPresent(findings::add);
            }
            i++;
        }
    }

    /// @param end the first moment at which it is so no more
    private Optional<Finding> parked(Stretch stretch, int first, int end) {
        var moments = stretch.moments();
        var from = moments.get(first).time();
        var to = stretch.until(end - 1);
        boolean atEnd = end == moments.size() && stretch.last();
        boolean cut = atEnd || end < moments.size() && isOperators(moments, end);
        boolean isLong = to.since(from).compareTo(circumstances.bound()) >= 0;
        if (!isLong && !cut || !to.isAfter(from)) {
            return Optional.empty();
        }
        var certificate =
                certificate(
                        moments.get(first).entry(),
                        end < moments.size()
                                ? moments.get(end - 1).entry() + 1
                                : stretch.last() ? trace.size() : moments.getLast().entry() + 1);
        var sentence =
                "for "
                        + Quantity.time(to.since(from).toNanos())
                        + " nothing was done about "
                        + who(certificate.stuck())
                        + " although a majority was up, and nothing was left that could change"
                        + " it";
        return Optional.of(
                new Finding(
                        RecoveryLivelock.NAME,
                        RecoveryLivelock.PARKED,
                        isLong || isSettled(moments.subList(first, end))
                                ? Certainty.FOUND
                                : Certainty.SUSPECTED,
                        from,
                        to,
                        certificate.stuck().stream().mapToInt(Stuck::since).min().orElseThrow(),
                        sentence,
                        certificate));
    }

    /// Whether nothing can change it by itself: there is no quorum to be found, and no heartbeat
    /// makes a failed partition healthy.
    private boolean isSettled(List<Moment> moments) {
        return circumstances.rules().healing() == Healing.BY_RECOVERY
                && moments.stream().noneMatch(Moment::quorum);
    }

    private boolean isOperators(List<Moment> moments, int end) {
        for (int i = moments.get(end - 1).entry() + 1; i <= moments.get(end).entry(); i++) {
            if (trace.get(i).what() instanceof ActionTaken action && Heal.isOperators(action)) {
                return true;
            }
        }
        return false;
    }

    private Parked certificate(int since, int until) {
        var stuck = new ArrayList<Stuck>();
        Course.follow(
                trace,
                circumstances.ailing(),
                (course, entry) -> {
                    if (entry.index() < until) {
                        stuck.clear();
                        stuck.addAll(left(course));
                    }
                });
        return new Parked(List.copyOf(stuck), List.copyOf(circumstances.ailing()), since, until);
    }

    private static String who(List<Stuck> stuck) {
        int more = stuck.size() - 1;
        return stuck.getFirst().partition()
                + (more == 0 ? "" : " and " + Quantity.count(more) + " more");
    }
}
