package io.faultline.model.recovery;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.Actor;
import io.faultline.model.Protocol;
import io.faultline.model.Turn;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.Partition;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.detector.FaultHandler;
import io.faultline.model.detector.StatusListener;
import io.faultline.model.detector.Suspicions;
import io.faultline.model.detector.Suspicions.Change;
import io.faultline.model.listener.Subscribers;
import io.faultline.model.network.Message;
import io.faultline.model.network.Repeats;
import io.faultline.model.observation.Observed.LateHeartbeat;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.QuorumRestored;
import io.faultline.model.observation.Observed.ReportKind;
import io.faultline.model.observation.Observed.Reported;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.quorum.View;

import java.util.List;
import java.util.Optional;

/// Decides who has failed and what is done about it: it keeps the status of every partition, judges
/// the quorum when one fails, admits and retries recoveries, pauses operations for them, and leaves
/// to an operator what it cannot mend.
///
/// All that happens to it is an event here; what follows is in its parts, which work within these
/// events: what it believes ([View], [Confirmations]), what it does about failures ([Recoveries],
/// [Pauses]), and who owns what ([Redistribution]). A step, such as the end of a recovery with all
/// that follows from it, is one event.
///
/// Its state is durable: while its node is down it does nothing, and what fell due in the meantime
/// happens when the node starts again. Messages are not durable: partitions are then told anew.
@Entity
public final class Coordinator extends Actor implements FaultHandler {

    private final View view;
    private final Suspicions suspicions;
    private final Confirmations confirmations;
    private final Redistribution redistribution;
    private final PhaseWork phaseWork;
    private final Pauses pauses;
    private final Recoveries recoveries;
    private final long[] firstReports;
    private final Repeats joins;
    private final Repeats complaints;
    private final Subscribers subscribers = new Subscribers();

    private List<Partition> partitions = List.of();
    private Optional<Actor> balancer = Optional.empty();
    private List<Prevention> prevented = List.of();

    public Coordinator(Node host, Protocol protocol, int partitions, int entitiesEach) {
        super("coordinator", host);
        var settings = protocol.recovery();
        this.view = new View(protocol, partitions, QuorumLost::new, QuorumRestored::new);
        this.suspicions = view.suspicions();
        this.confirmations = new Confirmations(protocol.suspicion(), partitions, this);
        this.redistribution =
                new Redistribution(settings, partitions, entitiesEach, this::isHealthy);
        this.phaseWork = new PhaseWork(settings, redistribution);
        this.pauses = new Pauses(settings, suspicions, this);
        this.recoveries = new Recoveries(settings, view, redistribution, pauses, phaseWork, this);
        this.firstReports = new long[partitions];
        this.joins = new Repeats(partitions);
        this.complaints = new Repeats(partitions);
    }

    /// Introduces the coordinator to the partitions that it looks after.
    @NonEvent
    public void meet(List<Partition> partitions) {
        this.partitions = partitions;
        phaseWork.meet(partitions);
        redistribution.sendWith(this::sendTo);
    }

    /// Introduces the coordinator to those who move entities.
    @NonEvent
    public void meetMovers(List<Mover> movers) {
        redistribution.orderWith(order -> send(movers.get(order.partition().rank()), order));
    }

    /// Introduces the coordinator to who levels the load.
    @NonEvent
    public void meetBalancer(Actor balancer) {
        this.balancer = Optional.of(balancer);
    }

    /// Has an actor told what the coordinator believes.
    @NonEvent
    public void subscribe(StatusListener listener) {
        view.subscribe(listener);
    }

    /// Those outside of the model who listen to changes.
    @NonEvent
    public Subscribers subscribers() {
        return subscribers;
    }

    /// Exposes recoveries to something that makes them fail; running the result removes it.
    @NonEvent
    public Runnable expose(Hazard hazard) {
        return phaseWork.expose(hazard);
    }

    /// Has failures not happen, see [Prevention].
    @NonEvent
    public void prevent(List<Prevention> failures) {
        this.prevented = List.copyOf(failures);
    }

    // What is said of partitions.

    /// Somebody reports that a partition failed to do its part.
    public void report(PartitionId partition, ReportKind kind) {
        if (defers(() -> this.report(partition, kind))) {
            return;
        }
        if (suspicions.isUnreported(partition)) {
            firstReports[partition.rank()] = Kronos.currentTime();
        }
        var change = suspicions.report(partition, kind);
        Kronos.observe(new Reported(partition, kind, suspicions.inARow(partition, kind)));
        if (change.isPresent()) {
            follow(change.get());
            confirmations.await(partition);
        } else {
            view.doubted(partition);
        }
        recoveries.endStep();
    }

