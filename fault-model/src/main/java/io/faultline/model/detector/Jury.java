package io.faultline.model.detector;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.Actor;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.detector.Suspicions.Change;
import io.faultline.model.network.Message;
import io.faultline.model.network.Repeats;
import io.faultline.model.recovery.Coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Hears, beside the coordinator, what partitions say of those that they watch, and tells the
/// coordinator whom enough of them accuse.
///
/// A watcher is heard while the coordinator takes it to be healthy. Whoever has been suspected, has
/// failed or has started again is told to measure silence afresh, and what it said before is void:
/// somebody who was cut off has found everybody silent, and its messages may come much later.
@Entity
public class Jury extends Actor implements StatusListener {

    private final Coordinator coordinator;
    private final Accusations accusations;
    private final List<List<PartitionId>> watchedBy = new ArrayList<>();
    private final boolean[] unheard;
    private final Repeats starts;

    private List<Optional<PeerMonitor>> monitors = List.of();

    /// @param watchers of each partition, in order of rank
    public Jury(Node host, Coordinator coordinator, int needed, List<List<PartitionId>> watchers) {
        super("jury", host);
        this.coordinator = coordinator;
        this.accusations = new Accusations(needed, watchers);
        this.unheard = new boolean[watchers.size()];
        this.starts = new Repeats(watchers.size());
        for (int rank = 0; rank < watchers.size(); rank++) {
            watchedBy.add(new ArrayList<>());
        }
        for (int rank = 0; rank < watchers.size(); rank++) {
            for (var watcher : watchers.get(rank)) {
                watchedBy.get(watcher.rank()).add(new PartitionId(rank));
            }
        }
    }

    /// Those whom a partition watches, in order of rank.
    @NonEvent
    public List<PartitionId> watchedBy(PartitionId watcher) {
        return watchedBy.get(watcher.rank());
    }

    /// Introduces the jury to those that it hears, by rank.
    @NonEvent
    public void meet(List<Optional<PeerMonitor>> monitors) {
        this.monitors = monitors;
    }

    @Override
    protected void handle(Message message) {
        switch (message) {
            case Message.Testimony(
                            var partition,
                            var watcher,
                            var finding,
                            var strike,
                            var number) ->
                    accusations
                            .hear(partition, watcher, finding, strike, number)
                            .ifPresent(found -> found.tell(coordinator, partition));
            case Message.Watching(var watcher, var incarnation) -> {
                if (starts.isNew(watcher, incarnation, 1) && !unheard[watcher.rank()]) {
                    hearAfresh(watcher);
                }
            }
            default -> throw new IllegalArgumentException(this + " does not expect " + message);
        }
    }

    @Override
    public void statusChanged(Change change) {
        var partition = change.partition();
        boolean healthy = change.to() == PartitionStatus.HEALTHY;
        unheard[partition.rank()] = !healthy;
        if (!healthy) {
            watchedBy(partition).forEach(other -> strike(other, partition));
            if (change.to() == PartitionStatus.SUSPECTED
                    && change.reason() != StatusReason.HEARTBEAT_MISS) {
                doubt(partition);
            }
            return;
        }
        hearAfresh(partition);
        switch (change.reason()) {
            case RECOVERED, OPERATOR ->
                    accusations
                            .watchersOf(partition)
                            .forEach(watcher -> measureAfresh(partition, watcher));
            default ->
                    accusations
                            .accusersOf(partition)
                            .forEach(watcher ->
                                    send(watcher, new Message.Doubt(partition, watcher)));
        }
    }

    @Override
    public void doubt(PartitionId partition) {
        for (var watcher : accusations.watchersOf(partition)) {
            if (!unheard[watcher.rank()]) {
                send(watcher, new Message.Doubt(partition, watcher));
            }
        }
    }

    /// What was said is forgotten, and what is on its way is lost: everybody measures silence
    /// afresh.
    @Override
    @NonEvent
    public void nodeRestarted() {
        for (int rank = 0; rank < unheard.length; rank++) {
            hearAfresh(new PartitionId(rank));
        }
    }

    /// Everything that a watcher has said is void.
    private void hearAfresh(PartitionId watcher) {
        watchedBy(watcher).forEach(partition -> measureAfresh(partition, watcher));
    }

    private void measureAfresh(PartitionId partition, PartitionId watcher) {
        strike(partition, watcher);
        if (!unheard[watcher.rank()]) {
            int strike = accusations.strikes(partition, watcher);
            send(watcher, new Message.MeasureAfresh(partition, watcher, strike));
        }
    }

    private void strike(PartitionId partition, PartitionId watcher) {
        if (accusations.strike(partition, watcher)) {
            Finding.ALIVE.tell(coordinator, partition);
        }
    }

    private void send(PartitionId watcher, Message message) {
        monitors.get(watcher.rank()).ifPresent(monitor -> send(monitor, message));
    }
}
