package io.faultline.scenario.format;

import io.faultline.model.Probability;

import java.math.BigDecimal;

/// Chances: `5%`, `0.1%`.
public final class Percentages {
    private Percentages() {}

    static final Syntax<Probability> SYNTAX =
            new Syntax<>(
                    Probability.class,
                    "a percentage",
                    "[0-9]+(\\.[0-9]+)?%",
                    "5%",
                    Percentages::parse,
                    Percentages::print);

    /// Reads `5%`.
    ///
    /// @throws IllegalArgumentException if it is something else
    public static Probability parse(String text) {
        boolean signed = text.endsWith("%");
        var number = number(text, signed ? text.substring(0, text.length() - 1) : text);
        if (!signed) {
            var percent = number.compareTo(BigDecimal.ONE) < 0 ? number.movePointRight(2) : number;
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' has no %; a chance is written in percent"
                            + (isPercentage(percent)
                                    ? " — did you mean '" + Numbers.plain(percent) + "%'?"
                                    : ""));
        }
        if (!isPercentage(number)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is out of range; a chance lies between 0% and 100%");
        }
        return new Probability(number.movePointLeft(2).doubleValue());
    }

    private static String print(Probability probability) {
        return Numbers.plain(Numbers.exactly(probability.value()).movePointRight(2)) + "%";
    }

    private static boolean isPercentage(BigDecimal number) {
        return number.signum() >= 0 && number.compareTo(BigDecimal.valueOf(100)) <= 0;
    }

    private static BigDecimal number(String text, String number) {
        var parsed = Numbers.decimal(number);
        if (parsed == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a percentage; write a number and %: 5%, 0.1%");
        }
        return parsed;
    }
}
