package io.faultline.model.workload;

import io.faultline.model.Setting;

import java.time.Duration;

/// It asks the same partition again, until it is served or the node is down.
public record Retry(
        @Setting(value = "how long it waits each time", byDefault = "50ms") Duration after)
        implements OnReject {

    public Retry {
        if (!after.isPositive()) {
            throw new IllegalArgumentException("after must be longer than 0");
        }
    }
}
