package io.faultline.report.verdict;

import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.fault.FailingRecovery;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.NodeReplaced;
import io.faultline.model.observation.Observed.NodeWiped;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.report.Quantity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The partitions that a run can be asked to heal: all but those that a fault which never ended
/// keeps out. What nobody could heal says nothing about the system. Goals and diagnoses are judged
/// on it.
///
/// A partition is kept out if it is out in truth when the run ends, and the fault that took it out
/// has not ended:
///
/// - if it is cut off or paused, always, since no recovery mends a network or wakes a machine;
/// - if its node is wiped, always, since nobody can start it again;
/// - if its node is down, only if nobody could have had it started again: nobody would notice, or
///   another fault that has not ended makes its recoveries fail. As a rule a recovery starts nodes
///   again, so a crash for good excuses nobody.
///
/// It is also kept out, whether or not it is out at that very moment, by a fault that has not ended
/// and has taken it out more than once, as flapping does; and if it is taken to be failed when the
/// run ends, by a fault that has not ended and makes its recoveries fail.
///
/// A fault that never ends and takes nobody out keeps nobody out: slow nodes, lossy links and wrong
/// clocks are what systems have to live with.
///
/// @param total how many partitions there are
/// @param keptOut by which faults partitions are kept out
public record HealedCore(int total, SortedMap<PartitionId, Integer> keptOut) {

    private static final String FAILING_RECOVERY = Kind.name(FailingRecovery.class);

    /// One time that a fault strikes.
    private record Strike(int fault, int occurrence) implements Comparable<Strike> {

        static Strike of(FaultInjected injected) {
            return new Strike(injected.fault(), injected.occurrence());
        }

        @Override
        public int compareTo(Strike other) {
            return Comparator.comparingInt(Strike::fault)
                    .thenComparingInt(Strike::occurrence)
                    .compare(this, other);
        }
    }

    public HealedCore {
        keptOut = Collections.unmodifiableSortedMap(new TreeMap<>(keptOut));
    }

    /// All partitions.
    public static HealedCore everybody(int total) {
        return new HealedCore(total, Collections.emptySortedMap());
    }

    /// What is left at the end of a run.
    ///
    /// @param isNoticed whether there is anybody in the system who could notice that a node is down
    public static HealedCore of(Trace trace, boolean isNoticed) {
        var places = new HashMap<PartitionId, NodeId>(); // never iterated
        var wiped = new HashMap<NodeId, Trace.Entry>(); // never iterated
        var down = new TreeMap<PartitionId, Trace.Entry>();
        var striking = new TreeMap<Strike, FaultInjected>();
        var outages = new TreeMap<PartitionId, List<Strike>>();
        var failed = new TreeSet<PartitionId>();
        for (var entry : trace) {
            switch (entry.what()) {
                case PartitionPlaced placed -> places.put(placed.partition(), placed.node());
                case NodeWiped(var node) -> wiped.put(node, entry);
                case NodeReplaced(var node) -> wiped.remove(node);
                case PartitionDown gone -> {
                    down.put(gone.partition(), entry);
                    cause(trace, entry)
                            .ifPresent(strike ->
                                    outages.computeIfAbsent(
                                                    gone.partition(), _ -> new ArrayList<>())
                                            .add(strike));
                }
                case StatusChanged change when change.to() == PartitionStatus.FAILED ->
                        failed.add(change.partition());
                case StatusChanged change -> failed.remove(change.partition());
                case PartitionUp back -> down.remove(back.partition());
                case FaultInjected fault -> striking.put(Strike.of(fault), fault);
                case FaultHealed healed ->
                        striking.remove(new Strike(healed.fault(), healed.occurrence()));
                default -> {}
            }
        }
        var keptOut = new TreeMap<PartitionId, Integer>();
        down.forEach((partition, entry) -> {
            var wipe = wiped.get(places.get(partition));
            int culprit = culprit(trace, wipe == null ? entry : wipe, partition, striking);
            var how = ((PartitionDown) entry.what()).cause();
            boolean isOutOfReach =
                    how == DownCause.CUT_OFF || how == DownCause.PAUSED || wipe != null;
            if (culprit >= 0
                    && (isOutOfReach || !isNoticed || hazard(partition, striking).isPresent())) {
                keptOut.put(partition, culprit);
            }
        });
        outages.forEach((partition, strikes) ->
                strikes.stream()
                        .filter(striking::containsKey)
                        .filter(strike -> Collections.frequency(strikes, strike) > 1)
                        .findFirst()
                        .ifPresent(strike -> keptOut.putIfAbsent(partition, strike.fault())));
        failed.forEach(partition ->
                hazard(partition, striking)
                        .ifPresent(fault -> keptOut.putIfAbsent(partition, fault)));
        return new HealedCore(places.size(), keptOut);
    }

    /// The fault that led to an entry, if one did.
    private static Optional<Strike> cause(Trace trace, Trace.Entry entry) {
        return trace.causes(entry).reversed().stream()
                .filter(cause -> cause.what() instanceof FaultInjected)
                .findFirst()
                .map(cause -> Strike.of((FaultInjected) cause.what()));
    }

    /// The fault, of those that have not ended, that keeps a partition out; -1 if none does. It is
    /// the one that took it out, or else, if that has ended, another that concerns it.
    private static int culprit(
            Trace trace,
            Trace.Entry down,
            PartitionId partition,
            SortedMap<Strike, FaultInjected> striking) {
        var cause = cause(trace, down).filter(striking::containsKey);
        if (cause.isPresent()) {
            return cause.get().fault();
        }
        return striking.values().stream()
                .filter(fault -> !fault.kind().equals(FAILING_RECOVERY))
                .filter(fault -> fault.targets().contains(partition))
                .mapToInt(FaultInjected::fault)
                .findFirst()
                .orElse(-1);
    }

    /// The fault that makes the recoveries of a partition fail, if one does.
    private static Optional<Integer> hazard(
            PartitionId partition, SortedMap<Strike, FaultInjected> striking) {
        return striking.values().stream()
                .filter(fault -> fault.kind().equals(FAILING_RECOVERY))
                .filter(fault -> fault.targets().contains(partition))
                .map(FaultInjected::fault)
                .findFirst();
    }

    /// Whether a partition is to be healed.
    public boolean contains(PartitionId partition) {
        return !keptOut.containsKey(partition);
    }

    /// How many partitions are to be healed.
    public int size() {
        return total - keptOut.size();
    }

    /// Whether nobody is kept out.
    public boolean isWhole() {
        return keptOut.isEmpty();
    }

    /// As in `10 of 12 partitions; P1, P2 are kept out by fault 0`.
    @Override
    public String toString() {
        var byFault = new TreeMap<Integer, ArrayList<PartitionId>>();
        keptOut.forEach((partition, fault) ->
                byFault.computeIfAbsent(fault, _ -> new ArrayList<>()).add(partition));
        return size()
                + " of "
                + Quantity.count(total, "partition")
                + byFault.entrySet().stream()
                        .map(e -> "; " + outside(e.getValue()) + " kept out by fault " + e.getKey())
                        .collect(Collectors.joining());
    }

    private static String outside(ArrayList<PartitionId> partitions) {
        int shown = Math.min(partitions.size(), 8);
        var names =
                partitions.subList(0, shown).stream()
                        .map(PartitionId::toString)
                        .collect(Collectors.joining(", "));
        int more = partitions.size() - shown;
        return names
                + (more > 0 ? " and " + more + " more" : "")
                + (partitions.size() == 1 ? " is" : " are");
    }
}
