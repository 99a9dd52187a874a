package io.faultline.scenario.cli;

import io.faultline.model.Probability;
import io.faultline.scenario.format.Percentages;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a share, as scenario files have it: `5%`.
final class Share implements ITypeConverter<Probability> {

    @Override
    public Probability convert(String text) {
        try {
            return Percentages.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
