package io.faultline.model.handler;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.Actor;
import io.faultline.model.Protocol;
import io.faultline.model.Turn;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.detector.FaultHandler;
import io.faultline.model.detector.StatusListener;
import io.faultline.model.detector.Suspicions;
import io.faultline.model.detector.Suspicions.Change;
import io.faultline.model.network.Message;
import io.faultline.model.observation.Observed.ViewChanged;
import io.faultline.model.observation.Observed.ViewJudged;
import io.faultline.model.observation.Observed.ViewQuorumLost;
import io.faultline.model.observation.Observed.ViewQuorumRestored;
import io.faultline.model.quorum.Electorate;

import java.util.ArrayList;
import java.util.List;

/// One of several who judge, each for himself, which partitions have failed and whether the others
/// are a quorum. He says what he would do and does nothing, so that what several coordinators
/// without consensus would come to can be seen.
///
/// What he observes has kinds of its own, and is told apart from that of other handlers by the
/// actor in the trace.
@Entity
public class Handler extends Actor implements FaultHandler {

    private final Suspicions suspicions;
    private final Electorate electorate;
    private final List<StatusListener> listeners = new ArrayList<>();
    private boolean quorum = true;

    public Handler(String name, Node host, Protocol protocol, int partitions) {
        super(name, host);
        this.suspicions = new Suspicions(protocol.suspicion(), partitions);
        this.electorate = new Electorate(suspicions, protocol.quorum(), protocol.census());
    }

    /// Has an actor told what the handler believes.
    @NonEvent
    public void subscribe(StatusListener listener) {
        listeners.add(listener);
    }

    @Override
    public void suspect(PartitionId partition) {
        if (defers(() -> this.suspect(partition))) {
            return;
        }
        suspicions.suspect(partition, StatusReason.HEARTBEAT_MISS).ifPresent(this::follow);
    }

    @Override
    public void confirm(PartitionId partition) {
        if (defers(() -> this.confirm(partition))) {
            return;
        }
        suspicions.suspect(partition, StatusReason.HEARTBEAT_MISS).ifPresent(this::follow);
        suspicions.fail(partition, StatusReason.HEARTBEAT_MISS).ifPresent(this::follow);
    }

    @Override
    public void alive(PartitionId partition) {
        if (defers(() -> this.alive(partition))) {
            return;
        }
        suspicions.alive(partition).ifPresent(this::follow);
    }

    /// Nobody recovers a partition for a handler, so this happens all the time after a split.
    @Override
    @NonEvent
    public void heardLate(PartitionId partition) {}

    private void follow(Change change) {
        var partition = change.partition();
        Kronos.observe(new ViewChanged(partition, change.from(), change.to()));
        observeQuorum();
        for (var listener : listeners) {
            Kronos.after(0, Turn.DELIVERY.of(partition), () -> listener.statusChanged(change));
        }
        if (change.to() == PartitionStatus.FAILED) {
            Kronos.observe(
                    new ViewJudged(
                            partition,
                            electorate.state(0),
                            electorate.active(),
                            electorate.total()));
        }
    }

    private void observeQuorum() {
        boolean now = electorate.isQuorate();
        if (now != quorum) {
            quorum = now;
            int active = electorate.active();
            int total = electorate.total();
            Kronos.observe(
                    now
                            ? new ViewQuorumRestored(active, total)
                            : new ViewQuorumLost(active, total));
        }
    }

    @Override
    protected void handle(Message message) {
        throw new IllegalArgumentException(this + " does not expect " + message);
    }
}
