package io.faultline.model.detector;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.detector.Suspicions.Change;
import io.faultline.model.network.Message;

import java.util.Arrays;

/// Listens to heartbeats on the node of the coordinator, or of another handler, and tells him at
/// once.
@Entity
public class CentralMonitor extends HeartbeatMonitor implements StatusListener {

    private final int[] watched;
    private final Healing healing;
    private final FaultHandler handler;

    /// @param watched the ranks of the partitions that it listens to, in ascending order
    public CentralMonitor(
            String name,
            Node host,
            HeartbeatTimeout settings,
            Healing healing,
            FaultHandler handler,
            int[] watched) {
        super(name, host, settings, watched);
        this.watched = watched;
        this.healing = healing;
        this.handler = handler;
    }

    @Override
    protected void handle(Message message) {
        if (message instanceof Message.Heartbeat(var partition)) {
            heard(partition);
        } else {
            throw new IllegalArgumentException(this + " does not expect " + message);
        }
    }

    @Override
    protected void say(PartitionId partition, Finding finding) {
        finding.tell(handler, partition);
    }

    @Override
    protected void heardLate(PartitionId partition) {
        handler.heardLate(partition);
    }

    @Override
    protected boolean standsByFailures() {
        return healing == Healing.BY_RECOVERY;
    }

    @Override
    public void doubt(PartitionId partition) {
        if (watches(partition)) {
            doubted(partition);
        }
    }

    @Override
    public void statusChanged(Change change) {
        var partition = change.partition();
        if (!watches(partition)) {
            return;
        }
        switch (change.to()) {
            case FAILED -> giveUp(partition);
            case HEALTHY -> {
                switch (change.reason()) {
                    case RECOVERED, OPERATOR -> trust(partition);
                    default -> absolve(partition);
                }
            }
            case SUSPECTED -> doubted(partition);
        }
    }

    private boolean watches(PartitionId partition) {
        return Arrays.binarySearch(watched, partition.rank()) >= 0;
    }

    @Override
    @NonEvent
    public void nodeRestarted() {
        listenAgain();
    }
}
