package io.faultline.report.invariant;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.NodeStopped;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.recovery.RecoveryPhase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// At the instant at which a recovery is complete, its partition is taken to be healthy and its
/// node is up. That the recovery was validated before, [PhasesInOrder] sees to.
public record CompleteMeansHealthy() implements Law {

    @Override
    public String description() {
        return "a partition whose recovery is complete is healthy at once, and its node is up";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var belief = new Belief(rules.census());
        var nodes = new HashMap<PartitionId, NodeId>();
        var crashed = new HashSet<NodeId>();
        var notHealthy = new TreeSet<PartitionId>();
        var notUp = new TreeMap<PartitionId, NodeId>();
        var last = SimTime.ZERO;
        for (var entry : trace) {
            if (entry.time().isAfter(last)) {
                for (var partition : notHealthy) {
                    violations.add(
                            new Violation(
                                    entry,
                                    "the recovery of "
                                            + partition
                                            + " was complete at "
                                            + last
                                            + ", but it stayed "
                                            + belief.status(partition)));
                }
                notUp.forEach((partition, node) ->
                        violations.add(
                                new Violation(
                                        entry,
                                        "the recovery of "
                                                + partition
                                                + " was complete, but its node "
                                                + node
                                                + " stayed down")));
                notHealthy.clear();
                notUp.clear();
                last = entry.time();
            }
            belief.see(entry);
            switch (entry.what()) {
                case PartitionPlaced placed -> nodes.put(placed.partition(), placed.node());
                case NodeCrashed(var node) -> crashed.add(node);
                case NodeStopped(var node) -> crashed.add(node);
                case NodeRestarted(var node, _) -> {
                    crashed.remove(node);
                    notUp.values().removeIf(node::equals);
                }
                case PhaseEntered(var partition, var phase, _)
                        when phase == RecoveryPhase.COMPLETE -> {
                    notHealthy.add(partition);
                    var node = nodes.get(partition);
                    if (crashed.contains(node)) {
                        notUp.put(partition, node);
                    }
                }
                default -> {}
            }
            if (!notHealthy.isEmpty()) {
                notHealthy.removeIf(
                        partition -> belief.status(partition) == PartitionStatus.HEALTHY);
            }
        }
        return violations;
    }
}
