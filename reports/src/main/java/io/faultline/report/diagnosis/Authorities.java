package io.faultline.report.diagnosis;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.Topology;
import io.faultline.model.observation.Observed;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.HandlerPlaced;
import io.faultline.model.observation.Observed.HandlersMet;
import io.faultline.model.observation.Observed.HandlersParted;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodeStopped;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.QuorumJudged;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.QuorumRestored;
import io.faultline.model.observation.Observed.ViewJudged;
import io.faultline.model.observation.Observed.ViewQuorumLost;
import io.faultline.model.observation.Observed.ViewQuorumRestored;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/// Who acts as the quorum while somebody with whom he cannot talk believes that he is one. That may
/// be a handler or, where there are handlers, the coordinator; a handler cannot talk to it while it
/// is cut off from the partitions of the handler's node.
final class Authorities {

    private static final int RECOVER_NOW = 1;
    private static final String COORDINATOR = "coordinator";

    private final List<Rivalry> over = new ArrayList<>();
    private final List<Open> parted = new ArrayList<>();
    private final Set<String> quorate = new HashSet<>();
    private final Map<NodeId, List<String>> places = new HashMap<>();
    private final Map<PartitionId, NodeId> homes = new HashMap<>();

    /// Two of them, from the act of one until the other is no rival any more.
    ///
    /// @param parted the entry since which they cannot talk to each other
    /// @param one who acted first
    /// @param act the entry in which he did
    /// @param otherAct the first entry in which the other did, if he did
    /// @param until the entry with which it was over, or one more than there are
    /// @param to when that was
    record Rivalry(
            int parted,
            String one,
            int act,
            String other,
            OptionalInt otherAct,
            int until,
            SimTime to) {}

    /// Two who cannot talk to each other.
    private static final class Open {
        final int parted;
        final Map<String, Integer> acts = new HashMap<>();
        final String one;
        final String other;
        final Observed until;

        /// @param until that with which it is over
        Open(int parted, String one, String other, Observed until) {
            this.parted = parted;
            this.one = one;
            this.other = other;
            this.until = until;
        }

        boolean has(String name) {
            return one.equals(name) || other.equals(name);
        }

        String rivalOf(String name) {
            return one.equals(name) ? other : one;
        }
    }

    /// All of a run, in the order in which they ended.
    static List<Rivalry> rivalries(Trace trace, SimTime end) {
        var authorities = new Authorities();
        for (var entry : trace) {
            authorities.see(entry);
        }
        authorities.parted.forEach(open -> authorities.close(open, trace.size(), end));
        return authorities.over;
    }

    private void see(Trace.Entry entry) {
        switch (entry.what()) {
            case PartitionPlaced placed -> homes.put(placed.partition(), placed.node());
            case HandlerPlaced(var handler, var node) -> {
                quorate.add(handler);
                places.computeIfAbsent(node, _ -> new ArrayList<>()).add(handler);
                if (quorate.add(COORDINATOR)) {
                    places.computeIfAbsent(Topology.COORDINATOR, _ -> new ArrayList<>())
                            .add(COORDINATOR);
                }
            }
            case HandlersParted(var one, var other) ->
                    parted.add(new Open(entry.index(), one, other, new HandlersMet(one, other)));
            case HandlersMet met -> meet(met, entry);
            case PartitionDown(var partition, var cause) when cause == DownCause.CUT_OFF ->
                    places.getOrDefault(homes.get(partition), List.of()).stream()
                            .filter(name -> parted.stream().noneMatch(isBetween(COORDINATOR, name)))
                            .map(name ->
                                    new Open(
                                            entry.index(),
                                            COORDINATOR,
                                            name,
                                            new PartitionUp(partition)))
                            .forEach(parted::add);
            case PartitionUp back -> meet(back, entry);
            case ViewJudged _, QuorumJudged _ when acts(entry) ->
                    parted.stream()
                            .filter(open -> open.has(entry.actor()))
                            .forEach(open -> open.acts.putIfAbsent(entry.actor(), entry.index()));
            case ViewQuorumLost _, QuorumLost _ -> deposed(entry.actor(), entry);
            case ViewQuorumRestored _, QuorumRestored _ -> {
                quorate.add(entry.actor());
                // What the other did while he had no quorum was not done against him.
                parted.stream()
                        .filter(open -> open.has(entry.actor()))
                        .forEach(open -> open.acts.clear());
            }
            case NodeCrashed(var node) -> stopped(node, entry);
            case NodeStopped(var node) -> stopped(node, entry);
            default -> {}
        }
    }

    private static Predicate<Open> isBetween(String one, String other) {
        return open -> open.one.equals(one) && open.other.equals(other);
    }

    private void meet(Observed how, Trace.Entry entry) {
        parted.removeIf(open -> {
            boolean met = open.until.equals(how);
            if (met) {
                close(open, entry.index(), entry.time());
            }
            return met;
        });
    }

