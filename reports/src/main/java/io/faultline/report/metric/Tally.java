package io.faultline.report.metric;

import io.faultline.kernel.Observation;
import io.faultline.kernel.Trace;

import java.util.OptionalDouble;
import java.util.function.BiPredicate;

/// How often something happened. Never is a number, too: a tally is not empty.
public record Tally(long count) implements Measurement {

    /// Counts the observations of a kind.
    ///
    /// @param which whether one counts
    static <T extends Observation> Fold<Tally> counting(
            Class<T> kind, BiPredicate<Trace.Entry, T> which) {
        var count = new long[1];
        return Fold.of(
                () -> new Tally(count[0]),
                entry -> count[0] += which.test(entry, kind.cast(entry.what())) ? 1 : 0,
                kind);
    }

    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public OptionalDouble value(Statistic statistic) {
        return statistic == Statistic.Plain.VALUE
                ? OptionalDouble.of(count)
                : OptionalDouble.empty();
    }
}
