package io.faultline.model.recovery;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.Actor;
import io.faultline.model.Turn;
import io.faultline.model.cluster.Partition;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.Message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Sends entities of a partition, and takes entities in for it. Both cost the node time: what it
/// sends waits for its uplink, and what it takes in waits in the queue of all its work, together
/// with heartbeats and operations.
///
/// An order that comes twice is carried out once. A batch that comes twice is taken in twice, which
/// costs time again and changes nothing.
@Entity
public class Mover extends Actor {

    private final PartitionId partition;
    private final TransferSettings settings;
    private final Actor coordinator;
    private final List<Mover> all;
    private final Set<Long> carriedOut = new HashSet<>(); // never iterated

    private Mover(
            Partition partition, TransferSettings settings, Actor coordinator, List<Mover> all) {
        super(partition.id() + ".mover", partition.host());
        this.partition = partition.id();
        this.settings = settings;
        this.coordinator = coordinator;
        this.all = all;
    }

    /// One for each partition, each knowing the others.
    public static List<Mover> of(
            List<Partition> partitions, TransferSettings settings, Actor coordinator) {
        var movers = new ArrayList<Mover>();
        var all = Collections.unmodifiableList(movers);
        for (var partition : partitions) {
            movers.add(new Mover(partition, settings, coordinator, all));
        }
        return all;
    }

    @Override
    protected void handle(Message message) {
        switch (message) {
            case Message.TransferOrder order -> {
                if (carriedOut.add(order.order())) {
                    sendAll(order);
                }
            }
            case Message.Transfer batch -> takeIn(batch);
            default -> throw new IllegalArgumentException(this + " does not expect " + message);
        }
    }

    /// Batches leave one after another; those to the same node do not leave at all.
    private void sendAll(Message.TransferOrder order) {
        int incarnation = host().incarnation();
        var to = all.get(order.to().rank());
        int batches = 0;
        for (int left = order.entities(); left > 0; left -= settings.batch()) {
            int size = Math.min(left, settings.batch());
            var batch = new Message.Transfer(order.to(), size, order.order(), ++batches);
            int turn = Turn.DELIVERY.of(partition);
            if (to.host() == host()) {
                Kronos.after(0, turn, () -> this.sendBatch(incarnation, batch));
            } else {
                host().transmit(
                                settings.sending(size),
                                turn,
                                () -> this.sendBatch(incarnation, batch));
            }
        }
    }

    /// A batch leaves.
    public void sendBatch(int incarnation, Message.Transfer batch) {
        if (isStill(incarnation)) {
            send(all.get(batch.partition().rank()), batch);
        }
    }

    private void takeIn(Message.Transfer batch) {
        int incarnation = host().incarnation();
        host().enqueue(
                        settings.takingIn(batch.entities()),
                        Turn.DELIVERY.of(partition),
                        () -> this.takenIn(incarnation, batch));
    }

    /// The node has done its work on a batch.
    public void takenIn(int incarnation, Message.Transfer batch) {
        if (isStill(incarnation)) {
            send(
                    coordinator,
                    new Message.Transferred(
                            partition, batch.entities(), batch.order(), batch.batch()));
        }
    }

    @Override
    @NonEvent
    public void nodeCrashed() {
        carriedOut.clear();
    }

    private boolean isStill(int incarnation) {
        return host().isUp() && host().incarnation() == incarnation;
    }
}
