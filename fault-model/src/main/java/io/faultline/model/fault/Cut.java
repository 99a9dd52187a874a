package io.faultline.model.fault;

import io.faultline.model.World;
import io.faultline.model.cluster.Domain;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.Host;
import io.faultline.model.network.MessageKind;
import io.faultline.model.network.Network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/// A cut through the network that a fault makes.
///
/// @param sides the side of each node, by its position in the cluster
/// @param passage says whether messages from one side reach another
record Cut(int[] sides, Passage passage) implements Network.Split {

    /// Says whether messages from one side reach another.
    @FunctionalInterface
    interface Passage {

        /// Nobody reaches another side.
        Passage NONE = (_, _) -> false;

        boolean isOpen(int from, int to);
    }

    /// The cut that puts every node on a side.
    static Cut of(World world, ToIntFunction<Node> side, Passage passage) {
        return new Cut(world.nodes().stream().mapToInt(side).toArray(), passage);
    }

    /// The cut between domains. Those that are not named form one more together; if none is named,
    /// every one is.
    static Cut between(World world, Domain domain, List<String> named) {
        var apart = new ArrayList<>(named);
        if (apart.isEmpty()) {
            world.nodes().stream()
                    .map(node -> node.location().in(domain))
                    .distinct()
                    .forEach(apart::add);
        }
        return of(world, node -> apart.indexOf(node.location().in(domain)), Passage.NONE);
    }

    /// The partitions in the domains that are named, or all if none is, in order of rank.
    static List<PartitionId> targets(World world, Domain domain, List<String> named) {
        return world.nodes().stream()
                .filter(node -> named.isEmpty() || named.contains(node.location().in(domain)))
                .flatMap(node -> node.partitions().stream())
                .sorted()
                .toList();
    }

    /// Cuts the network for messages of some kinds. If some others still pass, the fault takes
    /// effect when it stops the first message, and the nodes are cut off in truth only if something
    /// else stops those.
    ///
    /// @param messages the kinds; all if empty
    /// @return mends it
    Runnable make(World world, Effect effect, List<MessageKind> messages) {
        return Traffic.isEvery(messages)
                ? make(world, effect)
                : install(new Sieve(this, Traffic.kinds(messages), effect), world);
    }

    /// Cuts the network. The fault takes effect if that keeps any two nodes apart.
    ///
    /// @return mends it
    Runnable make(World world, Effect effect) {
        if (separatesAny()) {
            effect.take();
        }
        return install(this, world);
    }

    /// Installs a split, and has truth say what that changes.
    ///
    /// @return does the same when it is over
    static Runnable install(Network.Split split, World world) {
        var end = world.network().install(split);
        world.truth().networkChanged();
        return () -> {
            end.run();
            world.truth().networkChanged();
        };
    }

    /// The partitions that it keeps from exchanging messages with the coordinator if it stops
    /// messages of these kinds, in order of rank: none if others still pass, by what is in effect
    /// now.
    ///
    /// @param messages the kinds; all if empty
    List<PartitionId> takesOut(World world, List<MessageKind> messages) {
        var silence = new Silence(this, Traffic.kinds(messages));
        var coordinator = world.coordinator().host();
        return world.nodes().stream()
                .filter(node ->
                        silence.cutsOff(node, coordinator, world)
                                || silence.cutsOff(coordinator, node, world))
                .flatMap(node -> node.partitions().stream())
                .sorted()
                .toList();
    }

    /// What a fault that makes a cut is called; without messages if it is for all of them.
    static String said(String fault, List<MessageKind> messages) {
        return fault + (messages.isEmpty() ? "]" : ", messages=" + messages + "]");
    }

    private boolean separatesAny() {
        var all = Arrays.stream(sides).distinct().toArray();
        for (int one : all) {
            for (int other : all) {
                if (one != other && !passes(one, other)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public int side(Host host) {
        return sides[host.index()];
    }

    @Override
    public boolean passes(int from, int to) {
        return passage.isOpen(from, to);
    }
}
