package io.faultline.report.diagnosis;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.observation.Observed.HandlerPlaced;
import io.faultline.model.observation.Observed.HandlersMet;
import io.faultline.model.observation.Observed.HandlersParted;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodeStopped;
import io.faultline.model.observation.Observed.ViewJudged;
import io.faultline.model.observation.Observed.ViewQuorumLost;
import io.faultline.model.observation.Observed.ViewQuorumRestored;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// Who acts as the quorum while somebody with whom he cannot talk believes that he is one.
final class Authorities {

    private static final int RECOVER_NOW = 1;

    private final List<Rivalry> over = new ArrayList<>();
    private final List<Open> parted = new ArrayList<>();
    private final Set<String> quorate = new HashSet<>();
    private final Map<NodeId, List<String>> places = new HashMap<>();

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

        Open(int parted, String one, String other) {
            this.parted = parted;
            this.one = one;
            this.other = other;
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
            case HandlerPlaced(var handler, var node) -> {
                quorate.add(handler);
                places.computeIfAbsent(node, _ -> new ArrayList<>()).add(handler);
            }
            case HandlersParted(var one, var other) ->
                    parted.add(new Open(entry.index(), one, other));
            case HandlersMet(var one, var other) ->
                    parted.removeIf(open -> {
                        boolean met = open.one.equals(one) && open.other.equals(other);
                        if (met) {
                            close(open, entry.index(), entry.time());
                        }
                        return met;
                    });
            case ViewJudged _ when acts(entry) ->
                    parted.stream()
                            .filter(open -> open.has(entry.actor()))
                            .forEach(open -> open.acts.putIfAbsent(entry.actor(), entry.index()));
            case ViewQuorumLost _ -> deposed(entry.actor(), entry);
            case ViewQuorumRestored _ -> {
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

    /// Whether somebody acts as the quorum: a partition has failed in his view, and he would
    /// recover it now.
    static boolean acts(Trace.Entry entry) {
        return entry.what() instanceof ViewJudged judged && judged.state() == RECOVER_NOW;
    }

    /// Whether somebody stops believing that he is the quorum.
    static boolean isDeposed(Trace.Entry entry) {
        return entry.what() instanceof ViewQuorumLost;
    }

    /// Whether the two were parted all that time, one of whom acts.
    static boolean areParted(Trace trace, int parted, int act, int last) {
        if (!(trace.get(parted).what() instanceof HandlersParted(var one, var other))) {
            return false;
        }
        for (int i = parted; i <= last; i++) {
            if (trace.get(i).what().equals(new HandlersMet(one, other))) {
                return false;
            }
        }
        var actors = Set.of(one, other);
        return act > parted && actors.contains(trace.get(act).actor());
    }

    /// Whether somebody acted against the one who does so at an entry: what he did before one of
    /// the two found a quorum again was not done against him.
    static boolean hasActed(Trace trace, String name, int parted, int act, int until) {
        var other = trace.get(act).actor();
        boolean acted = false;
        for (int i = parted; i < until; i++) {
            var entry = trace.get(i);
            if (entry.what() instanceof ViewQuorumRestored
                    && List.of(name, other).contains(entry.actor())) {
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
                believes =
                        entry.what() instanceof ViewQuorumRestored || believes && !isDeposed(entry);
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
