package io.faultline.model.fault;

import io.faultline.model.Probability;
import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

import java.util.List;
import java.util.Optional;

/// How much faults may take out at once. A fault with which more partitions would be out is
/// skipped.
///
/// After the pod disruption budgets of Kubernetes, and the rule of TigerBeetle's simulator that no
/// more replicas are down than the protocol promises to survive.
public record Budget(
        @Setting("how many partitions may be out at once at most") Optional<Integer> maxDead,
        @Setting("which share of the partitions stays up at least")
                Optional<Probability> minHealthy,
        @Setting("the nodes whose partitions count; all that have some if left out")
                Optional<Selector> scope) {

    public Budget {
        if (maxDead.isEmpty() && minHealthy.isEmpty()) {
            throw new IllegalArgumentException("budget needs maxDead or minHealthy");
        }
        if (maxDead.isPresent() && maxDead.get() < 1) {
            throw new IllegalArgumentException(
                    "maxDead must be at least 1, since 0 forbids whatever takes partitions out");
        }
        if (scope.isPresent() && scope.get().mode().isPresent()) {
            throw new IllegalArgumentException(
                    "scope takes no mode, since nothing in it is left to chance");
        }
    }

    /// How many of so many partitions may be out.
    public int allowed(int partitions) {
        int most = maxDead.orElse(partitions);
        return minHealthy
                .map(share -> partitions - (int) Math.ceil(partitions * share.value() - 1e-9))
                .map(out -> Math.min(out, most))
                .orElse(most);
    }

    /// The partitions that count.
    List<PartitionId> scope(World world) {
        return scope.map(selector -> selector.partitions(world))
                .orElseGet(() -> world.topology().partitionIds());
    }
}
