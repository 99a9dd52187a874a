package io.faultline.model.cluster;

import io.faultline.kernel.Timer;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.kernel.random.Distribution;
import io.faultline.model.Actor;
import io.faultline.model.Turn;
import io.faultline.model.network.Message;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationLost;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.workload.Discipline;
import io.faultline.model.workload.Workload;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The unit of the simulated system: it owns entities, serves operations, sends heartbeats and
/// meets the others at the barrier.
@Entity
public final class Partition extends Actor {

    private final PartitionId id;
    private final Duties duties;
    private final Optional<Clients> clients;
    private final Peers peers;
    private final Message.Heartbeat beat;

    private Optional<Actor> ghosts = Optional.empty();
    private int entities;
    private long assignment;
    private OperationTracker operations = new OperationTracker();
    private boolean waitingAtBarrier;
    private int arrivals;
    private long released;
    private boolean started;
    private long firstBeat;
    private long nextBeat;

    // What is to happen next; cancelled when the node crashes.
    private Timer nextHeartbeat;
    private Timer nextArrival;

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
    ///
    /// @param detectors who listen to its heartbeats
    public record Peers(
            List<? extends Actor> detectors,
            Optional<Actor> barrier,
            Optional<Actor> dependencies,
            Optional<Actor> balancer,
            Actor coordinator) {}

    public Partition(PartitionId id, Node host, int entities, Duties duties, Peers peers) {
        super(id.toString(), host);
        this.id = id;
        this.duties = duties;
        this.entities = entities;
        this.clients = duties.workload().map(workload -> new Clients(this, workload, entities));
        this.peers = peers;
        this.beat = new Message.Heartbeat(id);
    }

    /// Introduces the partition to who keeps its ghosts, on the same node.
    @NonEvent
    public void meetGhosts(Actor ghosts) {
        this.ghosts = Optional.of(ghosts);
    }

    @NonEvent
    public PartitionId id() {
        return id;
    }

    /// Begins to work, now or when its node is up.
    public void start() {
        started = true;
        duties.heartbeat().ifPresent(_ -> firstBeat = host().clock().counted());
        if (host().isUp()) {
            beginDuties();
        }
    }

    private void beginDuties() {
        duties.heartbeat()
                .ifPresent(period -> {
                    long now = host().clock().counted();
                    long late = (now - firstBeat) % period.toNanos();
                    scheduleHeartbeat(late == 0 ? now : now + period.toNanos() - late);
                });
        work();
        clients.ifPresent(c -> c.askFor(entities));
    }

    /// @param count what the node's clock will have counted then
    private void scheduleHeartbeat(long count) {
        nextBeat = count;
        nextHeartbeat =
                Kronos.timer(
                        host().clock().until(count), Turn.DELIVERY.of(id), () -> this.heartbeat());
    }

    @Override
    @NonEvent
    public void clockChanged() {
        if (nextHeartbeat != null && nextHeartbeat.isPending()) {
            nextHeartbeat.restart(host().clock().until(nextBeat));
        }
    }

    /// It is time for a heartbeat. It leaves when the node has done what it had to do before.
    public void heartbeat() {
        afterBacklog(() -> this.sendHeartbeat(host().incarnation()));
        duties.heartbeat()
                .ifPresent(period -> {
                    nextBeat += period.toNanos();
                    nextHeartbeat.restart(host().clock().until(nextBeat));
                });
    }

    /// The heartbeat leaves.
    public void sendHeartbeat(int incarnation) {
        if (isStill(incarnation)) {
            for (var detector : peers.detectors()) {
                send(detector, beat);
            }
        }
    }

