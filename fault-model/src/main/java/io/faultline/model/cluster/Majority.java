package io.faultline.model.cluster;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.network.Network;
import io.faultline.model.observation.Observed.QuorumBack;
import io.faultline.model.observation.Observed.QuorumGone;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;

/// Whether a strict majority of the partitions is really up and not paused, each able to exchange
/// messages with each other: the largest such set is a clique of the graph of who can talk to whom
/// both ways. What a partial failure of the network leaves need not be transitive (Alquraan et al.,
/// *An analysis of network-partitioning failures in cloud systems*, OSDI 2018), so to count the
/// nodes on one side will not do.
///
/// Nodes that all cuts treat alike are on one side. Without cuts there is one side, and a crash
/// changes a counter; with cuts the clique is searched for among sides, of which there are few.
final class Majority {

    private final Network network;
    private final List<Node> nodes;
    private final boolean[] up;
    private final int[] sides;

    private int total;
    private int[] members = {0};
    private BitSet[] friends = {bits(1)};
    private int largest;
    private boolean gone;

    /// @param nodes every node that hosts partitions
    Majority(Network network, List<Node> nodes) {
        this.network = network;
        this.nodes = nodes;
        this.up = new boolean[nodes.size()];
        this.sides = new int[nodes.size()];
    }

    /// Observes what a crash, pause or restart of a node has changed.
    void nodeChanged(Node node) {
        meet();
        int index = node.index();
        boolean works = node.isUp() && !node.isPaused();
        if (up[index] != works) {
            up[index] = works;
            members[sides[index]] += (up[index] ? 1 : -1) * node.partitions().size();
            observe();
        }
    }

    /// Observes what a change of the network has changed.
    void networkChanged() {
        meet();
        findSides();
        observe();
    }

    /// Nodes learn only after they were made which partitions they host.
    private void meet() {
        if (total == 0) {
            for (var node : nodes) {
                up[node.index()] = true;
                total += node.partitions().size();
            }
            members[0] = total;
            largest = total;
        }
    }

    private void findSides() {
        var examples = new ArrayList<Node>();
        var known = new HashMap<List<Integer>, Integer>(); // looked up, never iterated
        for (var node : nodes) {
            sides[node.index()] =
                    known.computeIfAbsent(
                            network.sides(node),
                            _ -> {
                                examples.add(node);
                                return examples.size() - 1;
                            });
        }
        members = new int[examples.size()];
        for (var node : nodes) {
            members[sides[node.index()]] += up[node.index()] ? node.partitions().size() : 0;
        }
        friends = examples.stream().map(node -> friendsOf(node, examples)).toArray(BitSet[]::new);
    }

    private BitSet friendsOf(Node node, List<Node> examples) {
        var friends = new BitSet();
        for (int side = 0; side < examples.size(); side++) {
            var other = examples.get(side);
            friends.set(side, network.connects(node, other) && network.connects(other, node));
        }
        return friends;
    }

    private void observe() {
        int before = largest;
        int needed = total / 2 + 1;
        largest = clique(bits(friends.length), 0, 0);
        if (largest < needed && (!gone || largest != before)) {
            gone = true;
            Kronos.observe(new QuorumGone(largest, needed));
        } else if (largest >= needed && gone) {
            gone = false;
            Kronos.observe(new QuorumBack(largest, needed));
        }
    }

    /// How many partitions the largest clique has; branches are cut off that cannot beat the best.
    ///
    /// @param candidates the sides that are friends of all that were chosen; used up
    /// @param chosen how many partitions those have
    private int clique(BitSet candidates, int chosen, int best) {
        int result = best;
        int open = candidates.stream().map(side -> members[side]).sum();
        int side = candidates.nextSetBit(0);
        while (side >= 0 && chosen + open > result) {
            candidates.clear(side);
            open -= members[side];
            var with = (BitSet) candidates.clone();
            with.and(friends[side]);
            result = clique(with, chosen + members[side], result);
            side = candidates.nextSetBit(side);
        }
        return Math.max(result, chosen);
    }

    /// The first so many sides.
    private static BitSet bits(int count) {
        var bits = new BitSet();
        bits.set(0, count);
        return bits;
    }
}
