package io.faultline.scenario.format;

import java.time.Duration;
import java.util.Optional;

/// How long something may take; written `30s`, or `auto` for a limit worked out from the settings.
///
/// @param limit the limit, unless it is to be worked out
public record Within(Optional<Duration> limit) {
    public static final Within AUTO = new Within(Optional.empty());

    public static Within of(Duration limit) {
        return new Within(Optional.of(limit));
    }

    @Override
    public String toString() {
        return Withins.SYNTAX.printed(this);
    }
}
