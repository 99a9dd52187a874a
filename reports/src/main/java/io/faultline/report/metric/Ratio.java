package io.faultline.report.metric;

import java.util.OptionalDouble;

/// A share: `hits` of `of`. The share of nothing is 1 by convention (as success rates are
/// reported), but counts as empty, so that no threshold passes on the strength of it.
public record Ratio(long hits, long of) implements Measurement {

    public Ratio {
        if (hits < 0 || hits > of) {
            throw new IllegalArgumentException(hits + " of " + of + " is not a share");
        }
    }

    /// The share, in [0, 1].
    public double share() {
        return of == 0 ? 1 : (double) hits / of;
    }

    @Override
    public boolean isEmpty() {
        return of == 0;
    }

    @Override
    public OptionalDouble value(Statistic statistic) {
        return statistic == Statistic.Plain.VALUE
                ? OptionalDouble.of(share())
                : OptionalDouble.empty();
    }
}
