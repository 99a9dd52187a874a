package io.faultline.scenario.format;

/// From one time to another: `10s..18s`.
final class Spans {
    private Spans() {}

    static final Syntax<Span> SYNTAX =
            new Syntax<>(
                    Span.class,
                    "a span of time",
                    Durations.PATTERN + "\\.\\." + Durations.PATTERN,
                    "10s..18s",
                    Spans::parse,
                    span -> Durations.print(span.from()) + ".." + Durations.print(span.to()));

    private static Span parse(String text) {
        int dots = text.indexOf("..");
        if (dots < 0) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is not a span of time; write when it begins and ends: 10s..18s");
        }
        var from = Durations.parse(text.substring(0, dots));
        var to = Durations.parse(text.substring(dots + 2));
        if (to.compareTo(from) <= 0) {
            throw new IllegalArgumentException(
                    to.equals(from)
                            ? "'" + text + "' is empty; a span ends after it begins"
                            : "'%s' runs backwards; a span ends after it begins — did you mean '%s..%s'?"
                                    .formatted(text, Durations.print(to), Durations.print(from)));
        }
        return new Span(from, to);
    }
}
