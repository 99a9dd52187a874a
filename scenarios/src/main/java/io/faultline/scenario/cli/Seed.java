package io.faultline.scenario.cli;

import io.faultline.scenario.campaign.Seeds;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a seed: all 64 bits, in decimal or in hexadecimal with `0x`.
final class Seed implements ITypeConverter<Long> {

    @Override
    public Long convert(String text) {
        try {
            return Seeds.seed(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
