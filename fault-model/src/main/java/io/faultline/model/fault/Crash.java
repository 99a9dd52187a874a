package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import java.util.List;

/// Nodes stop at once and lose what they were doing (crash–recovery). At the end of the fault, if it
/// has one, they start again from scratch.
public record Crash(
        @Setting("the partitions whose nodes crash") List<PartitionId> partitions,
        @Setting("nodes that crash") List<NodeId> nodes)
        implements Fault {

    public Crash {
        if (partitions.isEmpty() && nodes.isEmpty()) {
            throw new IllegalArgumentException("crash needs partitions or nodes");
        }
    }
}
