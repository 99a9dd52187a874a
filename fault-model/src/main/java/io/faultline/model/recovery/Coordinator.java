package io.faultline.model.recovery;

import io.faultline.kernel.Timer;
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
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.detector.Suspicions;
import io.faultline.model.detector.Suspicions.Change;
import io.faultline.model.listener.Subscribers;
import io.faultline.model.network.Message;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.AttemptRestarted;
import io.faultline.model.observation.Observed.Drained;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.EscalationCause;
import io.faultline.model.observation.Observed.LateHeartbeat;
import io.faultline.model.observation.Observed.Livelock;
import io.faultline.model.observation.Observed.LockCollided;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockRefused;
import io.faultline.model.observation.Observed.LockReleased;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.LockTimedOut;
import io.faultline.model.observation.Observed.PauseTimedOut;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.Queued;
import io.faultline.model.observation.Observed.Quiesced;
import io.faultline.model.observation.Observed.QuorumJudged;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.QuorumRestored;
import io.faultline.model.observation.Observed.ReportKind;
import io.faultline.model.observation.Observed.Reported;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.observation.Observed.RetryScheduled;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.quorum.Electorate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Consumer;

/// Decides who has failed and what is done about it: it keeps the status of every partition, judges
/// the quorum when one fails, admits and retries recoveries, pauses operations for them, and leaves
/// to an operator what it cannot mend.
///
/// The rules are in plain values beside it ([Suspicions], [RecoveryLock], [Quiescence],
/// [Redistribution]); this actor turns what they say into messages, timers and observations. A
/// step, such as the end of a recovery with all that follows from it, is one event.
///
/// Its state is durable: while its node is down it does nothing, and what fell due in the meantime
/// happens when the node starts again. Messages are not durable: partitions are then told anew.
@Entity
public class Coordinator extends Actor implements FaultHandler {

    private final Protocol protocol;
    private final RecoverySettings settings;
    private final List<Level> levels;
    private final Suspicions suspicions;
    private final Electorate electorate;
    private final RecoveryLock lock;
    private final Quiescence quiescence;
    private final Redistribution redistribution;
    private final SequencedSet<PartitionId> backlog = new LinkedHashSet<>();
    private final SequencedSet<PartitionId> unquorate = new LinkedHashSet<>();
    private final List<Hazard> hazards = new ArrayList<>();
    private final Recovery[] running;
    private final int[] attempts;
    private final Timer[] confirmations;
    private final long[] confirmWhenShown;
    private final Timer[] lockTimeouts;
    private final Timer[] retries;
    private final long[] firstReports;

    private final List<StatusListener> listeners = new ArrayList<>();
    private final Subscribers subscribers = new Subscribers();

    private List<Partition> partitions = List.of();
    private Optional<Actor> balancer = Optional.empty();

    private boolean quorum = true;
    private boolean livelocked;
    private int pendingRetries;
    private long pausedAt;
    private int attemptsOver;
    private int successes;
    private Optional<Timer> pauseTimeout = Optional.empty();

    public Coordinator(Node host, Protocol protocol, int partitions, int entitiesEach) {
        super("coordinator", host);
        this.protocol = protocol;
        this.settings = protocol.recovery();
        this.levels = settings.strategy().levels(settings);
        this.suspicions = new Suspicions(protocol.suspicion(), partitions);
        this.electorate = new Electorate(suspicions, protocol.quorum(), protocol.census());
        this.lock = new RecoveryLock(settings.maxConcurrent(), settings.contention());
        this.quiescence = new Quiescence(settings.pause());
        this.redistribution =
                new Redistribution(
                        settings,
                        partitions,
                        entitiesEach,
                        id -> suspicions.status(id) == PartitionStatus.HEALTHY);
        this.running = new Recovery[partitions];
        this.attempts = new int[partitions];
        this.confirmations = new Timer[partitions];
        this.confirmWhenShown = new long[partitions];
        this.lockTimeouts = new Timer[partitions];
        this.retries = new Timer[partitions];
        this.firstReports = new long[partitions];
    }

    /// Introduces the coordinator to the partitions that it looks after.
    @NonEvent
    public void meet(List<Partition> partitions) {
        this.partitions = partitions;
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
        listeners.add(listener);
    }

