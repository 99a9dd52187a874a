package io.faultline.scenario.format;

import java.time.Duration;

/// From one time to another, both relative to the start of chaos; written `10s..18s`.
///
/// @param from when it begins
/// @param to when it ends, later than `from`
public record Span(Duration from, Duration to) {
    public Span {
        if (from.isNegative() || to.compareTo(from) <= 0) {
            throw new IllegalArgumentException(
                    "a span runs from 0 or later to something later still, but was "
                            + from
                            + ".."
                            + to);
        }
    }

    @Override
    public String toString() {
        return Spans.SYNTAX.printed(this);
    }
}
