package io.faultline.model.cluster;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.network.Network;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.HandlersMet;
import io.faultline.model.observation.Observed.HandlersParted;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/// Which partitions are really of use. No actor may ask; it is observed, so that reports can
/// compare belief with it, and asked by those who plan faults.
///
/// A partition is of use if its node is up, is not paused, and can exchange messages with the
/// coordinator's node in both directions. Likewise for handlers: two of them are parted if their
/// nodes cannot exchange messages. What is true of a [Majority] is observed after what is true of
/// those who make it.
public final class Truth {

    private final Network network;
    private final List<Node> nodes;
    private final Node coordinator;
    private final boolean[] down;
    private final Majority majority;
    private final List<Pair> pairs = new ArrayList<>();

    private static final class Pair {
        final String one;
        final String other;
        final Node here;
        final Node there;
        boolean parted;

        Pair(String one, Node here, String other, Node there) {
            this.one = one;
            this.here = here;
            this.other = other;
            this.there = there;
        }
    }

    /// @param nodes every node that hosts partitions
    public Truth(Network network, List<Node> nodes, Node coordinator) {
        this.network = network;
        this.nodes = nodes;
        this.coordinator = coordinator;
        this.down = new boolean[nodes.size()];
        this.majority = new Majority(network, nodes);
    }

    /// Says where handlers are.
    public void placeHandlers(SortedMap<String, Node> places) {
        places.forEach((one, here) ->
                places.tailMap(one + '\0')
                        .forEach((other, there) -> pairs.add(new Pair(one, here, other, there))));
    }

    /// Observes what a change of the network has changed.
    public void networkChanged() {
        nodes.forEach(this::observeUse);
        for (var pair : pairs) {
            boolean parted = !areConnected(pair.here, pair.there);
            if (parted != pair.parted) {
                pair.parted = parted;
                Kronos.observe(
                        parted
                                ? new HandlersParted(pair.one, pair.other)
                                : new HandlersMet(pair.one, pair.other));
            }
        }
        majority.networkChanged();
    }

    /// Observes what a crash, pause or restart of a node has changed.
    public void nodeChanged(Node node) {
        if (node != coordinator) {
            observeUse(node);
            majority.nodeChanged(node);
        }
    }

    private void observeUse(Node node) {
        boolean wasDown = down[node.index()];
        boolean isDown = !node.isUp() || node.isPaused() || !areConnected(node, coordinator);
        down[node.index()] = isDown;
        if (wasDown != isDown) {
            var cause = cause(node);
            for (var partition : node.partitions()) {
                Kronos.observe(
                        isDown ? new PartitionDown(partition, cause) : new PartitionUp(partition));
            }
        }
    }

    /// Whether the partitions of a node are of no use.
    public boolean isOut(Node node) {
        return down[node.index()];
    }

    private static DownCause cause(Node node) {
        if (!node.isUp()) {
            return node.hasStopped() ? DownCause.STOPPED : DownCause.CRASHED;
        }
        return node.isPaused() ? DownCause.PAUSED : DownCause.CUT_OFF;
    }

    private boolean areConnected(Node one, Node other) {
        return network.connects(one, other) && network.connects(other, one);
    }
}
