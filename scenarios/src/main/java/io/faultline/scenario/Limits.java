package io.faultline.scenario;

import io.faultline.model.Setting;

/// When a run is given up.
public record Limits(
        @Setting(value = "how many events a run may have", byDefault = "50000000") long events) {

    public Limits {
        if (events < 1) {
            throw new IllegalArgumentException("events must be at least 1, but was " + events);
        }
    }
}
