package io.faultline.model.network;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Probability;
import io.faultline.model.Setting;

import java.time.Duration;
import java.util.Map;

/// What messages meet on their way from node to node. Messages of a node to itself take no time and
/// are never lost.
public record NetworkSettings(
        @Setting(
                        value = "one-way latency between two nodes whose regions say nothing else",
                        byDefault = "0ms")
                Distribution latency,
        @Setting(
                        "measured round-trip times between regions, by row and column; half of one"
                                + " is the latency of one way, and a pair given one way round only"
                                + " counts for both")
                Map<String, Map<String, Duration>> roundTrips,
        @Setting(value = "added to the latency of every message", byDefault = "0ms")
                Distribution jitter,
        @Setting(value = "the share of messages that are lost", byDefault = "0%") Probability loss,
        @Setting(
                        value =
                                "how long a lost message of a reliable channel waits to be sent"
                                        + " again, twice as long each time; heartbeats are not sent"
                                        + " again",
                        byDefault = "200ms")
                Duration retransmit) {

    public NetworkSettings {
        if (!retransmit.isPositive()) {
            throw new IllegalArgumentException("retransmit must be longer than 0");
        }
    }
}
