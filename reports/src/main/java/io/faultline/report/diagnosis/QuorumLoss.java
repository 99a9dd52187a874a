package io.faultline.report.diagnosis;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.LockReleased;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.LockTimedOut;
import io.faultline.model.observation.Observed.NodeReplaced;
import io.faultline.model.observation.Observed.NodeWiped;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.QuorumBack;
import io.faultline.model.observation.Observed.QuorumGone;
import io.faultline.model.observation.Observed.QuorumJudged;
import io.faultline.model.observation.Observed.RetryScheduled;
import io.faultline.report.Quantity;
import io.faultline.report.Ranks;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.diagnosis.Heal.Strike;
import io.faultline.report.verdict.Concern;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// For a while the largest set of partitions that are up and can all exchange messages with each
/// other was no strict majority, in truth and whatever anybody believed.
///
/// - *transient*: it ended within the bound, and no operator ended it;
/// - *prolonged*: it lasted longer;
/// - *permanent*: it was not over by itself, and would not be whatever else heals: without those
///   who are lost for good the partitions are too few for a majority. Lost for good is whose node
///   was wiped and never replaced; and whose node crashed, the crash does not end, and no recovery
///   is under way that could restart it.
///
/// That a majority must be able to talk to each other is what Raft and Paxos ask for; the fault
/// classes are those of Alquraan et al., *An analysis of network-partitioning failures in cloud
/// systems*, OSDI 2018.
public record QuorumLoss() implements Diagnosis {

    private static final String TRANSIENT = "transient";
    private static final String PROLONGED = "prolonged";
    private static final String PERMANENT = "permanent";

    @Override
    public String description() {
        return "in truth, no majority is up and can exchange messages";
    }

    @Override
    public Optional<Concern> concern() {
        return Optional.of(Concern.LIVENESS);
    }

    @Override
    public List<String> subtypes() {
        return List.of(TRANSIENT, PROLONGED, PERMANENT);
    }

    /// A time without a majority.
    ///
    /// @param gone the entry of each change of the largest set while it lasted, from the first on
    /// @param back the entry with which it ended, or nothing if the run ended first
    /// @param least the size of the largest set when it was smallest
    /// @param needed how many are a majority
    /// @param wiped whose nodes had been wiped when it ended, and were never replaced
    /// @param crashed whose other nodes had crashed for good by then, if no recovery was under way
    ///   that could have restarted any of them
    public record Gap(
            List<Integer> gone,
            Optional<Integer> back,
            int least,
            int needed,
            List<PartitionId> wiped,
            List<PartitionId> crashed)
            implements Certificate {

        @Override
        public boolean verify(Trace trace) {
            int end = back.orElse(trace.size());
            int min = Integer.MAX_VALUE;
            var victims = Victims.until(trace, end);
            var seen = new ArrayList<Integer>();
            for (int i = gone.getFirst(); i < end; i++) {
                switch (trace.get(i).what()) {
                    case QuorumGone(var largest, var majority) -> {
                        seen.add(i);
                        min = Math.min(min, largest);
                        if (majority != needed || largest >= majority) {
                            return false;
                        }
                    }
                    case QuorumBack _ -> {
                        return false;
                    }
                    default -> {}
                }
            }
            return seen.equals(gone)
                    && min == least
                    && back.map(i -> trace.get(i).what() instanceof QuorumBack).orElse(true)
                    && victims.wiped().equals(wiped)
                    && victims.crashed().equals(crashed);
        }

        @Override
        public List<String> inShort(Trace trace) {
            var worst =
                    gone.stream()
                            .map(trace::get)
                            .filter(entry ->
                                    entry.what() instanceof QuorumGone now
                                            && now.largest() == least)
                            .findFirst();
            var lines = new ArrayList<String>();
            worst.map(entry -> atWorst(trace, entry.time())).ifPresent(lines::addAll);
            if (!wiped.isEmpty()) {
                lines.add("wiped and never replaced: " + Ranks.inWords(wiped));
            }
            if (!crashed.isEmpty()) {
                lines.add("crashed for good: " + Ranks.inWords(crashed));
            }
            return lines;
        }

        private List<String> atWorst(Trace trace, SimTime time) {
            var up = new TreeSet<PartitionId>();
            var out = new TreeMap<PartitionId, DownCause>();
            for (var entry : trace) {
                if (entry.time().isAfter(time)) {
                    break;
                }
                switch (entry.what()) {
                    case PartitionPlaced placed -> up.add(placed.partition());
                    case PartitionDown(var partition, var cause) -> out.put(partition, cause);
                    case PartitionUp(var partition) -> out.remove(partition);
                    default -> {}
                }
            }
            up.removeAll(out.keySet());
            var lines = new ArrayList<String>();
            lines.add(
                    "%d of the partitions must be up and together; from %s on, the most were %d"
                            .formatted(needed, time, least));
            lines.add("up and in touch with the coordinator then: " + Ranks.inWords(up));
            for (var cause : DownCause.values()) {
                var those = out.keySet().stream().filter(id -> out.get(id) == cause).toList();
                if (!those.isEmpty()) {
                    var words = Kind.name(cause).replace('-', ' ');
                    lines.add(words + " then: " + Ranks.inWords(those));
                }
            }
            return lines;
        }

        private int lost() {
            return wiped.size() + crashed.size();
        }

        @Override
        public List<Fact> facts() {
            var facts = new ArrayList<Fact>();
            gone.forEach(entry -> facts.add(new Fact(entry, "the largest set is no majority")));
            back.ifPresent(entry -> facts.add(new Fact(entry, "it is one again")));
            return facts;
        }
    }

