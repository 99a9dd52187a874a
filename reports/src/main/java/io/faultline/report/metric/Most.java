package io.faultline.report.metric;

import java.util.OptionalDouble;

/// The largest of many numbers. Of many runs, it is the largest of all.
public record Most(long number) implements Measurement {

    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public OptionalDouble value(Statistic statistic) {
        return statistic == Statistic.Plain.VALUE
                ? OptionalDouble.of(number)
                : OptionalDouble.empty();
    }
}
