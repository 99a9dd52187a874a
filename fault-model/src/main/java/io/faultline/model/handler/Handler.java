package io.faultline.model.handler;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.Actor;
import io.faultline.model.Protocol;
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
import io.faultline.model.quorum.View;

/// One of several who judge, each for himself, which partitions have failed and whether the others
/// are a quorum. He says what he would do and does nothing, so that what several coordinators
/// without consensus would come to can be seen.
///
/// What he observes has kinds of its own, and is told apart from that of other handlers by the
/// actor in the trace.
@Entity
public class Handler extends Actor implements FaultHandler {

    private final View view;
    private final Suspicions suspicions;

    public Handler(String name, Node host, Protocol protocol, int partitions) {
        super(name, host);
        this.view = new View(protocol, partitions, ViewQuorumLost::new, ViewQuorumRestored::new);
        this.suspicions = view.suspicions();
    }

    /// Has an actor told what the handler believes.
    @NonEvent
    public void subscribe(StatusListener listener) {
        view.subscribe(listener);
    }

    /// Whether he believes that the partitions are a quorum.
    @NonEvent
    public boolean isQuorate() {
        return view.electorate().isQuorate();
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
        view.changed(change);
        if (change.to() == PartitionStatus.FAILED) {
            var electorate = view.electorate();
            Kronos.observe(
                    new ViewJudged(
                            partition,
                            electorate.state(0),
                            electorate.active(),
                            electorate.total()));
        }
    }

    @Override
    protected void handle(Message message) {
        throw new IllegalArgumentException(this + " does not expect " + message);
    }
}
