package io.faultline.model.cluster;

import io.faultline.kernel.Timer;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.kernel.random.Distribution;
import io.faultline.kernel.random.Exponential;
import io.faultline.model.Actor;
import io.faultline.model.Turn;
import io.faultline.model.network.Message;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationLost;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.workload.Workload;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The unit of the simulated system: it owns entities, serves operations, sends heartbeats and
/// meets the others at the barrier.
@Entity
public class Partition extends Actor {

    private static final double NANOS_PER_SECOND = 1e9;

    private final PartitionId id;
    private final Duties duties;
    private final int entitiesAtStart;
    private final Peers peers;

    private int entities;
    private long assignment;
    private OperationTracker operations = new OperationTracker();
    private boolean waitingAtBarrier;
    private boolean started;
    private long firstBeat;

    // What is to happen next; cancelled when the node crashes.
    private Timer nextHeartbeat;
    private Timer nextArrival;
    private Timer nextOperation;

    /// What a partition does by itself.
    ///
    /// @param heartbeat the period of its heartbeats, if it sends any
    /// @param work how long it works between two barriers, if it goes there by itself
    /// @param workload what clients ask of it, if there are any
    public record Duties(
            Optional<Duration> heartbeat,
            Optional<Distribution> work,
            Optional<Workload> workload) {}

    /// Whom a partition talks to. Whom the system has none of is absent.
    public record Peers(
            List<Actor> detectors,
            Optional<Actor> barrier,
            Optional<Actor> dependencies,
            Actor coordinator) {}

    public Partition(PartitionId id, Node host, int entities, Duties duties, Peers peers) {
        super(id.toString(), host);
        this.id = id;
        this.duties = duties;
        this.entitiesAtStart = entities;
        this.entities = entities;
        this.peers = peers;
    }

    @NonEvent
    public PartitionId id() {
        return id;
    }

    /// Begins to work, now or when its node is up.
    public void start() {
        started = true;
        firstBeat = Kronos.currentTime();
        if (host().isUp()) {
            beginDuties();
        }
    }

    private void beginDuties() {
        long now = Kronos.currentTime();
        duties.heartbeat()
                .ifPresent(period -> {
                    long late = (now - firstBeat) % period.toNanos();
                    scheduleHeartbeat(late == 0 ? 0 : period.toNanos() - late);
                });
        work();
        scheduleOperation();
    }

    private void scheduleHeartbeat(long nanos) {
        nextHeartbeat = Kronos.timer(nanos, Turn.DELIVERY.of(id), () -> this.heartbeat());
    }

    /// It is time for a heartbeat. It leaves when the node has done what it had to do before.
    public void heartbeat() {
        afterBacklog(() -> this.sendHeartbeat(host().incarnation()));
        duties.heartbeat().ifPresent(period -> scheduleHeartbeat(period.toNanos()));
    }

    /// The heartbeat leaves.
    public void sendHeartbeat(int incarnation) {
        if (isStill(incarnation)) {
            peers.detectors().forEach(detector -> send(detector, new Message.Heartbeat(id)));
        }
    }

    private void work() {
        duties.work()
                .ifPresent(work -> {
                    long nanos = work.sampleNanos(Kronos.random("barrier.work/" + id));
                    nextArrival = Kronos.timer(nanos, Turn.DELIVERY.of(id), () -> this.arrive());
                });
    }

    /// The partition reaches the barrier. Its message leaves when the node has done what it had to
    /// do before.
    public void arrive() {
        if (host().isUp()) {
            waitingAtBarrier = true;
            afterBacklog(() -> this.sendArrival(host().incarnation()));
        }
    }

    /// The arrival at the barrier becomes known.
    public void sendArrival(int incarnation) {
        if (isStill(incarnation)) {
            peers.barrier()
                    .ifPresent(
                            barrier -> send(barrier, new Message.BarrierArrive(id, incarnation)));
        }
    }

    private void scheduleOperation() {
        duties.workload()
                .filter(_ -> entities > 0)
                .ifPresent(workload -> {
                    double perSecond = workload.rate().perSecond() * entities / entitiesAtStart;
                    long nanos =
                            new Exponential(NANOS_PER_SECOND / perSecond)
                                    .sampleNanos(Kronos.random("workload.arrival/" + id));
                    nextOperation =
                            Kronos.timer(nanos, Turn.DELIVERY.of(id), () -> this.clientCalls());
                });
    }

    /// A client of the workload asks for an operation.
    public void clientCalls() {
        duties.workload()
                .ifPresent(workload ->
                        operate(
                                workload.service()
                                        .sampleNanos(Kronos.random("workload.service/" + id))));
        scheduleOperation();
    }

    /// A client asks for an operation that takes a known time.
    public void operation(long serviceNanos) {
        operate(serviceNanos);
    }

    private void operate(long serviceNanos) {
        if (!host().isUp()) {
            Kronos.observe(new OperationLost(id));
        } else if (operations.begin()) {
            long now = Kronos.currentTime();
            int incarnation = host().incarnation();
            Kronos.after(
                    host().enqueue(serviceNanos),
                    Turn.DELIVERY.of(id),
                    () -> this.operationDone(incarnation, now));
        } else {
            Kronos.observe(new OperationRejected(id));
        }
    }

    /// An operation that arrived at `since` is done.
    public void operationDone(int incarnation, long since) {
        if (isStill(incarnation)) {
            Kronos.observe(
                    new OperationCompleted(id, Duration.ofNanos(Kronos.currentTime() - since)));
            if (operations.end()) {
                send(peers.coordinator(), new Message.Quiesced(id, operations.pause()));
            }
        }
    }

    @Override
    protected void handle(Message message) {
        switch (message) {
            case Message.BarrierRelease _ -> {
                if (waitingAtBarrier) {
                    waitingAtBarrier = false;
                    work();
                }
            }
            case Message.Pause(_, var pause) -> {
                if (operations.pause(pause)) {
                    send(peers.coordinator(), new Message.Quiesced(id, pause));
                }
            }
            case Message.Resume(_, var pause) -> operations.resume(pause);
            case Message.Assign(_, var count, var version) -> {
                if (version > assignment) {
                    assignment = version;
                    own(count);
                }
            }
            case Message.Rejoin(_, var request) ->
                    peers.dependencies()
                            .ifPresent(asker -> send(asker, new Message.Rejoined(id, request)));
            default -> throw new IllegalArgumentException(this + " does not expect " + message);
        }
    }

    /// The load follows the entities: a partition with twice as many is asked twice as often.
    private void own(int count) {
        entities = count;
        cancel(nextOperation);
        scheduleOperation();
    }

    @Override
    @NonEvent
    public void nodeCrashed() {
        cancel(nextHeartbeat);
        cancel(nextArrival);
        cancel(nextOperation);
        waitingAtBarrier = false;
        for (int i = 0; i < operations.inFlight(); i++) {
            Kronos.observe(new OperationLost(id));
        }
        operations = OperationTracker.pausedUntilTold();
        assignment = 0;
    }

    @Override
    @NonEvent
    public void nodeRestarted() {
        if (started) {
            send(peers.coordinator(), new Message.Join(id));
            beginDuties();
        }
    }

    private void afterBacklog(Runnable call) {
        Kronos.after(host().enqueue(0), Turn.DELIVERY.of(id), call);
    }

    private boolean isStill(int incarnation) {
        return host().isUp() && host().incarnation() == incarnation;
    }

    private static void cancel(Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