    private void stopped(NodeId node, Trace.Entry entry) {
        places.getOrDefault(node, List.of()).forEach(name -> deposed(name, entry));
    }

    private void deposed(String name, Trace.Entry entry) {
        for (var open : parted) {
            if (open.has(name)) {
                close(open, entry.index(), entry.time());
                open.acts.remove(name);
            }
        }
        quorate.remove(name);
    }

    private void close(Open open, int until, SimTime to) {
        boolean oneFirst =
                open.acts.getOrDefault(open.one, Integer.MAX_VALUE)
                        < open.acts.getOrDefault(open.other, Integer.MAX_VALUE);
        var first = oneFirst ? open.one : open.other;
        var rival = open.rivalOf(first);
        if (open.acts.containsKey(first) && quorate.contains(rival)) {
            var act = open.acts.get(rival);
            over.add(
                    new Rivalry(
                            open.parted,
                            first,
                            open.acts.get(first),
                            rival,
                            act == null ? OptionalInt.empty() : OptionalInt.of(act),
                            until,
                            to));
        }
    }

    /// Whether somebody acts as the quorum: a partition has failed in his view, and he recovers it
    /// now, or would.
    static boolean acts(Trace.Entry entry) {
        return switch (entry.what()) {
            case ViewJudged judged -> judged.state() == RECOVER_NOW;
            case QuorumJudged judged -> judged.state() == RECOVER_NOW;
            default -> false;
        };
    }

    private static boolean isDeposed(Trace.Entry entry) {
        return entry.what() instanceof ViewQuorumLost || entry.what() instanceof QuorumLost;
    }

    private static boolean isRestored(Trace.Entry entry) {
        return entry.what() instanceof ViewQuorumRestored || entry.what() instanceof QuorumRestored;
    }

    /// Whether he who acts and another were parted all that time.
    static boolean areParted(Trace trace, int parted, int act, String other, int last) {
        var actor = trace.get(act).actor();
        var met = meeting(trace, trace.get(parted), actor, other);
        if (act <= parted || met.isEmpty()) {
            return false;
        }
        for (int i = parted; i <= last; i++) {
            if (trace.get(i).what().equals(met.get())) {
                return false;
            }
        }
        return true;
    }

    /// With what it is over that two are parted by an entry, if they are.
    private static Optional<Observed> meeting(
            Trace trace, Trace.Entry parted, String one, String other) {
        return switch (parted.what()) {
            case HandlersParted(var a, var b) when Set.of(a, b).equals(pair(one, other)) ->
                    Optional.of(new HandlersMet(a, b));
            case PartitionDown(var partition, var cause)
                    when cause == DownCause.CUT_OFF
                            && pair(one, other).contains(COORDINATOR)
                            && isAt(trace, one.equals(COORDINATOR) ? other : one, partition) ->
                    Optional.of(new PartitionUp(partition));
            default -> Optional.empty();
        };
    }

    private static Set<String> pair(String one, String other) {
        return new HashSet<>(List.of(one, other));
    }

    private static boolean isAt(Trace trace, String handler, PartitionId partition) {
        var node =
                trace.all(PartitionPlaced.class)
                        .filter(placed -> placed.partition().equals(partition))
                        .map(PartitionPlaced::node)
                        .findFirst();
        return trace.all(HandlerPlaced.class)
                .filter(placed -> placed.handler().equals(handler))
                .anyMatch(placed -> Optional.of(placed.node()).equals(node));
    }

    /// Whether somebody acted against the one who does so at an entry: what he did before one of
    /// the two found a quorum again was not done against him.
    static boolean hasActed(Trace trace, String name, int parted, int act, int until) {
        var other = trace.get(act).actor();
        boolean acted = false;
        for (int i = parted; i < until; i++) {
            var entry = trace.get(i);
            if (isRestored(entry) && List.of(name, other).contains(entry.actor())) {
                acted = false;
            } else if (acts(entry) && entry.actor().equals(name)) {
                acted = true;
            }
        }
        return acted;
    }

    /// Whether somebody believed in his quorum at an entry, and until another.
    static boolean believes(Trace trace, String name, int from, int until) {
        boolean believes = true;
        for (int i = 0; i < until; i++) {
            var entry = trace.get(i);
            if (entry.actor().equals(name)) {
                believes = isRestored(entry) || believes && !isDeposed(entry);
            }
            if (i >= from && !believes) {
                return false;
            }
        }
        return true;
    }

    /// Whether he who acts first believed in his quorum until the other acted.
    static boolean keepsQuorum(Trace trace, int act, int otherAct) {
        var actor = trace.get(act).actor();
        return act < otherAct
                && !actor.equals(trace.get(otherAct).actor())
                && believes(trace, actor, act, otherAct);
    }
}
