package io.faultline.report;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.report.diagnosis.Heal;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How many operations were completed, second by second, against the time before the first fault. A
/// second is *low* if it has less than 90 % of the mean of those before the first fault, and is
/// more than three of their standard deviations below it.
///
/// @param before how many seconds there are before the first fault, the very first left out
/// @param counts of every whole second of the run
/// @param limit below what a second is low
public record Throughput(int before, List<Integer> counts, double limit) {

    public static final Duration WINDOW = Duration.ofSeconds(1);

    private static final double SHARE = 0.9;
    private static final double DEVIATIONS = 3;
    private static final int LEAST_BEFORE = 3;

    public Throughput {
        counts = List.copyOf(counts);
    }

    /// What a run was like; nothing if there are fewer than three seconds before the first fault,
    /// after the very first, or so little was done in them that no second could be low.
    public static Optional<Throughput> of(Trace trace, SimTime end) {
        int before = (int) (firstFault(trace).nanos() / WINDOW.toNanos()) - 1;
        int seconds = (int) (end.nanos() / WINDOW.toNanos());
        if (before < LEAST_BEFORE || seconds <= before) {
            return Optional.empty();
        }
        var counts = counts(trace, seconds);
        double limit = limit(counts.subList(1, before + 1));
        return limit > 0 ? Optional.of(new Throughput(before, counts, limit)) : Optional.empty();
    }

    /// How many operations were completed in each of the first seconds.
    public static List<Integer> counts(Trace trace, int seconds) {
        int[] counts = new int[seconds];
        for (var entry : trace) {
            long second = entry.time().nanos() / WINDOW.toNanos();
            if (entry.what() instanceof OperationCompleted && second < seconds) {
                counts[(int) second]++;
            }
        }
        return Arrays.stream(counts).boxed().toList();
    }

    /// Below what a second is low.
    ///
    /// @param usual the seconds before the first fault
    public static double limit(List<Integer> usual) {
        double mean = usual.stream().mapToInt(count -> count).average().orElse(0);
        double variance =
                usual.stream()
                        .mapToDouble(count -> (count - mean) * (count - mean))
                        .average()
                        .orElse(0);
        return Math.min(SHARE * mean, mean - DEVIATIONS * Math.sqrt(variance));
    }

    /// When the first fault begins or is played; the time of the last entry if none is.
    public static SimTime firstFault(Trace trace) {
        var last = SimTime.ZERO;
        for (var entry : trace) {
            last = entry.time();
            boolean isPlayed = entry.what() instanceof ActionTaken action && Heal.isPlayed(action);
            if (isPlayed || entry.what() instanceof FaultInjected) {
                return last;
            }
        }
        return last;
    }

    /// How many whole seconds the run has.
    public int seconds() {
        return counts.size();
    }

    /// The seconds before the first fault, from the second one on.
    public List<Integer> usual() {
        return counts.subList(1, before + 1);
    }

    /// Whether a second is low; there are none beyond the end.
    public boolean isLow(int second) {
        return second < counts.size() && counts.get(second) < limit;
    }
}