    /// Who is down, and by crashes and wipes that do not end.
    private static final class Victims {
        final Set<PartitionId> down = new TreeSet<>();
        final Set<PartitionId> recovered = new TreeSet<>();
        final Map<Strike, List<PartitionId>> crashes = new HashMap<>();
        final Map<PartitionId, NodeId> places = new TreeMap<>();
        final Set<NodeId> gone = new HashSet<>(); // asked for members, never iterated

        static Victims until(Trace trace, int end) {
            var victims = new Victims();
            for (int i = 0; i < end; i++) {
                victims.see(trace.get(i));
            }
            for (int i = end; i < trace.size(); i++) {
                switch (trace.get(i).what()) {
                    case FaultHealed healed -> victims.crashes.remove(Heal.strike(healed));
                    case NodeReplaced(var node) -> victims.gone.remove(node);
                    default -> {}
                }
            }
            return victims;
        }

        void see(Trace.Entry entry) {
            switch (entry.what()) {
                case FaultInjected fault when Heal.isCrash(fault) ->
                        crashes.put(Heal.strike(fault), fault.targets());
                case FaultHealed healed -> crashes.remove(Heal.strike(healed));
                case PartitionPlaced placed -> places.put(placed.partition(), placed.node());
                case NodeWiped(var node) -> gone.add(node);
                case NodeReplaced(var node) -> gone.remove(node);
                case PartitionDown(var partition, _) -> down.add(partition);
                case PartitionUp(var partition) -> down.remove(partition);
                case LockReserved(var partition) -> recovered.add(partition);
                case RetryScheduled(var partition, _, _) -> recovered.add(partition);
                case LockReleased(var partition) -> recovered.remove(partition);
                case LockTimedOut(var partition) -> recovered.remove(partition);
                case QuorumJudged judged -> recovered.remove(judged.partition());
                default -> {}
            }
        }

        /// Those whose nodes are wiped, and are never replaced.
        List<PartitionId> wiped() {
            return places.keySet().stream().filter(this::isWiped).toList();
        }

        private boolean isWiped(PartitionId partition) {
            return gone.contains(places.get(partition));
        }

