package io.faultline.model.recovery;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.Message;
import io.faultline.model.observation.Observed.EntitiesMoved;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// The part of the coordinator that gives the entities of failed partitions to others, and says who
/// owns how many.
final class Redistribution {

    private final Placement placement;
    private final int partitions;
    private final Predicate<PartitionId> healthy;
    private BiConsumer<PartitionId, Message> send = (_, _) -> {};
    private long version;

    /// @param healthy whether the coordinator believes a partition to be healthy
    Redistribution(int partitions, int entitiesEach, Predicate<PartitionId> healthy) {
        this.placement = new Placement(partitions, entitiesEach);
        this.partitions = partitions;
        this.healthy = healthy;
    }

    /// Gives the way in which the coordinator sends messages to partitions.
    void sendWith(BiConsumer<PartitionId, Message> send) {
        this.send = send;
    }

    /// Does what a phase of a recovery is for, at its end.
    void phaseDone(PartitionId recovered, RecoveryPhase phase) {
        switch (phase) {
            case REDISTRIBUTING -> move(placement.spread(recovered, healthyExcept(recovered)));
            case REBALANCING -> move(placement.fill(recovered, healthyExcept(recovered)));
            default -> {}
        }
    }

    private void move(List<Placement.Move> moves) {
        version++;
        var owners = new LinkedHashSet<PartitionId>();
        for (var move : moves) {
            Kronos.observe(new EntitiesMoved(move.from(), move.to(), move.entities()));
            owners.add(move.from());
            owners.add(move.to());
        }
        owners.forEach(this::assign);
    }

    /// Tells a partition what it owns.
    void assign(PartitionId partition) {
        send.accept(partition, new Message.Assign(partition, placement.owned(partition), version));
    }

    private List<PartitionId> healthyExcept(PartitionId excluded) {
        return IntStream.range(0, partitions)
                .mapToObj(PartitionId::new)
                .filter(healthy)
                .filter(id -> !id.equals(excluded))
                .toList();
    }
}
