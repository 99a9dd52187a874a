package io.faultline.model.fault;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is left of the budget of a run.
///
/// Out is who is out in truth, who is told to stop and has not done so yet, and who is about to be
/// out by what was granted at the same instant.
final class Allowance {

    private final World world;
    private final Optional<Budget> budget;
    private final Set<PartitionId> granted = new HashSet<>(); // asked for members, never iterated
    private long instant = -1;

    Allowance(World world, Optional<Budget> budget) {
        this.world = world;
        this.budget = budget;
    }

    /// Why a fault must not strike.
    ///
    /// @param out how many partitions would be out
    /// @param allowed how many may
    record Refusal(int out, int allowed) {}

    /// Grants a fault what it takes out, or says why not.
    Optional<Refusal> ask(List<PartitionId> takesOut) {
        if (budget.isEmpty() || takesOut.isEmpty()) {
            return Optional.empty();
        }
        if (instant != Kronos.currentTime()) {
            instant = Kronos.currentTime();
            granted.clear();
        }
        var scope = budget.get().scope(world);
        long before = scope.stream().filter(this::isOut).count();
        int out = (int) scope.stream().filter(id -> isOut(id) || takesOut.contains(id)).count();
        int allowed = budget.get().allowed(scope.size());
        if (out > allowed && out > before) {
            return Optional.of(new Refusal(out, allowed));
        }
        granted.addAll(takesOut);
        return Optional.empty();
    }

    private boolean isOut(PartitionId id) {
        var host = world.partition(id).host();
        return granted.contains(id) || host.isLeaving() || world.truth().isOut(host);
    }
}