    /// Whether it believes that the partitions are a quorum.
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
        recoveries.endStep();
    }

    @Override
    public void confirm(PartitionId partition) {
        if (defers(() -> this.confirm(partition))) {
            return;
        }
        suspicions.suspect(partition, StatusReason.HEARTBEAT_MISS).ifPresent(this::follow);
        suspicions.fail(partition, StatusReason.HEARTBEAT_MISS).ifPresent(this::follow);
        recoveries.endStep();
    }

    /// A partition has said that it stops.
    public void left(PartitionId partition) {
        if (defers(() -> this.left(partition))) {
            return;
        }
        suspicions.suspect(partition, StatusReason.SAID_GOODBYE).ifPresent(this::follow);
        suspicions.fail(partition, StatusReason.SAID_GOODBYE).ifPresent(this::follow);
        recoveries.endStep();
    }

    @Override
    @NonEvent
    public void heardLate(PartitionId partition) {
        Kronos.observe(new LateHeartbeat(partition));
    }

    @Override
    public void alive(PartitionId partition) {
        if (defers(() -> this.alive(partition))) {
            return;
        }
        suspicions.alive(partition).ifPresent(this::follow);
        recoveries.afterReturn();
        recoveries.endStep();
    }

    /// A barrier round was completed by these partitions.
    public void roundCompleted(List<PartitionId> present) {
        if (defers(() -> this.roundCompleted(present))) {
            return;
        }
        for (var partition : present) {
            suspicions.alive(partition).ifPresent(this::follow);
        }
        recoveries.afterReturn();
        recoveries.endStep();
    }

    /// Suspicion has stood for the confirmation time.
    public void confirmationDue(PartitionId partition) {
        if (defers(() -> this.confirmationDue(partition))) {
            return;
        }
        if (confirmations.look(partition)) {
            suspicions.fail(partition, StatusReason.CONFIRMED).ifPresent(this::follow);
        }
        recoveries.endStep();
    }

    @Override
    @NonEvent
    public void clockChanged() {
        confirmations.clockChanged();
    }

    /// What follows from a change of mind, whatever caused it.
    @NonEvent
    void follow(Change change) {
        if (change.to() == PartitionStatus.FAILED && isPrevented(change.partition())) {
            withdraw(change);
            return;
        }
        var partition = change.partition();
        subscribers.announce(
                new StatusChanged(partition, change.from(), change.to(), change.reason()));
        confirmations.cancel(partition);
        view.changed(change);
        if (change.to() == PartitionStatus.FAILED) {
            recoveries.failed(partition);
        } else if (change.from() == PartitionStatus.FAILED) {
            recoveries.returned(partition, change.reason() == StatusReason.RECOVERED);
        }
    }

    private boolean isPrevented(PartitionId partition) {
        return prevented.stream()
                .anyMatch(failure -> failure.concerns(partition, Kronos.currentTime()));
    }

    /// The partition is healed by an operator instead.
    private void withdraw(Change failure) {
        var partition = failure.partition();
        phaseWork.restart(partition);
        suspicions.restore(partition, StatusReason.OPERATOR);
        follow(
                new Change(
                        partition, failure.from(), PartitionStatus.HEALTHY, StatusReason.OPERATOR));
        recoveries.afterReturn();
    }

    private boolean isHealthy(PartitionId partition) {
        return suspicions.status(partition) == PartitionStatus.HEALTHY;
    }

    // What becomes of recoveries.

    /// Everybody who asks for a permit at this instant has done so: there are enough for all of
    /// them, or nobody gets one.
    public void arbitrate() {
        if (defers(() -> this.arbitrate())) {
            return;
        }
        recoveries.arbitrate();
        recoveries.endStep();
    }

    /// A recovery has waited too long for its turn.
    public void lockTimedOut(PartitionId partition) {
        if (defers(() -> this.lockTimedOut(partition))) {
            return;
        }
        recoveries.lockTimedOut(partition);
        recoveries.endStep();
    }

    /// The time for operations in flight is over.
    public void pauseTimedOut(int pause) {
        if (defers(() -> this.pauseTimedOut(pause))) {
            return;
        }
        recoveries.pauseTimedOut(pause);
        recoveries.endStep();
    }

    /// An attempt is over.
    public void attemptFinished(
            PartitionId partition, int attempt, boolean succeeded, boolean inconsistent) {
        if (defers(() -> this.attemptFinished(partition, attempt, succeeded, inconsistent))) {
            return;
        }
        recoveries.attemptFinished(partition, attempt, succeeded, inconsistent);
        recoveries.endStep();
    }

    /// The wait after a failed attempt is over.
    public void retry(PartitionId partition) {
        if (defers(() -> this.retry(partition))) {
            return;
        }
        recoveries.retry(partition);
        recoveries.endStep();
    }

    // What messages say.

    @Override
    protected void handle(Message message) {
        switch (message) {
            case Message.Quiesced(var partition, var pause) ->
                    recoveries.quiesced(partition, pause);
            case Message.Join(var partition, var incarnation) -> {
                if (joins.isNew(partition, incarnation, 1)) {
                    welcome(partition);
                    redistribution.joined(partition);
                }
            }
            case Message.Goodbye(var partition, var incarnation) -> {
                if (joins.isNew(partition, incarnation, 2)) {
                    Kronos.after(0, Turn.DELIVERY.of(partition), () -> this.left(partition));
                }
            }
            case Message.Transferred batch -> redistribution.transferred(batch);
            case Message.Move move -> balance(move);
            case Message.SyncFailed(var partition, var by, var incarnation, var number) -> {
                if (complaints.isNew(by, incarnation, number)) {
                    Kronos.after(
                            0,
                            Turn.DELIVERY.of(partition),
                            () -> this.report(partition, ReportKind.SYNC_FAILURE));
                }
            }
            case Message.SyncSucceeded(var partition, var by, var incarnation, var number) -> {
                if (complaints.isNew(by, incarnation, number)) {
                    Kronos.after(0, Turn.DELIVERY.of(partition), () -> this.alive(partition));
                }
            }
            default -> throw new IllegalArgumentException(this + " does not expect " + message);
        }
    }

    /// Moves entities if no recovery is under way and both partitions are healthy.
    private void balance(Message.Move move) {
        boolean allowed = pauses.isOver() && isHealthy(move.partition()) && isHealthy(move.to());
        redistribution.balance(
                move.partition(),
                move.to(),
                allowed ? move.entities() : 0,
                moved ->
                        balancer.ifPresent(actor ->
                                send(
                                        actor,
                                        new Message.Moved(move.partition(), moved, move.round()))));
    }

    /// What partitions asked or answered in the meantime is lost, as is what was to be sent to them
    /// again: each is told anew, and answers anew if it is to pause.
    @Override
    @NonEvent
    public void nodeRestarted() {
        partitions.forEach(partition -> welcome(partition.id()));
        redistribution.restarted();
    }

    /// Tells a partition what it owns and whether operations are paused.
    private void welcome(PartitionId partition) {
        redistribution.assign(partition);
        pauses.tell(partition);
    }

    // What operators do.

    /// An operator has repaired a partition and declares it healthy.
    public void operatorHeal(PartitionId partition) {
        if (defers(() -> this.operatorHeal(partition))) {
            return;
        }
        suspicions.restore(partition, StatusReason.OPERATOR).ifPresent(this::follow);
        redistribution.assign(partition);
        recoveries.afterReturn();
        recoveries.endStep();
    }

    /// An operator asks for another recovery of a failed partition.
    public void operatorRetry(PartitionId partition) {
        if (defers(() -> this.operatorRetry(partition))) {
            return;
        }
        recoveries.operatorRetry(partition);
        recoveries.endStep();
    }

    /// An operator has the attempt that runs broken off, and another one begun in its place.
    public void operatorRestart(PartitionId partition) {
        if (defers(() -> this.operatorRestart(partition))) {
            return;
        }
        recoveries.operatorRestart(partition);
        recoveries.endStep();
    }

    // What a monitor may ask.

    /// How it is doing.
    @NonEvent
    public Vitals vitals() {
        return recoveries.vitals();
    }

    /// When the first of the reports in a row came in that stand against a partition, if any do.
    @NonEvent
    public Optional<Long> firstReport(PartitionId partition) {
        return suspicions.isUnreported(partition)
                ? Optional.empty()
                : Optional.of(firstReports[partition.rank()]);
    }

    /// Sends a message to a partition.
    @NonEvent
    void sendTo(PartitionId partition, Message message) {
        send(partitions.get(partition.rank()), message);
    }
}
