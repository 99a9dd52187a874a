package io.faultline.model.dependency;

import io.faultline.kernel.Timer;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.Actor;
import io.faultline.model.Turn;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.Partition;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.detector.StatusListener;
import io.faultline.model.detector.Suspicions.Change;
import io.faultline.model.network.Message;
import io.faultline.model.observation.Observed.RejoinAsked;
import io.faultline.model.observation.Observed.RejoinSkipped;
import io.faultline.model.observation.Observed.RejoinTimedOut;
import io.faultline.model.observation.Observed.Rejoined;
import io.faultline.model.observation.Observed.ReportKind;
import io.faultline.model.recovery.Coordinator;

import java.time.Duration;
import java.util.List;

/// Asks a partition that came back, and all that depend on it, to join again. An answer speaks for
/// a partition; that none came in time is reported of it as a failed synchronisation.
///
/// With its node it forgets whom it asked.
@Entity
public class Rejoiner extends Actor implements StatusListener {

    private final DependencySettings settings;
    private final Coordinator coordinator;
    private final Cascade cascade;
    private final int[] requests;
    private final long[] askedAt;
    private final Timer[] timeouts;

    private List<Partition> partitions = List.of();

    public Rejoiner(
            Node host, DependencySettings settings, Coordinator coordinator, int partitions) {
        super("dependencies", host);
        this.settings = settings;
        this.coordinator = coordinator;
        this.cascade = new Cascade(settings, partitions);
        this.requests = new int[partitions];
        this.askedAt = new long[partitions];
        this.timeouts = new Timer[partitions];
    }

    /// Introduces it to those whom it asks.
    @NonEvent
    public void meet(List<Partition> partitions) {
        this.partitions = partitions;
    }

    @Override
    public void statusChanged(Change change) {
        if (change.from() == PartitionStatus.FAILED && change.to() == PartitionStatus.HEALTHY) {
            cameBack(change.partition());
        }
    }

    private void cameBack(PartitionId root) {
        for (var step : cascade.from(root, Kronos.currentTime())) {
            if (step.isTooSoon()) {
                Kronos.observe(
                        new RejoinSkipped(
                                root, step.partition(), Duration.ofNanos(step.lastVisit())));
            } else {
                Kronos.observe(new RejoinAsked(root, step.partition(), step.level()));
                ask(step.partition());
            }
        }
    }

    private void ask(PartitionId partition) {
        int rank = partition.rank();
        int request = ++requests[rank];
        askedAt[rank] = Kronos.currentTime();
        cancel(rank);
        timeouts[rank] =
                timer(
                        settings.rejoin().toNanos(),
                        Turn.TIMER.of(partition),
                        () -> this.timedOut(partition));
        send(partitions.get(rank), new Message.Rejoin(partition, request));
    }

    @Override
    protected void handle(Message message) {
        if (message instanceof Message.Rejoined(var partition, var request)) {
            if (request == requests[partition.rank()] && cancel(partition.rank())) {
                long took = Kronos.currentTime() - askedAt[partition.rank()];
                Kronos.observe(new Rejoined(partition, Duration.ofNanos(took)));
                Kronos.after(0, Turn.DELIVERY.of(partition), () -> coordinator.alive(partition));
            }
        } else {
            throw new IllegalArgumentException(this + " does not expect " + message);
        }
    }

    /// A partition has not joined in time.
    public void timedOut(PartitionId partition) {
        Kronos.observe(new RejoinTimedOut(partition));
        Kronos.after(
                0,
                Turn.DELIVERY.of(partition),
                () -> coordinator.report(partition, ReportKind.SYNC_FAILURE));
    }

    @Override
    @NonEvent
    public void nodeCrashed() {
        for (int rank = 0; rank < timeouts.length; rank++) {
            cancel(rank);
        }
    }

    @Override
    @NonEvent
    public void doubt(PartitionId partition) {}

    private boolean cancel(int rank) {
        return timeouts[rank] != null && timeouts[rank].cancel();
    }
}
