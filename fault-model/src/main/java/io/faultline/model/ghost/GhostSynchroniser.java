package io.faultline.model.ghost;

import io.faultline.kernel.Timer;
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
import java.util.List;

/// Keeps the ghosts of one partition up to date: asks its neighbours once in a period, answers
/// them, and tells the coordinator who does not answer, and who does so again.
///
/// Both asking and answering take their turn in the queue of the node. While operations are paused
/// nobody is asked.
@Entity
public class GhostSynchroniser extends Actor {

    private final PartitionId partition;
    private final GhostSettings settings;
    private final Actor coordinator;
    private final List<GhostSynchroniser> all;
    private final Neighbours neighbours;

    private int said;
    private boolean started;
    private long first;
    private Timer next;

    private GhostSynchroniser(
            Partition partition,
            int partitions,
            GhostSettings settings,
            Actor coordinator,
            List<GhostSynchroniser> all) {
        super(partition.id() + ".ghosts", partition.host());
        this.partition = partition.id();
        this.settings = settings;
        this.coordinator = coordinator;
        this.all = all;
        this.neighbours = new Neighbours(partition.id(), partitions, settings.neighbours());
    }

    /// One for each partition, each knowing the others.
    public static List<GhostSynchroniser> of(
            List<Partition> partitions, GhostSettings settings, Actor coordinator) {
        var synchronisers = new ArrayList<GhostSynchroniser>();
        var all = Collections.unmodifiableList(synchronisers);
        for (var partition : partitions) {
            synchronisers.add(
                    new GhostSynchroniser(
                            partition, partitions.size(), settings, coordinator, all));
        }
        return all;
    }

    /// Begins, now or when the node is up.
    public void start() {
        started = true;
        first = Kronos.currentTime();
        if (host().isUp()) {
            schedule(0);
        }
    }

    private void schedule(long nanos) {
        next = Kronos.timer(nanos, Turn.DELIVERY.of(partition), () -> this.synchronise());
    }

    /// It is time to synchronise.
    public void synchronise() {
        schedule(settings.interval().toNanos());
        var asked = neighbours.begin();
        if (!asked.isEmpty()) {
            long round = neighbours.round();
            int incarnation = host().incarnation();
            Kronos.after(
                    settings.timeout().toNanos(),
                    Turn.TIMER.of(partition),
                    () -> this.timedOut(incarnation, round));
            for (var neighbour : asked) {
                afterBacklog(() -> this.ask(incarnation, neighbour, round));
            }
        }
    }

    /// The question leaves.
    public void ask(int incarnation, PartitionId neighbour, long round) {
        if (isStill(incarnation)) {
            send(all.get(neighbour.rank()), new Message.GhostSync(partition, round));
        }
    }

    @Override
    protected void handle(Message message) {
        switch (message) {
            case Message.GhostSync(var asking, var round) -> {
                int incarnation = host().incarnation();
                afterBacklog(() -> this.answer(incarnation, asking, round));
            }
            case Message.GhostAck(var neighbour, var round) -> {
                if (neighbours.answered(neighbour, round)) {
                    send(
                            coordinator,
                            new Message.SyncSucceeded(
                                    neighbour, partition, host().incarnation(), ++said));
                }
            }
            case Message.Pause _ -> neighbours.pause();
            case Message.Resume _ -> neighbours.resume();
            default -> throw new IllegalArgumentException(this + " does not expect " + message);
        }
    }

    /// The answer leaves.
    public void answer(int incarnation, PartitionId asking, long round) {
        if (isStill(incarnation)) {
            send(all.get(asking.rank()), new Message.GhostAck(partition, round));
        }
    }

    /// The time for the answers of a round is over.
    public void timedOut(int incarnation, long round) {
        if (isStill(incarnation)) {
            for (var neighbour : neighbours.timedOut(round)) {
                send(
                        coordinator,
                        new Message.SyncFailed(neighbour, partition, incarnation, ++said));
            }
        }
    }

    @Override
    @NonEvent
    public void nodeCrashed() {
        if (next != null) {
            next.cancel();
        }
        neighbours.forget();
        said = 0;
    }

    @Override
    @NonEvent
    public void nodeRestarted() {
        if (started) {
            long late = (Kronos.currentTime() - first) % settings.interval().toNanos();
            schedule(late == 0 ? 0 : settings.interval().toNanos() - late);
        }
    }

    private void afterBacklog(Runnable call) {
        host().enqueue(0, Turn.DELIVERY.of(partition), call);
    }

    private boolean isStill(int incarnation) {
        return host().isUp() && host().incarnation() == incarnation;
    }
}
