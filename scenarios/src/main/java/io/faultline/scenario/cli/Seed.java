package io.faultline.scenario.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a seed: all 64 bits, in decimal or in hexadecimal with `0x`.
final class Seed implements ITypeConverter<Long> {

    @Override
    public Long convert(String text) {
        try {
            return text.startsWith("0x")
                    ? Long.parseUnsignedLong(text.substring(2), 16)
                    : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException(
                    "a seed is a whole number of 64 bits, such as 42 or 0x2a, but was '"
                            + text
                            + "'");
        }
    }
}
