package io.faultline.report.metric;

import java.util.OptionalDouble;

/// How often something happened. Never is a number, too: a tally is not empty.
public record Tally(long count) implements Measurement {

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