        /// The others who are down by a crash that does not end, if nobody recovers any of them.
        List<PartitionId> crashed() {
            var dead = new TreeSet<PartitionId>();
            crashes.values().forEach(dead::addAll);
            dead.retainAll(down);
            dead.removeIf(this::isWiped);
            return dead.stream().anyMatch(recovered::contains) ? List.of() : List.copyOf(dead);
        }
    }

    @Override
    public List<Finding> find(History history) {
        var trace = history.trace();
        var circumstances = history.circumstances();
        var findings = new ArrayList<Finding>();
        var gone = new ArrayList<Integer>();
        for (var entry : trace) {
            switch (entry.what()) {
                case QuorumGone _ -> gone.add(entry.index());
                case QuorumBack _ -> {
                    findings.add(finding(trace, gone, Optional.of(entry), circumstances));
                    gone.clear();
                }
                default -> {}
            }
        }
        if (!gone.isEmpty()) {
            findings.add(finding(trace, gone, Optional.empty(), circumstances));
        }
        return findings;
    }

    private Finding finding(
            Trace trace,
            List<Integer> gone,
            Optional<Trace.Entry> back,
            Circumstances circumstances) {
        var first = trace.get(gone.getFirst());
        var to = back.map(Trace.Entry::time).orElse(circumstances.end());
        var gap = gap(trace, gone, back);
        boolean byOperator = back.filter(entry -> isOperators(trace, entry)).isPresent();
        boolean isFinal =
                (byOperator || back.isEmpty())
                        && trace.all(PartitionPlaced.class).count() - gap.lost() < gap.needed();
        boolean isLong = to.since(first.time()).compareTo(circumstances.bound()) > 0;
        var subtype = isFinal ? PERMANENT : isLong || byOperator ? PROLONGED : TRANSIENT;
        return new Finding(
                name(),
                subtype,
                Certainty.FOUND,
                first.time(),
                to,
                first.index(),
                sentence(gap, to.since(first.time()))
                        + (isFinal ? outOfReach(gap) : "")
                        + (back.isEmpty() && !isFinal && !isLong
                                ? ", and the run ended too early to tell for how long"
                                : ""),
                gap);
    }

    private static Gap gap(Trace trace, List<Integer> gone, Optional<Trace.Entry> back) {
        var victims = Victims.until(trace, back.map(Trace.Entry::index).orElse(trace.size()));
        var sizes = gone.stream().map(i -> (QuorumGone) trace.get(i).what()).toList();
        return new Gap(
                List.copyOf(gone),
                back.map(Trace.Entry::index),
                sizes.stream().mapToInt(QuorumGone::largest).min().orElseThrow(),
                sizes.getFirst().needed(),
                victims.wiped(),
                victims.crashed());
    }

    private static String sentence(Gap gap, Duration length) {
        return "for "
                + Quantity.time(length.toNanos())
                + " no majority was up and together: "
                + gap.least()
                + " at worst, "
                + (gap.needed() - gap.least())
                + " short of "
                + gap.needed();
    }

    private static String outOfReach(Gap gap) {
        var reasons = new ArrayList<String>();
        if (!gap.wiped().isEmpty()) {
            reasons.add(
                    Quantity.count(gap.wiped().size())
                            + (gap.wiped().size() == 1 ? " was" : " were")
                            + " wiped and never replaced");
        }
        if (!gap.crashed().isEmpty()) {
            reasons.add(
                    Quantity.count(gap.crashed().size())
                            + " crashed for good, and nobody but an operator could have restarted"
                            + " them");
        }
        return reasons.stream().map(reason -> "; " + reason).collect(Collectors.joining());
    }

    private static boolean isOperators(Trace trace, Trace.Entry back) {
        return trace.causes(back).stream()
                .anyMatch(cause ->
                        cause.what() instanceof ActionTaken action && Heal.isOperators(action));
    }
}
