package io.faultline.scenario.cli;

import io.faultline.scenario.campaign.Seeds;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads seeds: `1..1000`, `0x10..0x1f`, `7,9`.
final class SeedSet implements ITypeConverter<Seeds> {

    @Override
    public Seeds convert(String text) {
        try {
            return Seeds.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
