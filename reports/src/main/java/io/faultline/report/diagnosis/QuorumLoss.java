package io.faultline.report.diagnosis;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.LockReleased;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.LockTimedOut;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.QuorumBack;
import io.faultline.model.observation.Observed.QuorumGone;
import io.faultline.model.observation.Observed.QuorumJudged;
import io.faultline.model.observation.Observed.RetryScheduled;
import io.faultline.report.Quantity;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.diagnosis.Heal.Strike;
import io.faultline.report.verdict.Concern;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// For a while the largest set of partitions that are up and can all exchange messages with each
/// other was no strict majority, in truth and whatever anybody believed.
///
/// - *transient*: it ended within the bound, and no operator ended it;
/// - *prolonged*: it lasted longer;
/// - *permanent*: it was not over by itself, and would not be whatever else heals, because too many
///   partitions are on nodes that crashed for good and that no recovery is under way to restart.
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
    /// @param lost whose nodes had crashed for good when it ended, if no recovery was under way
    ///   that could have restarted any of them
    public record Gap(
            List<Integer> gone,
            Optional<Integer> back,
            int least,
            int needed,
            List<PartitionId> lost)
            implements Certificate {

        @Override
        public boolean verify(Trace trace) {
            int end = back.orElse(trace.size());
            int min = Integer.MAX_VALUE;
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
                    && Victims.until(trace, end).forGood().equals(lost);
        }

        @Override
        public List<Fact> facts() {
            var facts = new ArrayList<Fact>();
            gone.forEach(entry -> facts.add(new Fact(entry, "the largest set is no majority")));
            back.ifPresent(entry -> facts.add(new Fact(entry, "it is one again")));
            return facts;
        }
    }

    /// Who is down, and by crashes that do not end.
    private static final class Victims {
        final Set<PartitionId> down = new TreeSet<>();
        final Set<PartitionId> recovered = new TreeSet<>();
        final Map<Strike, List<PartitionId>> crashes = new HashMap<>();

        static Victims until(Trace trace, int end) {
            var victims = new Victims();
            for (int i = 0; i < end; i++) {
                victims.see(trace.get(i));
            }
            for (int i = end; i < trace.size(); i++) {
                if (trace.get(i).what() instanceof FaultHealed healed) {
                    victims.crashes.remove(Heal.strike(healed));
                }
            }
            return victims;
        }

        void see(Trace.Entry entry) {
            switch (entry.what()) {
                case FaultInjected fault when Heal.isCrash(fault) ->
                        crashes.put(Heal.strike(fault), fault.targets());
                case FaultHealed healed -> crashes.remove(Heal.strike(healed));
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

        /// Those who are down by a crash that does not end, if nobody recovers any of them.
        List<PartitionId> forGood() {
            var dead = new TreeSet<PartitionId>();
            crashes.values().forEach(dead::addAll);
            dead.retainAll(down);
            return dead.stream().anyMatch(recovered::contains) ? List.of() : List.copyOf(dead);
        }
    }

    @Override
    public List<Finding> find(Trace trace, Circumstances circumstances) {
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
                        && trace.all(PartitionPlaced.class).count() - gap.lost().size()
                                < gap.needed();
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
        var sizes = gone.stream().map(i -> (QuorumGone) trace.get(i).what()).toList();
        return new Gap(
                List.copyOf(gone),
                back.map(Trace.Entry::index),
                sizes.stream().mapToInt(QuorumGone::largest).min().orElseThrow(),
                sizes.getFirst().needed(),
                Victims.until(trace, back.map(Trace.Entry::index).orElse(trace.size())).forGood());
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
        return "; "
                + Quantity.count(gap.lost().size())
                + " crashed for good, and nobody but an operator could have restarted them";
    }

    private static boolean isOperators(Trace trace, Trace.Entry back) {
        return trace.causes(back).stream()
                .anyMatch(cause ->
                        cause.what() instanceof ActionTaken action && Heal.isOperators(action));
    }
}
