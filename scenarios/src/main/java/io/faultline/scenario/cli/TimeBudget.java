package io.faultline.scenario.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;

/// Reads how long something may take: a span of time as [Length] has it, and not none, in which
/// nothing could be done.
final class TimeBudget implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        var budget = new Length().convert(text);
        if (budget.isZero()) {
            throw new TypeConversionException(
                    "'%s' leaves no time; a budget is longer than 0s".formatted(text));
        }
        return budget;
    }
}