    /// Those outside of the model who listen to changes.
    @NonEvent
    public Subscribers subscribers() {
        return subscribers;
    }

    /// Exposes recoveries to something that makes them fail; running the result removes it.
    @NonEvent
    public Runnable expose(Hazard hazard) {
        hazards.add(hazard);
        return () -> hazards.remove(hazard);
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
            if (protocol.suspicion().policy() == SuspicionPolicy.CONFIRMING) {
                awaitConfirmation(partition);
            }
        } else {
            tell(partition, listener -> listener.doubt(partition));
        }
        endStep();
    }

    @Override
    public void suspect(PartitionId partition) {
        if (defers(() -> this.suspect(partition))) {
            return;
        }
        suspicions.suspect(partition, StatusReason.HEARTBEAT_MISS).ifPresent(this::follow);
        endStep();
    }

    @Override
    public void confirm(PartitionId partition) {
        if (defers(() -> this.confirm(partition))) {
            return;
        }
        suspicions.suspect(partition, StatusReason.HEARTBEAT_MISS).ifPresent(this::follow);
        suspicions.fail(partition, StatusReason.HEARTBEAT_MISS).ifPresent(this::follow);
        endStep();
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
        afterReturn();
        endStep();
    }

    /// A barrier round was completed by these partitions.
    public void roundCompleted(List<PartitionId> present) {
        if (defers(() -> this.roundCompleted(present))) {
            return;
        }
        for (var partition : present) {
            suspicions.alive(partition).ifPresent(this::follow);
        }
        afterReturn();
        endStep();
    }

    /// Suspicion has stood for the confirmation time.
    public void confirmationDue(PartitionId partition) {
        if (defers(() -> this.confirmationDue(partition))) {
            return;
        }
        boolean suspectedAnew = confirmations[partition.rank()].isPending();
        if (!suspectedAnew) {
            if (isConfirmed(partition)) {
                suspicions.fail(partition, StatusReason.CONFIRMED).ifPresent(this::follow);
            } else {
                awaitPoll(partition);
            }
        }
        endStep();
    }

    private void awaitConfirmation(PartitionId partition) {
        long confirm = protocol.suspicion().confirm().toNanos();
        if (protocol.suspicion().poll().isZero()) {
            confirmIn(confirm, partition);
        } else {
            confirmWhenShown[partition.rank()] = host().clock().read() + confirm;
            awaitPoll(partition);
        }
    }

    /// Whoever polls compares what the clock shows.
    private boolean isConfirmed(PartitionId partition) {
        return protocol.suspicion().poll().isZero()
                || host().clock().read() >= confirmWhenShown[partition.rank()];
    }

    private void awaitPoll(PartitionId partition) {
        pollAt(host().clock().countedWhenShowing(confirmWhenShown[partition.rank()]), partition);
    }

    private void pollAt(long earliest, PartitionId partition) {
        long poll = protocol.suspicion().poll().toNanos();
        confirmIn(Math.ceilDiv(earliest, poll) * poll - host().clock().counted(), partition);
    }

    private void confirmIn(long nanos, PartitionId partition) {
        confirmations[partition.rank()] =
                timer(nanos, Turn.TIMER.of(partition), () -> this.confirmationDue(partition));
    }

    @Override
    @NonEvent
    public void clockChanged() {
        if (!protocol.suspicion().poll().isZero()) {
            for (var partition : partitions) {
                if (cancel(confirmations, partition.id())) {
                    pollAt(host().clock().counted(), partition.id());
                }
            }
        }
    }

    /// What follows from a change of mind, whatever caused it.
    private void follow(Change change) {
        var partition = change.partition();
        subscribers.announce(
                new StatusChanged(partition, change.from(), change.to(), change.reason()));
        cancel(confirmations, partition);
        observeQuorum();
        tell(partition, listener -> listener.statusChanged(change));
        if (change.to() == PartitionStatus.FAILED) {
            attempts[partition.rank()] = 0;
            redistribution.failed(partition);
            notWaitedFor(partition);
            judge(partition);
        } else if (change.from() == PartitionStatus.FAILED) {
            dropPlansFor(partition);
        }
    }

    /// Nothing need be done any more about a partition that is healthy again.
    private void dropPlansFor(PartitionId partition) {
        backlog.remove(partition);
        unquorate.remove(partition);
        if (cancel(retries, partition)) {
            pendingRetries--;
        }
    }

    private void observeQuorum() {
        boolean now = electorate.isQuorate();
        if (now != quorum) {
            quorum = now;
            int active = electorate.active();
            int total = electorate.total();
            Kronos.observe(now ? new QuorumRestored(active, total) : new QuorumLost(active, total));
        }
    }

    // What is done about a failed partition.

    /// Recovers it now, later, or not at all, depending on the quorum.
    private void judge(PartitionId partition) {
        int inProgress =
                settings.inProgress() == InProgress.HOLDERS ? lock.holders() : lock.reservations();
        int state = electorate.state(inProgress);
        Kronos.observe(
                new QuorumJudged(
                        partition, state, electorate.active(), inProgress, electorate.total()));
        switch (state) {
            case 1 -> request(partition);
            case 2 -> putOff(partition);
            default -> {
                Kronos.observe(new Escalated(partition, EscalationCause.QUORUM_LOST));
                if (settings.requeueEscalated()) {
                    unquorate.add(partition);
                }
            }
        }
    }

    private void request(PartitionId partition) {
        switch (lock.request(partition, electorate.isQuorate(), Kronos.currentTime())) {
            case RecoveryLock.Granted() -> {
                Kronos.observe(new LockReserved(partition));
                granted(partition, Duration.ZERO);
            }
            case RecoveryLock.Waits() -> {
                Kronos.observe(new LockReserved(partition));
                lockTimeouts[partition.rank()] =
                        timer(
                                settings.lockTimeout().toNanos(),
                                Turn.TIMER.of(partition),
                                () -> this.lockTimedOut(partition));
            }
            case RecoveryLock.Contends(var first) -> {
                Kronos.observe(new LockReserved(partition));
                if (first) {
                    Kronos.after(0, Turn.SAMPLING.ofNobody(), () -> this.arbitrate());
                }
            }
            case RecoveryLock.Refused(var cause) ->
                    Kronos.observe(new LockRefused(partition, cause));
        }
    }

    /// Everybody who asks for a permit at this instant has done so: there are enough for all of
    /// them, or nobody gets one.
    public void arbitrate() {
        if (defers(() -> this.arbitrate())) {
            return;
        }
        var arbitration = lock.arbitrate();
        for (var partition : arbitration.contenders()) {
            if (arbitration.granted()) {
                granted(partition, Duration.ZERO);
            } else {
                Kronos.observe(new LockCollided(partition, arbitration.contenders().size()));
                failWithoutPhases(partition);
            }
        }
        endStep();
    }

    /// An attempt has failed before it could begin.
    private void failWithoutPhases(PartitionId partition) {
        int attempt = ++attempts[partition.rank()];
        countAttempt(partition, attempt, false, false);
        if (suspicions.status(partition) == PartitionStatus.FAILED) {
            retryOrEscalate(partition, attempt);
        }
    }

    private void putOff(PartitionId partition) {
        backlog.add(partition);
        Kronos.observe(new Queued(partition, backlog.size()));
    }

    /// A recovery has waited too long for its turn.
    public void lockTimedOut(PartitionId partition) {
        if (defers(() -> this.lockTimedOut(partition))) {
            return;
        }
        if (lock.giveUp(partition)) {
            Kronos.observe(new LockTimedOut(partition));
            if (suspicions.status(partition) == PartitionStatus.FAILED) {
                switch (settings.onLockTimeout()) {
                    case PUT_OFF -> putOff(partition);
                    case RETRY -> failWithoutPhases(partition);
                }
            }
        }
        endStep();
    }

    private void granted(PartitionId partition, Duration waited) {
        cancel(lockTimeouts, partition);
        Kronos.observe(new LockGranted(partition, waited));
        attempts[partition.rank()]++;
        if (quiescence.enter(partition)) {
            pause();
        }
        if (!quiescence.joinWait(partition)) {
            goAhead(partition);
        }
    }

    private void pause() {
        var awaited = new ArrayList<PartitionId>();
        for (var partition : partitions) {
            if (suspicions.status(partition.id()) != PartitionStatus.FAILED) {
                awaited.add(partition.id());
            }
        }
        quiescence.begin(awaited);
        pausedAt = Kronos.currentTime();
        Kronos.observe(new Paused());
        for (var partition : awaited) {
            sendTo(partition, new Message.Pause(partition, quiescence.pause()));
        }
        if (awaited.isEmpty()) {
            Kronos.observe(new Quiesced(Duration.ZERO));
        } else {
            int pause = quiescence.pause();
            pauseTimeout =
                    Optional.of(
                            timer(
                                    settings.pauseTimeout().toNanos(),
                                    Turn.TIMER.ofNobody(),
                                    () -> this.pauseTimedOut(pause)));
        }
    }

    @Override
    protected void handle(Message message) {
        switch (message) {
            case Message.Quiesced(var partition, var pause) -> {
                if (pause == quiescence.pause()) {
                    notWaitedFor(partition);
                }
            }
            case Message.Join(var partition) -> {
                welcome(partition);
                redistribution.joined(partition);
            }
            case Message.Transferred batch -> redistribution.transferred(batch);
            case Message.Move move -> balance(move);
            case Message.SyncFailed(var partition) ->
                    Kronos.after(
                            0,
                            Turn.DELIVERY.of(partition),
                            () -> this.report(partition, ReportKind.SYNC_FAILURE));
            case Message.SyncSucceeded(var partition) ->
                    Kronos.after(0, Turn.DELIVERY.of(partition), () -> this.alive(partition));
            default -> throw new IllegalArgumentException(this + " does not expect " + message);
        }
    }

    /// Moves entities if no recovery is under way and both partitions are healthy.
    private void balance(Message.Move move) {
        boolean allowed =
                quiescence.state() == Quiescence.State.RUNNING
                        && suspicions.status(move.partition()) == PartitionStatus.HEALTHY
                        && suspicions.status(move.to()) == PartitionStatus.HEALTHY;
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
        int pause = quiescence.pause();
        sendTo(
                partition,
                quiescence.isPaused()
                        ? new Message.Pause(partition, pause)
                        : new Message.Resume(partition, pause));
    }

    private void notWaitedFor(PartitionId partition) {
        if (quiescence.done(partition)) {
            pauseTimeout.ifPresent(Timer::cancel);
            Kronos.observe(new Quiesced(sincePause()));
            quiescence.release().forEach(this::goAhead);
        }
    }

    /// The time for operations in flight is over.
    public void pauseTimedOut(int pause) {
        if (defers(() -> this.pauseTimedOut(pause))) {
            return;
        }
        int inFlight = quiescence.awaitedCount();
        if (quiescence.timeOut(pause)) {
            Kronos.observe(new PauseTimedOut(inFlight));
            quiescence.release().forEach(this::goAhead);
        }
        endStep();
    }

    /// Begins an attempt now that the wait for operations in flight is over, or aborts it if they
    /// are in flight even so.
    private void goAhead(PartitionId partition) {
        boolean timedOut = quiescence.state() == Quiescence.State.TIMED_OUT;
        int attempt = attempts[partition.rank()];
        if (timedOut && settings.onPauseTimeout() == OnPauseTimeout.ABORT) {
            attemptOver(partition, attempt, false, false);
        } else {
            int level = Math.min((attempt - 1) / settings.attempts(), levels.size() - 1);
            begin(
                    new Recovery(
                            partition, attempt, !quiescence.isQuiet(), levels.get(level), this),
                    partition);
        }
    }

    private void begin(Recovery recovery, PartitionId partition) {
        running[partition.rank()] = recovery;
        recovery.begin(settings.timeout());
    }

    /// Whether, at the end of a phase, something outside has made it fail.
    @NonEvent
    boolean isStruck(PartitionId partition, RecoveryPhase phase) {
        boolean struck = false;
        for (var hazard : hazards) {
            struck |= hazard.strikes(partition, phase);
        }
        return struck;
    }

    /// Begins, on behalf of a recovery and in its event, with what a phase is for. Entities that
    /// come back over the network need a node that is up.
    @NonEvent
    void phaseBegun(PartitionId partition, RecoveryPhase phase) {
        boolean up = partitions.get(partition.rank()).host().isUp();
        redistribution.phaseBegun(partition, phase, up);
        if (phase == RecoveryPhase.REBALANCING && settings.transfer().isPresent()) {
            restart(partition);
        }
    }

    /// How often the time of a phase passes before it is over.
    @NonEvent
    int rounds(RecoveryPhase phase) {
        return settings.rounds(phase, partitions.size());
    }

    /// Whether what a phase moves has arrived; if not, `whenComplete` is run when it has.
    @NonEvent
    boolean isComplete(PartitionId partition, Runnable whenComplete) {
        return redistribution.isComplete(partition, whenComplete);
    }

    /// Does, on behalf of a recovery and in its event, what a phase is for.
    @NonEvent
    void phaseDone(PartitionId partition, RecoveryPhase phase) {
        redistribution.phaseDone(partition, phase);
    }

    /// Has, on behalf of a recovery, the partition's node started again if it is down.
    @NonEvent
    void restart(PartitionId partition) {
        partitions.get(partition.rank()).host().restart();
    }

    /// An attempt is over.
    public void attemptFinished(
            PartitionId partition, int attempt, boolean succeeded, boolean inconsistent) {
        if (defers(() -> this.attemptFinished(partition, attempt, succeeded, inconsistent))) {
            return;
        }
        attemptOver(partition, attempt, succeeded, inconsistent || !quiescence.isQuiet());
        endStep();
    }

    private void attemptOver(
            PartitionId partition, int attempt, boolean succeeded, boolean inconsistent) {
        running[partition.rank()] = null;
        countAttempt(partition, attempt, succeeded, inconsistent);
        redistribution.attemptOver(partition);
        if (succeeded) {
            suspicions.restore(partition, StatusReason.RECOVERED).ifPresent(this::follow);
            redistribution.assign(partition);
        }
        leave(partition);
        if (suspicions.status(partition) == PartitionStatus.FAILED) {
            retryOrEscalate(partition, attempt);
        } else if (succeeded) {
            checkBacklog();
        } else {
            afterReturn();
        }
    }

    private void countAttempt(
            PartitionId partition, int attempt, boolean succeeded, boolean inconsistent) {
        Kronos.observe(new AttemptFinished(partition, attempt, succeeded, inconsistent));
        attemptsOver++;
        successes += succeeded ? 1 : 0;
    }

    private void leave(PartitionId partition) {
        if (quiescence.leave(partition)) {
            if (!quiescence.isAwaited()) {
                pauseTimeout.ifPresent(Timer::cancel);
            }
            Kronos.observe(new Resumed(sincePause()));
            for (var other : partitions) {
                sendTo(other.id(), new Message.Resume(other.id(), quiescence.pause()));
            }
        }
        var next = lock.release(partition);
        Kronos.observe(new LockReleased(partition));
        next.ifPresent(served ->
                granted(
                        served.partition(),
                        Duration.ofNanos(Kronos.currentTime() - served.since())));
    }

    private void retryOrEscalate(PartitionId partition, int attempt) {
        if (attempt < settings.attempts() * levels.size()) {
            var backoff = backoffAfter(partition, attempt);
            Kronos.observe(new RetryScheduled(partition, attempt, backoff));
            pendingRetries++;
            retries[partition.rank()] =
                    timer(backoff.toNanos(), Turn.TIMER.of(partition), () -> this.retry(partition));
        } else {
            Kronos.observe(new Escalated(partition, EscalationCause.RETRIES_EXHAUSTED));
            afterReturn();
        }
    }

    /// The wait after a failed attempt; there is none before the next level of the strategy.
    private Duration backoffAfter(PartitionId partition, int attempt) {
        int tried = (attempt - 1) % settings.attempts() + 1;
        if (tried == settings.attempts()) {
            return Duration.ZERO;
        }
        var backoff = settings.backoff();
        return backoff.jitter()
                .vary(backoff.after(tried), Kronos.random("recovery.backoff/" + partition));
    }

    /// The wait after a failed attempt is over.
    public void retry(PartitionId partition) {
        if (defers(() -> this.retry(partition))) {
            return;
        }
        pendingRetries--;
        if (isLeftAlone(partition)) {
            judge(partition);
        }
        endStep();
    }

    /// Whether a partition has failed and nothing is being done about it.
    private boolean isLeftAlone(PartitionId partition) {
        return suspicions.status(partition) == PartitionStatus.FAILED
                && !lock.isReserved(partition)
                && !backlog.contains(partition);
    }

    /// A partition has become healthy without a recovery, or a recovery has been given up.
    private void afterReturn() {
        if (settings.drain() == Drain.EVERY_RETURN) {
            checkBacklog();
        }
    }

    /// Starts every recovery that was put off, if there is a quorum.
    private void checkBacklog() {
        if (!electorate.isQuorate()) {
            return;
        }
        var escalated = List.copyOf(unquorate);
        unquorate.clear();
        escalated.forEach(this::putOff);
        if (!backlog.isEmpty()) {
            var drained = List.copyOf(backlog);
            backlog.clear();
            Kronos.observe(new Drained(drained.size()));
            drained.forEach(this::request);
        }
    }

    /// At the end of every step: does anything remain that could ever start the recoveries that
    /// were put off?
    private void endStep() {
        boolean quorate = electorate.isQuorate();
        boolean stuck =
                !backlog.isEmpty() && lock.reservations() == 0 && pendingRetries == 0 && !quorate;
        if (stuck && !livelocked) {
            Kronos.observe(new Livelock(backlog.size()));
        }
        if (backlog.isEmpty() || quorate) {
            livelocked = false;
        } else if (stuck) {
            livelocked = true;
        }
    }

    // What operators do.

    /// An operator has repaired a partition and declares it healthy.
    public void operatorHeal(PartitionId partition) {
        if (defers(() -> this.operatorHeal(partition))) {
            return;
        }
        suspicions.restore(partition, StatusReason.OPERATOR).ifPresent(this::follow);
        redistribution.assign(partition);
        afterReturn();
        endStep();
    }

    /// An operator asks for another recovery of a failed partition.
    public void operatorRetry(PartitionId partition) {
        if (defers(() -> this.operatorRetry(partition))) {
            return;
        }
        if (lock.isReserved(partition)) {
            request(partition);
        } else if (isLeftAlone(partition)) {
            if (cancel(retries, partition)) {
                pendingRetries--;
            }
            attempts[partition.rank()] = 0;
            unquorate.remove(partition);
            judge(partition);
        }
        endStep();
    }

    /// An operator has the attempt that runs broken off, and another one begun in its place.
    public void operatorRestart(PartitionId partition) {
        if (defers(() -> this.operatorRestart(partition))) {
            return;
        }
        var broken = running[partition.rank()];
        if (broken != null) {
            broken.breakOff();
            Kronos.observe(new AttemptRestarted(partition, broken.attempt()));
            redistribution.attemptOver(partition);
            attempts[partition.rank()] = broken.attempt() + 1;
            var next =
                    new Recovery(
                            partition,
                            broken.attempt() + 1,
                            !quiescence.isQuiet(),
                            broken.level(),
                            this);
            begin(next, partition);
        }
        endStep();
    }

    // What a monitor may ask.

    /// How it is doing.
    @NonEvent
    public Vitals vitals() {
        return new Vitals(
                electorate.isQuorate(),
                backlog.size(),
                attemptsOver,
                successes,
                quiescence.awaitedCount() > 0 ? sincePause() : Duration.ZERO);
    }

    /// When the first of the reports in a row came in that stand against a partition, if any do.
    @NonEvent
    public Optional<Long> firstReport(PartitionId partition) {
        return suspicions.isUnreported(partition)
                ? Optional.empty()
                : Optional.of(firstReports[partition.rank()]);
    }

    private void sendTo(PartitionId partition, Message message) {
        send(partitions.get(partition.rank()), message);
    }

    private void tell(PartitionId partition, Consumer<StatusListener> message) {
        for (var listener : listeners) {
            Kronos.after(0, Turn.DELIVERY.of(partition), () -> message.accept(listener));
        }
    }

    private Duration sincePause() {
        return Duration.ofNanos(Kronos.currentTime() - pausedAt);
    }

    private static boolean cancel(Timer[] timers, PartitionId partition) {
        var timer = timers[partition.rank()];
        return timer != null && timer.cancel();
    }
}
