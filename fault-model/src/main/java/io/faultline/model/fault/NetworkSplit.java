package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.cluster.NodeId;
import java.util.List;

/// The network falls into groups of nodes; no message crosses from one to another. Nodes in no group
/// form one more group together.
public record NetworkSplit(@Setting("the groups of nodes") List<List<NodeId>> groups)
        implements Fault {

    public NetworkSplit {
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("network-split needs at least one group");
        }
    }
}
