package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.cluster.NodeId;

import java.time.Duration;
import java.util.Optional;

/// One line of a failure trace: a node was down for a time.
public record Outage(
        @Setting("the node") NodeId node,
        @Setting("when it went down, from the beginning of the fault") Duration down,
        @Setting("when it came up again; never if left out") Optional<Duration> up) {

    public Outage {
        if (down.isNegative()) {
            throw new IllegalArgumentException("down must not be negative");
        }
        if (up.isPresent() && up.get().compareTo(down) <= 0) {
            throw new IllegalArgumentException("up must be later than down");
        }
    }
}
