package io.faultline.scenario.format;

import io.faultline.model.Rate;

import java.math.BigDecimal;
import java.util.Map;

/// How often: `20/s`, `5/ms`, `100/m`.
final class Rates {
    private Rates() {}

    private static final Map<String, Double> SECONDS =
            Map.of("ms", 0.001, "s", 1.0, "m", 60.0, "h", 3600.0);

    static final Syntax<Rate> SYNTAX =
            new Syntax<>(
                    Rate.class,
                    "a rate",
                    "[0-9]+(\\.[0-9]+)?/(ms|s|m|h)",
                    "20/s",
                    Rates::parse,
                    rate -> Numbers.plain(rate.perSecond()) + "/s");

    private static Rate parse(String text) {
        int slash = text.indexOf('/');
        var number = Numbers.decimal(slash < 0 ? text : text.substring(0, slash));
        if (number == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a rate; write how many in which time: 20/s, 100/m");
        }
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "'%s' has no unit; a rate says how many in which time — did you mean '%s/s'?"
                            .formatted(text, text));
        }
        var unit = text.substring(slash + 1);
        if (!SECONDS.containsKey(unit)) {
            throw new IllegalArgumentException(
                    "unknown unit '" + unit + "'; a rate is per ms, s, m or h: 20/s");
        }
        if (number.compareTo(BigDecimal.ZERO) <= 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' never happens; a rate is greater than 0");
        }
        var perSecond = unit.equals("ms") ? number.movePointRight(3) : number;
        return new Rate(
                unit.equals("ms")
                        ? perSecond.doubleValue()
                        : perSecond.doubleValue() / SECONDS.get(unit));
    }
}
