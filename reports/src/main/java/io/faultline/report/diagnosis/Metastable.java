package io.faultline.report.diagnosis;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.report.Quantity;
import io.faultline.report.Throughput;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.verdict.Concern;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The system works again, but does less than before: after the last fault, with all partitions
/// healthy and nothing under way, fewer operations are completed than in the time before the first
/// fault, second by second, in at least ten seconds. A second is *low* if it has less than 90 % of
/// the mean of those before the first fault, and is more than three of their standard deviations
/// below it. Three seconds in a row that are not low end it.
///
/// Metastable failures are those of Bronson et al., *Metastable failures in distributed systems*,
/// HotOS 2021, and Huang et al., *Metastable failures in the wild*, OSDI 2022.
public record Metastable() implements Diagnosis {

    private static final Duration WINDOW = Throughput.WINDOW;
    private static final int LEAST_LOW = 10;
    private static final int HOLD = 3;

    @Override
    public String description() {
        return "all is healthy again, and less is done than before";
    }

    @Override
    public Optional<Concern> concern() {
        return Optional.of(Concern.LIVENESS);
    }

    @Override
    public List<String> subtypes() {
        return List.of();
    }

    /// How many operations were completed, second by second.
    ///
    /// @param before in the seconds before the first fault, from the second one on
    /// @param from the first of the low seconds after the last fault, counted from 0
    /// @param after in these seconds, the last of which is low as well
    public record Slump(List<Integer> before, int from, List<Integer> after)
            implements Certificate {

        @Override
        public boolean verify(Trace trace) {
            var counts = Throughput.counts(trace, from + after.size());
            double limit = Throughput.limit(before);
            return before.equals(counts.subList(1, before.size() + 1))
                    && after.equals(counts.subList(from, from + after.size()))
                    && SimTime.of(WINDOW.multipliedBy(before.size() + 1))
                                    .compareTo(Throughput.firstFault(trace))
                            <= 0
                    && after.stream().filter(count -> count < limit).count() >= LEAST_LOW;
        }

        @Override
        public List<Fact> facts() {
            return List.of();
        }

        @Override
        public List<String> details() {
            return List.of("before, each second: " + before, "after, each second: " + after);
        }
    }

    @Override
    public List<Finding> find(History history) {
        var trace = history.trace();
        var circumstances = history.circumstances();
        var found = Throughput.of(trace, circumstances.end());
        if (found.isEmpty()) {
            return List.of();
        }
        var throughput = found.get();
        var counts = throughput.counts();
        var usual = throughput.usual();
        int windows = throughput.seconds();
        var well = well(history, windows);
        var findings = new ArrayList<Finding>();
        int from = -1;
        int last = -1;
        int low = 0;
        for (int i = 0; i <= windows; i++) {
            boolean isLow = i < windows && well[i] && throughput.isLow(i);
            boolean isOver = i == windows || !well[i] || i - last > HOLD && last >= 0;
            if (isOver && low >= LEAST_LOW) {
                findings.add(finding(trace, usual, from, counts.subList(from, last + 1)));
            }
            if (isOver) {
                from = -1;
                last = -1;
                low = 0;
            }
            if (isLow) {
                from = from < 0 ? i : from;
                last = i;
                low++;
            }
        }
        return findings;
    }

    /// In which seconds after the last fault the system was well throughout.
    private static boolean[] well(History history, int windows) {
        boolean[] well = new boolean[windows];
        for (var stretch : history.stretches()) {
            long begin = -1;
            for (int i = 0; i <= stretch.moments().size(); i++) {
                boolean over = i == stretch.moments().size() || stretch.moments().get(i).open() > 0;
                if (over && begin >= 0) {
                    long end = stretch.until(i - 1).nanos();
                    long from = Math.ceilDiv(begin, WINDOW.toNanos());
                    long to = Math.min(windows, end / WINDOW.toNanos());
                    for (long window = from; window < to; window++) {
                        well[(int) window] = true;
                    }
                    begin = -1;
                } else if (!over && begin < 0) {
                    begin = stretch.moments().get(i).time().nanos();
                }
            }
        }
        return well;
    }

    private Finding finding(Trace trace, List<Integer> usual, int from, List<Integer> low) {
        var begin = SimTime.of(WINDOW.multipliedBy(from));
        int witness = 0;
        while (witness < trace.size() - 1 && trace.get(witness).time().isBefore(begin)) {
            witness++;
        }
        return new Finding(
                name(),
                "",
                Certainty.FOUND,
                begin,
                SimTime.of(WINDOW.multipliedBy(from + low.size())),
                witness,
                "for %s all was healthy, and %s operations were completed in a second instead of %s"
                        .formatted(
                                Quantity.time(WINDOW.multipliedBy(low.size()).toNanos()),
                                Quantity.count(mean(low)),
                                Quantity.count(mean(usual))),
                new Slump(List.copyOf(usual), from, List.copyOf(low)));
    }

    private static long mean(List<Integer> counts) {
        return Math.round(counts.stream().mapToInt(count -> count).average().orElse(0));
    }
}
