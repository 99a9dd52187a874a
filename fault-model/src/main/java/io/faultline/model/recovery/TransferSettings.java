package io.faultline.model.recovery;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Bandwidth;
import io.faultline.model.Bytes;
import io.faultline.model.Setting;

import java.time.Duration;

/// What it costs to move entities from node to node.
public record TransferSettings(
        @Setting(value = "how large an entity is", byDefault = "1KB") Bytes entitySize,
        @Setting(
                        value = "how fast a node sends entities, one batch after another",
                        byDefault = "100MB/s")
                Bandwidth bandwidth,
        @Setting(
                        value = "how long the receiving node works on each entity, in its queue",
                        byDefault = "10us")
                Duration ingest,
        @Setting(value = "how many entities are sent at once", byDefault = "100") int batch) {

    public TransferSettings {
        if (ingest.isNegative() || batch < 1) {
            throw new IllegalArgumentException(
                    "ingest must not be negative, and batch must be at least 1");
        }
    }

    /// How long a node needs to send so many entities, in nanoseconds.
    long sending(int entities) {
        return bandwidth.nanosFor((double) entitySize.count() * entities);
    }

    /// How long a node needs to take so many entities in, in nanoseconds.
    long takingIn(int entities) {
        return Distribution.spanOf((double) ingest.toNanos() * entities);
    }

    /// How long it takes at least to move so many entities from one node to another.
    public Duration moving(int entities) {
        return Duration.ofNanos(sending(entities) + takingIn(entities));
    }
}
