package io.faultline.model.script;

import io.faultline.model.Setting;
import io.faultline.model.cluster.PartitionId;
import java.util.List;

/// Partitions reach the barrier.
public record Arrive(@Setting("who arrives") List<PartitionId> partitions) implements Action {}
