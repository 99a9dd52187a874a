package io.faultline.scenario.format;

import io.faultline.model.Bandwidth;
import io.faultline.model.Bytes;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// How much data, `1KB`, `1.5MB`, and how much of it in a second, `100MB/s`. A kilobyte has 1000
/// bytes.
final class Sizes {
    private Sizes() {}

    private static final String SIZE = "[0-9]+(\\.[0-9]+)?(B|KB|MB|GB)";

    private static final SequencedMap<String, Integer> ZEROS = new LinkedHashMap<>();

    static {
        ZEROS.put("GB", 9);
        ZEROS.put("MB", 6);
        ZEROS.put("KB", 3);
        ZEROS.put("B", 0);
    }

    static final Syntax<Bytes> BYTES =
            new Syntax<>(Bytes.class, "a size", SIZE, "1KB", Sizes::parse, Sizes::print);

    static final Syntax<Bandwidth> BANDWIDTH =
            new Syntax<>(
                    Bandwidth.class,
                    "a bandwidth",
                    SIZE + "/s",
                    "100MB/s",
                    Sizes::parseBandwidth,
                    bandwidth -> print(bandwidth.perSecond()) + "/s");

    private static Bandwidth parseBandwidth(String text) {
        if (!text.endsWith("/s")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a bandwidth; write a size for each second: 100MB/s");
        }
        var perSecond = parse(text.substring(0, text.length() - 2));
        if (perSecond.count() == 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' lets nothing through; a bandwidth is greater than 0");
        }
        return new Bandwidth(perSecond);
    }

    private static Bytes parse(String text) {
        for (var unit : ZEROS.sequencedEntrySet()) {
            if (text.endsWith(unit.getKey())) {
                var digits = text.substring(0, text.length() - unit.getKey().length());
                var number = Numbers.decimal(digits);
                if (number != null && number.signum() >= 0) {
                    return new Bytes(whole(text, number.movePointRight(unit.getValue())));
                }
                break;
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not a size; write a number and B, KB, MB or GB: 1KB, 1.5MB");
    }

    private static long whole(String text, BigDecimal bytes) {
        try {
            return bytes.setScale(0, RoundingMode.UNNECESSARY).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a whole number of bytes, or too many", e);
        }
    }

    /// The value in the largest unit that leaves a whole number.
    private static String print(Bytes bytes) {
        var count = BigDecimal.valueOf(bytes.count());
        for (var unit : ZEROS.sequencedEntrySet()) {
            var number = count.movePointLeft(unit.getValue());
            if (count.signum() > 0 && number.stripTrailingZeros().scale() <= 0) {
                return Numbers.plain(number) + unit.getKey();
            }
        }
        return "0B";
    }
}
