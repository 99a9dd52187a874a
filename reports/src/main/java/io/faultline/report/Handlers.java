package io.faultline.report;

import io.faultline.kernel.Observation;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.HandlerPlaced;
import io.faultline.model.observation.Observed.HandlersMet;
import io.faultline.model.observation.Observed.HandlersParted;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.NodeStopped;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.ViewChanged;
import io.faultline.model.observation.Observed.ViewQuorumLost;
import io.faultline.model.observation.Observed.ViewQuorumRestored;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// What each handler believes of the partitions, and whether handlers can talk to each other.
public final class Handlers {

    /// The kinds of observations that it learns from.
    public static final Set<Class<? extends Observation>> KINDS =
            Set.of(
                    PartitionPlaced.class,
                    HandlerPlaced.class,
                    HandlersParted.class,
                    HandlersMet.class,
                    NodeCrashed.class,
                    NodeStopped.class,
                    NodeRestarted.class,
                    ViewChanged.class,
                    ViewQuorumLost.class,
                    ViewQuorumRestored.class);

    private final Map<String, View> views = new HashMap<>();
    private final List<Pair> pairs = new ArrayList<>();
    private final Set<Pair> parted = new HashSet<>();
    private final Set<NodeId> down = new HashSet<>();
    private final Map<PartitionId, NodeId> places = new HashMap<>();

    /// Two handlers, in the order of their names.
    public record Pair(String one, String other) {
        @Override
        public String toString() {
            return one + "+" + other;
        }
    }

    private static final class View {
        final NodeId node;
        final Map<PartitionId, PartitionStatus> unhealthy = new HashMap<>();
        boolean quorate = true;

        View(NodeId node) {
            this.node = node;
        }

        boolean fails(PartitionId partition) {
            return unhealthy.get(partition) == PartitionStatus.FAILED;
        }

        /// What is believed of some partitions, unless it is that they are healthy.
        Map<PartitionId, PartitionStatus> of(Predicate<PartitionId> about) {
            var some = new HashMap<>(unhealthy);
            some.keySet().removeIf(about.negate());
            return some;
        }

        /// Whether a partition is failed here and not there.
        boolean failsOneOf(View other) {
            return unhealthy.keySet().stream().anyMatch(p -> fails(p) && !other.fails(p));
        }
    }

    /// Takes the next entry into account.
    public void see(Trace.Entry entry) {
        switch (entry.what()) {
            case PartitionPlaced placed -> places.put(placed.partition(), placed.node());
            case HandlerPlaced(var handler, var node) -> {
                views.keySet().stream()
                        .sorted()
                        .forEach(other -> pairs.add(new Pair(other, handler)));
                views.put(handler, new View(node));
            }
            case HandlersParted(var one, var other) -> parted.add(new Pair(one, other));
            case HandlersMet(var one, var other) -> parted.remove(new Pair(one, other));
            case NodeCrashed(var node) -> down.add(node);
            case NodeStopped(var node) -> down.add(node);
            case NodeRestarted restarted -> down.remove(restarted.node());
            case ViewChanged(var partition, _, var to) -> {
                var unhealthy = views.get(entry.actor()).unhealthy;
                if (to == PartitionStatus.HEALTHY) {
                    unhealthy.remove(partition);
                } else {
                    unhealthy.put(partition, to);
                }
            }
            case ViewQuorumLost _ -> views.get(entry.actor()).quorate = false;
            case ViewQuorumRestored _ -> views.get(entry.actor()).quorate = true;
            default -> {}
        }
    }

    /// All pairs of handlers.
    public List<Pair> pairs() {
        return pairs;
    }

    /// Whether two handlers believe different things of a partition.
    public boolean disagree(Pair pair) {
        return !views.get(pair.one).unhealthy.equals(views.get(pair.other).unhealthy);
    }

    /// Whether all handlers who are up believe the same of some partitions. Who is on a node that
    /// hosts partitions, but none of these, is not asked.
    public boolean agree(Predicate<PartitionId> about) {
        return views.values().stream()
                        .filter(view -> !down.contains(view.node) && isAsked(view.node, about))
                        .map(view -> view.of(about))
                        .distinct()
                        .count()
                <= 1;
    }

    private boolean isAsked(NodeId node, Predicate<PartitionId> about) {
        return places.keySet().stream().anyMatch(p -> places.get(p).equals(node) && about.test(p))
                || !places.containsValue(node);
    }

    /// Whether two handlers who cannot talk to each other both have a quorum, and each has given up
    /// a partition that the other has not.
    public boolean areBothPrimary(Pair pair) {
        var one = views.get(pair.one);
        var other = views.get(pair.other);
        return parted.contains(pair)
                && isPrimary(one)
                && isPrimary(other)
                && one.failsOneOf(other)
                && other.failsOneOf(one);
    }

    private boolean isPrimary(View view) {
        return view.quorate && !down.contains(view.node);
    }

    /// Whether a partition is up, and somebody to whom a handler cannot talk has not given it up.
    public boolean belongsToAnother(PartitionId partition, String handler) {
        return !down.contains(places.get(partition))
                && views.entrySet().stream()
                        .filter(other -> isParted(handler, other.getKey()))
                        .anyMatch(other -> !other.getValue().fails(partition));
    }

    private boolean isParted(String one, String other) {
        return parted.contains(new Pair(one, other)) || parted.contains(new Pair(other, one));
    }
}
