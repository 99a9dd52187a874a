package io.faultline.scenario;

import io.faultline.model.Setting;

/// What a run records beyond what verdicts need.
public record Observe(
        @Setting(value = "whether every message is recorded", byDefault = "true")
                boolean messages) {}
