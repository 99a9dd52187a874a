package io.faultline.model.barrier;

import io.faultline.kernel.Timer;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.Actor;
import io.faultline.model.Turn;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.Partition;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.detector.StatusListener;
import io.faultline.model.detector.Suspicions.Change;
import io.faultline.model.network.Message;
import io.faultline.model.network.Repeats;
import io.faultline.model.observation.Observed.ReportKind;
import io.faultline.model.observation.Observed.RoundBroken;
import io.faultline.model.observation.Observed.RoundCompleted;
import io.faultline.model.observation.Observed.RoundOpened;
import io.faultline.model.observation.Observed.RoundWentOn;
import io.faultline.model.recovery.Coordinator;

import java.time.Duration;
import java.util.List;

/// The barrier at which all partitions meet that are not taken to be failed.
///
/// A round opens with its first arrival, or with the release of the one before, and must be
/// complete when the time-out has passed; an arrival at that very instant is in time. Otherwise the
/// round breaks: whoever is missing is reported once, in order of rank. Either way everybody is
/// released. A barrier may also let the round go on without them and report nobody; whoever comes
/// late is then released at once, until it has caught up with the others.
///
/// An arrival that comes twice counts once, however late it comes again.
@Entity
public class Barrier extends Actor implements StatusListener {

    private final BarrierSettings settings;
    private final Coordinator coordinator;
    private final Rounds rounds;
    private final Repeats arrivals;

    private List<Partition> partitions = List.of();

    private long releases;
    private long openedAt;
    private long endedAt = -1;
    private boolean inGap;
    private Timer end;

    public Barrier(Node host, BarrierSettings settings, Coordinator coordinator, int members) {
        super("barrier", host);
        this.settings = settings;
        this.coordinator = coordinator;
        this.rounds = new Rounds(members);
        this.arrivals = new Repeats(members);
    }

    /// Introduces the barrier to those who meet there.
    @NonEvent
    public void meet(List<Partition> partitions) {
        this.partitions = partitions;
    }

    /// Opens the first round, if it does not wait for an arrival.
    public void start() {
        if (!defers(() -> this.start())) {
            proceed();
        }
    }

    @Override
    protected void handle(Message message) {
        if (message instanceof Message.BarrierArrive(var partition, var incarnation, var number)) {
            if (!arrivals.isNew(partition, incarnation, number)) {
                return;
            }
            if (rounds.arrive(partition, incarnation)) {
                release(partitions.get(partition.rank()), ++releases);
            } else {
                proceed();
            }
        } else {
            throw new IllegalArgumentException(this + " does not expect " + message);
        }
    }

    @Override
    @NonEvent
    public void doubt(PartitionId partition) {}

    @Override
    public void statusChanged(Change change) {
        var partition = change.partition();
        switch (change.to()) {
            case FAILED -> {
                rounds.exclude(partition);
                proceed();
            }
            case HEALTHY -> {
                rounds.include(partition);
                proceed();
            }
            case SUSPECTED -> {}
        }
    }

    /// Opens a round if one is due, and ends it if everybody is there.
    private void proceed() {
        if (host().isUp() && !inGap && opens()) {
            openedAt = Kronos.currentTime();
            Kronos.observe(new RoundOpened(rounds.round(), rounds.expectedCount()));
            long now = host().clock().counted();
            end = alarm(settings.deadline(now) - now, () -> this.deadlinePassed());
        }
        if (rounds.isComplete()) {
            end.cancel();
            if (settings.poll().isZero()) {
                complete();
            } else {
                long now = host().clock().counted();
                end = alarm(settings.noticed(now, endedAt) - now, () -> this.completionNoticed());
            }
        }
    }

    private boolean opens() {
        return switch (settings.opens()) {
            case FIRST_ARRIVAL -> rounds.openIfAwaited();
            case RELEASE -> rounds.openIfExpected();
        };
    }

    private Timer alarm(long nanos, Runnable call) {
        return timer(nanos, Turn.TIMER.ofNobody(), call);
    }

    /// The barrier looks at the open round and finds everybody there.
    public void completionNoticed() {
        complete();
    }

    private void complete() {
        var took = Duration.ofNanos(Kronos.currentTime() - openedAt);
        Kronos.observe(new RoundCompleted(rounds.round(), took, rounds.last()));
        var present = rounds.present();
        Kronos.after(0, Turn.DELIVERY.ofNobody(), () -> coordinator.roundCompleted(present));
        rounds.close();
        release();
    }

    /// The time for the open round is over.
    public void deadlinePassed() {
        var missing = rounds.missing();
        switch (settings.onDeadline()) {
            case BREAK -> {
                Kronos.observe(new RoundBroken(rounds.round(), missing));
                for (var partition : missing) {
                    Kronos.after(
                            0,
                            Turn.DELIVERY.of(partition),
                            () -> coordinator.report(partition, ReportKind.BARRIER_TIMEOUT));
                }
                rounds.close();
            }
            case PROCEED -> {
                Kronos.observe(new RoundWentOn(rounds.round(), missing));
                rounds.goOn();
            }
        }
        release();
    }

    private void release(Partition partition, long number) {
        send(partition, new Message.BarrierRelease(partition.id(), number));
    }

    private void release() {
        endedAt = host().clock().counted();
        releases++;
        for (var partition : partitions) {
            if (rounds.concerns(partition.id())) {
                release(partition, releases);
            }
        }
        inGap = true;
        timer(settings.gap().toNanos(), Turn.DELIVERY.ofNobody(), () -> this.gapPassed());
    }

    /// The next round may open.
    public void gapPassed() {
        if (defers(() -> this.gapPassed())) {
            return;
        }
        inGap = false;
        proceed();
    }

    /// Arrivals that the barrier had noted are lost with its node, and so is the open round.
    @Override
    @NonEvent
    public void nodeCrashed() {
        rounds.close();
        rounds.forget();
        if (end != null) {
            end.cancel();
        }
    }

    /// Nobody may wait for a round that has been forgotten.
    @Override
    @NonEvent
    public void nodeRestarted() {
        releases++;
        partitions.forEach(partition -> release(partition, releases));
        Kronos.after(0, Turn.DELIVERY.ofNobody(), () -> this.start());
    }
}
