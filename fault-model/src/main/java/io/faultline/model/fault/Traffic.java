package io.faultline.model.fault;

import io.faultline.kernel.random.RandomStream;
import io.faultline.model.Probability;
import io.faultline.model.World;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.Envelope;
import io.faultline.model.network.Host;
import io.faultline.model.network.MessageKind;
import io.faultline.model.network.Verdict;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The messages that a fault concerns, by kind, sender and receiver.
///
/// @param messages the kinds; all if empty
/// @param from the senders, by their position in the cluster; anybody if there is nothing
/// @param to the receivers likewise
record Traffic(List<MessageKind> messages, Optional<BitSet> from, Optional<BitSet> to) {

    static Traffic of(
            List<MessageKind> messages, Selector from, Selector to, World world, Effect effect) {
        return new Traffic(
                messages, chosen("from", from, world, effect), chosen("to", to, world, effect));
    }

    private static Optional<BitSet> chosen(
            String purpose, Selector selector, World world, Effect effect) {
        if (selector.isEmpty()) {
            return Optional.empty();
        }
        var chosen = new BitSet();
        effect.choose(purpose, selector, world).forEach(node -> chosen.set(node.index()));
        return Optional.of(chosen);
    }

    private static final int SENDER = -1;
    private static final int RECEIVER = -2;
    private static final int BYSTANDER = -3;

    boolean includes(Envelope envelope) {
        return includes(messages, envelope)
                && isAmong(envelope.from(), from)
                && isAmong(envelope.at(), to);
    }

    /// Whether a message is of one of the kinds.
    ///
    /// @param messages the kinds; all if empty
    static boolean includes(List<MessageKind> messages, Envelope envelope) {
        return messages.isEmpty() || messages.contains(envelope.message().kind());
    }

    /// Whether no kind is spared.
    ///
    /// @param messages the kinds; all if empty
    static boolean isEvery(List<MessageKind> messages) {
        return kinds(messages).equals(MessageKind.ALL);
    }

    /// The kinds that are concerned.
    ///
    /// @param messages the kinds; all if empty
    static Set<MessageKind> kinds(List<MessageKind> messages) {
        return messages.isEmpty() ? MessageKind.ALL : EnumSet.copyOf(messages);
    }

    /// Has a share of them end in a way in which they do not arrive.
    ///
    /// @param chance that of each of them; with 100 % none gets through, which is said in truth
    /// @return undoes it
    Runnable fail(Probability chance, Verdict ending, World world, Effect effect) {
        var end =
                world.network()
                        .install((Envelope envelope) -> {
                            if (!includes(envelope)
                                    || !chance(envelope, effect).nextBoolean(chance.value())) {
                                return Verdict.PASS;
                            }
                            effect.take();
                            return ending;
                        });
        return isCertain(chance) ? silence(world, end) : end;
    }

    /// The partitions that are out if each of them fails with this chance, in order of rank.
    List<PartitionId> takesOut(Probability chance, World world) {
        return isCertain(chance) ? takesOut(world) : List.of();
    }

    private static boolean isCertain(Probability chance) {
        return chance.value() == 1;
    }

    /// Has it said in truth that none of them gets through.
    ///
    /// @param undo what lets them through again
    /// @return does that, and has it said
    Runnable silence(World world, Runnable undo) {
        var end = new Silence(cut(world), kinds(messages)).begin(world);
        return () -> {
            undo.run();
            end.run();
        };
    }

    /// The partitions that are out if none of them gets through besides what does not already, in
    /// order of rank.
    List<PartitionId> takesOut(World world) {
        return cut(world).takesOut(world, messages);
    }

    /// The cut between the senders and the receivers. Whoever is both is on a side of its own.
    private Cut cut(World world) {
        return Cut.of(
                world, this::side, (from, to) -> from < SENDER || to == SENDER || to == BYSTANDER);
    }

    private int side(Node node) {
        if (isAmong(node, from)) {
            return isAmong(node, to) ? node.index() : SENDER;
        }
        return isAmong(node, to) ? RECEIVER : BYSTANDER;
    }

    private static boolean isAmong(Host host, Optional<BitSet> chosen) {
        return chosen.isEmpty() || chosen.get().get(host.index());
    }

    /// The random stream of a fault for the link on which a message travels.
    static RandomStream chance(Envelope envelope, Effect effect) {
        return effect.random(link(envelope));
    }

    /// What the link on which a message travels is called.
    static String link(Envelope envelope) {
        return envelope.from() + "->" + envelope.at();
    }

    /// The partitions on the nodes that are named, or all if none is.
    List<PartitionId> targets(World world) {
        return world.nodes().stream()
                .filter(this::isNamed)
                .flatMap(node -> node.partitions().stream())
                .sorted()
                .toList();
    }

    private boolean isNamed(Node node) {
        return from.isEmpty() && to.isEmpty()
                || from.isPresent() && from.get().get(node.index())
                || to.isPresent() && to.get().get(node.index());
    }
}
