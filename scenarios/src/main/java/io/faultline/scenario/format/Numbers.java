package io.faultline.scenario.format;

import java.math.BigDecimal;

/// Numbers as people write them inside of scalars.
final class Numbers {
    private static final int LONGEST = 40;

    private Numbers() {}

    /// A number without exponent, or null if the text is none.
    static BigDecimal decimal(String text) {
        boolean plain =
                text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.' || c == '-')
                        && text.chars().anyMatch(c -> c >= '0' && c <= '9')
                        && !text.endsWith(".")
                        && text.length() <= LONGEST;
        if (!plain) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /// The shortest decimal that gives the number again, without an exponent.
    static BigDecimal exactly(double number) {
        return new BigDecimal(Double.toString(number));
    }

    static String plain(double number) {
        return plain(exactly(number));
    }

    /// Without an exponent, and without zeros that say nothing.
    static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