    private void work() {
        duties.work()
                .ifPresent(work -> {
                    long nanos = work.sampleNanos(Kronos.random("barrier.work/" + id));
                    nextArrival = host().work(nanos, Turn.DELIVERY.of(id), () -> this.arrive());
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
            var arrival = new Message.BarrierArrive(id, incarnation, ++arrivals);
            peers.barrier().ifPresent(barrier -> send(barrier, arrival));
        }
    }

    /// The requests of clients that came while the node was paused are handled.
    ///
    /// @param since when the client asked first
    /// @param arrived when it asked this time
    public void handleRequest(Clients asking, long serviceNanos, long since, long arrived) {
        asking.ask(serviceNanos, since, arrived);
    }

    /// A client asks for an operation that takes a known time.
    ///
    /// @param arrived when it asked
    public void operation(long serviceNanos, long arrived) {
        operate(Discipline.QUEUE, serviceNanos, arrived);
    }

    /// Begins an operation, if the node is up and the partition does not refuse it.
    ///
    /// @param arrived when the client asked for it
    /// @return whether it was not refused
    boolean operate(Discipline discipline, long serviceNanos, long arrived) {
        if (!host().isUp()) {
            Kronos.observe(new OperationLost(id));
            return true;
        }
        if (host().isLeaving() || !operations.begin()) {
            Kronos.observe(new OperationRejected(id));
            return false;
        }
        int incarnation = host().incarnation();
        int turn = Turn.DELIVERY.of(id);
        Runnable done = () -> this.operationDone(incarnation, arrived);
        switch (discipline) {
            case QUEUE -> host().enqueue(serviceNanos, turn, done);
            case CONCURRENT -> host().work(serviceNanos, turn, done);
        }
        return true;
    }

    /// An operation that arrived at `since` is done.
    public void operationDone(int incarnation, long since) {
        if (isStill(incarnation)) {
            Kronos.observe(
                    new OperationCompleted(id, Duration.ofNanos(Kronos.currentTime() - since)));
            if (operations.end()) {
                send(peers.coordinator(), new Message.Quiesced(id, operations.pause()));
            }
            if (host().isLeaving()) {
                host().stopOnceDone(incarnation);
            }
        }
    }

    @Override
    @NonEvent
    public boolean isAtRest() {
        return operations.inFlight() == 0;
    }

    @Override
    @NonEvent
    public void nodeLeaves() {
        send(peers.coordinator(), new Message.Goodbye(id, host().incarnation()));
    }

    @Override
    protected void handle(Message message) {
        switch (message) {
            case Message.BarrierRelease(_, var number) -> {
                if (number > released) {
                    released = number;
                    goOn();
                }
            }
            case Message.Pause(_, var pause) -> {
                boolean atRest = operations.pause(pause);
                ghosts.ifPresent(actor -> send(actor, pauseOrResume(pause)));
                if (atRest) {
                    send(peers.coordinator(), new Message.Quiesced(id, pause));
                }
            }
            case Message.Resume(_, var pause) -> {
                operations.resume(pause);
                ghosts.ifPresent(actor -> send(actor, pauseOrResume(pause)));
            }
            case Message.LoadRequest(_, var round) -> {
                int incarnation = host().incarnation();
                afterBacklog(() -> this.reportLoad(incarnation, round));
            }
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

    private void goOn() {
        if (waitingAtBarrier) {
            waitingAtBarrier = false;
            work();
        }
    }

    /// The balancer is told what it asked.
    public void reportLoad(int incarnation, long round) {
        if (isStill(incarnation)) {
            var reply = new Message.LoadReply(id, entities, operations.isPaused(), round);
            peers.balancer().ifPresent(balancer -> send(balancer, reply));
        }
    }

    /// How things stand after a message of this pause.
    private Message pauseOrResume(int pause) {
        return operations.isPaused() ? new Message.Pause(id, pause) : new Message.Resume(id, pause);
    }

    /// The load follows the entities: a partition with twice as many is asked twice as often.
    private void own(int count) {
        entities = count;
        clients.ifPresent(c -> c.askFor(count));
    }

    @Override
    @NonEvent
    public void nodeCrashed() {
        cancel(nextHeartbeat);
        cancel(nextArrival);
        clients.ifPresent(Clients::stop);
        waitingAtBarrier = false;
        arrivals = 0;
        released = 0;
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
            send(peers.coordinator(), new Message.Join(id, host().incarnation()));
            beginDuties();
        }
    }

    private void afterBacklog(Runnable call) {
        host().enqueue(0, Turn.DELIVERY.of(id), call);
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
