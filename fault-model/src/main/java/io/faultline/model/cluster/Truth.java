package io.faultline.model.cluster;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.network.Network;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;

import java.util.List;

/// Which partitions are really of use. No actor may ask; it is only observed, so that reports can
/// compare belief with it.
///
/// A partition is of use if its node is up and can exchange messages with the coordinator's node in
/// both directions.
public final class Truth {

    private final Network network;
    private final List<Node> nodes;
    private final Node coordinator;
    private final boolean[] down;

    /// @param nodes every node that hosts partitions
    public Truth(Network network, List<Node> nodes, Node coordinator) {
        this.network = network;
        this.nodes = nodes;
        this.coordinator = coordinator;
        this.down = new boolean[nodes.size()];
    }

    /// Observes what a change of the network has changed.
    public void networkChanged() {
        nodes.forEach(this::nodeChanged);
    }

    /// Observes what a crash or restart of a node has changed.
    public void nodeChanged(Node node) {
        if (node == coordinator) {
            return;
        }
        boolean wasDown = down[node.index()];
        boolean isDown = !node.isUp() || !isConnected(node);
        down[node.index()] = isDown;
        if (wasDown != isDown) {
            var cause = node.isUp() ? DownCause.CUT_OFF : DownCause.CRASHED;
            for (var partition : node.partitions()) {
                Kronos.observe(
                        isDown ? new PartitionDown(partition, cause) : new PartitionUp(partition));
            }
        }
    }

    private boolean isConnected(Node node) {
        return network.connects(node, coordinator) && network.connects(coordinator, node);
    }
}
