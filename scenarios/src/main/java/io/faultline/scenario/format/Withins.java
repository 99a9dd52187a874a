package io.faultline.scenario.format;

/// Limits: `30s`, `auto`.
final class Withins {
    private Withins() {}

    static final Syntax<Within> SYNTAX =
            new Syntax<>(
                    Within.class,
                    "a duration or auto",
                    "auto|" + Durations.PATTERN,
                    "auto",
                    text -> text.equals("auto") ? Within.AUTO : Within.of(Durations.parse(text)),
                    within -> within.limit().map(Durations::print).orElse("auto"));
}
