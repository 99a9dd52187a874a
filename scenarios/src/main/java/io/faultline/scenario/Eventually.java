package io.faultline.scenario;

import io.faultline.model.Setting;
import io.faultline.scenario.format.Keyed;
import io.faultline.scenario.format.Within;

/// Something that must come to pass in time; written `all-healthy: { within: 30s }`.
@Keyed
public record Eventually(
        @Setting("what must come to pass") String goal,
        @Setting(
                        value = "how long it may take after the end of chaos; auto works it out",
                        byDefault = "auto")
                Within within) {}
