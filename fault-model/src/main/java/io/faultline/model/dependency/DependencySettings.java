package io.faultline.model.dependency;

import io.faultline.model.Setting;
import io.faultline.model.cluster.PartitionId;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Who has to join again when a partition comes back, because it depends on it.
public record DependencySettings(
        @Setting("for each partition that depends on others, on which")
                Map<PartitionId, List<PartitionId>> of,
        @Setting(
                        value =
                                "how many levels join again, that of the partition which came back"
                                        + " being the first",
                        byDefault = "10")
                int depth,
        @Setting(
                        value = "how soon after a partition was asked it may be asked again",
                        byDefault = "1s")
                Duration cooldown,
        @Setting(
                        value = "how long it may take to join before that is a sync failure",
                        byDefault = "30s")
                Duration rejoin) {

    public DependencySettings {
        if (of.isEmpty()) {
            throw new IllegalArgumentException("of must name partitions and what they depend on");
        }
        if (depth < 1) {
            throw new IllegalArgumentException("depth must be at least 1, but was " + depth);
        }
        if (cooldown.isNegative()) {
            throw new IllegalArgumentException("cooldown must not be negative");
        }
        if (!rejoin.isPositive()) {
            throw new IllegalArgumentException("rejoin must be longer than 0");
        }
    }
}
