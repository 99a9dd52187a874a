package io.faultline.report.metric;

import java.util.List;
import java.util.OptionalDouble;

/// What a [Metric] found in a trace, or in many.
public sealed interface Measurement permits Samples, Tally, Most, Ratio {

    /// Whether there was nothing to measure: what is empty neither holds nor violates anything.
    boolean isEmpty();

    /// The value of a statistic, in nanoseconds for samples; nothing if the measurement is empty or
    /// has no such statistic.
    OptionalDouble value(Statistic statistic);

    /// The measurement of all runs together. The order does not matter.
    ///
    /// @param parts measurements of one metric, at least one
    static Measurement merge(List<? extends Measurement> parts) {
        return switch (parts.getFirst()) {
            case Samples _ -> Samples.merge(kind(Samples.class, parts));
            case Tally _ ->
                    new Tally(kind(Tally.class, parts).stream().mapToLong(Tally::count).sum());
            case Most _ ->
                    new Most(
                            kind(Most.class, parts).stream()
                                    .mapToLong(Most::number)
                                    .max()
                                    .orElseThrow());
            case Ratio _ -> {
                var ratios = kind(Ratio.class, parts);
                yield new Ratio(
                        ratios.stream().mapToLong(Ratio::hits).sum(),
                        ratios.stream().mapToLong(Ratio::of).sum());
            }
        };
    }

    private static <T> List<T> kind(Class<T> kind, List<? extends Measurement> parts) {
        return parts.stream().map(kind::cast).toList();
    }
}
