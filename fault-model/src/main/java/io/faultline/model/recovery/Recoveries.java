package io.faultline.model.recovery;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.detector.Suspicions;
import io.faultline.model.observation.Observed.Drained;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.EscalationCause;
import io.faultline.model.observation.Observed.Livelock;
import io.faultline.model.observation.Observed.Queued;
import io.faultline.model.observation.Observed.QuorumJudged;
import io.faultline.model.quorum.Electorate;
import io.faultline.model.quorum.View;

/// The part of the coordinator that recovers failed partitions: now, later, or not at all,
/// depending on the quorum. It says what follows from what between the judgement and the end of the
/// last attempt; the rules for each are in [Permits], [Pauses], [Attempts] and [Backlog].
final class Recoveries {

    private final RecoverySettings settings;
    private final Suspicions suspicions;
    private final Electorate electorate;
    private final Redistribution redistribution;
    private final Permits permits;
    private final Pauses pauses;
    private final PhaseWork work;
    private final Attempts attempts;
    private final Backlog backlog = new Backlog();
    private final Coordinator coordinator;

    // Of each partition, the pause in which its newest attempt began.
    private final int[] begunIn;

    Recoveries(
            RecoverySettings settings,
            View view,
            Redistribution redistribution,
            Pauses pauses,
            PhaseWork work,
            Coordinator coordinator) {
        this.settings = settings;
        this.suspicions = view.suspicions();
        this.electorate = view.electorate();
        this.redistribution = redistribution;
        this.permits = new Permits(settings, suspicions.total(), coordinator);
        this.pauses = pauses;
        this.work = work;
        this.attempts = new Attempts(settings, suspicions.total(), work, coordinator);
        this.coordinator = coordinator;
        this.begunIn = new int[suspicions.total()];
    }

    // From the judgement to the attempt.

    /// A partition has failed.
    void failed(PartitionId partition) {
        attempts.startAnew(partition);
        redistribution.failed(partition);
        pauses.notWaitedFor(partition).forEach(this::goAhead);
        judge(partition);
    }

    /// A partition that had failed is healthy: nothing need be done about it any more.
    ///
    /// @param recovered whether that is because its recovery is complete, which has yet to leave
    void returned(PartitionId partition, boolean recovered) {
        backlog.forget(partition);
        attempts.cancelRetry(partition);
        if (!recovered) {
            pauses.back(partition);
        }
    }

    private void judge(PartitionId partition) {
        int inProgress = permits.inProgress();
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
                    backlog.escalate(partition);
                }
            }
        }
    }

    private void request(PartitionId partition) {
        if (permits.request(partition, electorate.isQuorate())) {
            granted(partition);
        }
    }

    private void putOff(PartitionId partition) {
        backlog.putOff(partition);
        Kronos.observe(new Queued(partition, backlog.size()));
    }

    /// Everybody who asks for a permit at this instant has done so.
    void arbitrate() {
        permits.arbitrate(this::granted, this::failWithoutPhases);
    }

    /// A recovery has waited too long for its turn.
    void lockTimedOut(PartitionId partition) {
        if (permits.giveUp(partition) && suspicions.status(partition) == PartitionStatus.FAILED) {
            switch (settings.onLockTimeout()) {
                case PUT_OFF -> putOff(partition);
                case RETRY -> failWithoutPhases(partition);
            }
        }
    }

    /// An attempt has failed before it could begin.
    private void failWithoutPhases(PartitionId partition) {
        int attempt = attempts.next(partition);
        attempts.finish(partition, attempt, false, false);
        if (suspicions.status(partition) == PartitionStatus.FAILED) {
            retryOrEscalate(partition, attempt);
        }
    }

    private void granted(PartitionId partition) {
        attempts.next(partition);
        if (pauses.enter(partition)) {
            goAhead(partition);
        }
    }

    /// A partition says that no operation is in flight there.
    void quiesced(PartitionId partition, int pause) {
        pauses.quiesced(partition, pause).forEach(this::goAhead);
    }

    /// The time for operations in flight is over. All who waited have the same fate, even where the
    /// first of them to leave ends the pause.
    void pauseTimedOut(int pause) {
        var waited = pauses.timeOut(pause);
        if (settings.onPauseTimeout() == OnPauseTimeout.ABORT) {
            waited.forEach(this::abort);
        } else {
            waited.forEach(this::begin);
        }
    }

    /// Begins an attempt now that the wait for operations in flight is over, or aborts it if they
    /// are in flight even so.
    private void goAhead(PartitionId partition) {
        if (pauses.hasTimedOut() && settings.onPauseTimeout() == OnPauseTimeout.ABORT) {
            abort(partition);
        } else {
            begin(partition);
        }
    }

    private void abort(PartitionId partition) {
        attemptOver(partition, attempts.newest(partition), false, false);
    }

    private void begin(PartitionId partition) {
        begunIn[partition.rank()] = pauses.number();
        attempts.begin(partition, !pauses.isQuiet());
    }

    // From the end of the attempt.

    /// An attempt is over.
    ///
    /// @param inconsistent whether operations may have been in flight
    void attemptFinished(
            PartitionId partition, int attempt, boolean succeeded, boolean inconsistent) {
        boolean samePause = begunIn[partition.rank()] == pauses.number();
        attemptOver(partition, attempt, succeeded, inconsistent || !samePause || !pauses.isQuiet());
    }

    private void attemptOver(
            PartitionId partition, int attempt, boolean succeeded, boolean inconsistent) {
        attempts.finish(partition, attempt, succeeded, inconsistent);
        redistribution.attemptOver(partition);
        if (succeeded) {
            suspicions.restore(partition, StatusReason.RECOVERED).ifPresent(coordinator::follow);
            redistribution.assign(partition);
        }
        leave(partition);
        if (succeeded && !work.hasStarted(partition)) {
            pauses.back(partition);
        }
        if (suspicions.status(partition) == PartitionStatus.FAILED) {
            retryOrEscalate(partition, attempt);
        } else if (succeeded) {
            checkBacklog();
        } else {
            afterReturn();
        }
    }

    private void leave(PartitionId partition) {
        pauses.leave(partition);
        permits.release(partition).ifPresent(this::granted);
    }

    private void retryOrEscalate(PartitionId partition, int attempt) {
        if (!attempts.retryOrEscalate(partition, attempt)) {
            afterReturn();
        }
    }

    /// The wait after a failed attempt is over.
    void retry(PartitionId partition) {
        attempts.retryDue();
        if (isLeftAlone(partition)) {
            judge(partition);
        }
    }

    /// Whether a partition has failed and nothing is being done about it.
    private boolean isLeftAlone(PartitionId partition) {
        return suspicions.status(partition) == PartitionStatus.FAILED
                && !permits.isReserved(partition)
                && !backlog.contains(partition);
    }

    /// A partition has become healthy without a recovery, or a recovery has been given up.
    void afterReturn() {
        if (settings.drain() == Drain.EVERY_RETURN) {
            checkBacklog();
        }
    }

    /// Starts every recovery that was put off, if there is a quorum.
    private void checkBacklog() {
        if (!electorate.isQuorate()) {
            return;
        }
        backlog.takeEscalated().forEach(this::putOff);
        var drained = backlog.drain();
        if (!drained.isEmpty()) {
            Kronos.observe(new Drained(drained.size()));
            drained.forEach(this::request);
        }
    }

    /// At the end of every step: does anything remain that could ever start the recoveries that
    /// were put off?
    void endStep() {
        boolean underWay = permits.areReserved() || attempts.areToBeRetried();
        if (backlog.becomesLivelock(electorate.isQuorate(), underWay)) {
            Kronos.observe(new Livelock(backlog.size()));
        }
    }

    // What others ask for.

    /// An operator asks for another recovery of a failed partition.
    void operatorRetry(PartitionId partition) {
        if (permits.isReserved(partition)) {
            request(partition);
        } else if (isLeftAlone(partition)) {
            attempts.cancelRetry(partition);
            attempts.startAnew(partition);
            backlog.deescalate(partition);
            judge(partition);
        }
    }

    /// An operator has the attempt that runs broken off, and another one begun in its place.
    void operatorRestart(PartitionId partition) {
        attempts.breakOff(partition)
                .ifPresent(broken -> {
                    redistribution.attemptOver(partition);
                    begunIn[partition.rank()] = pauses.number();
                    attempts.replace(partition, broken, !pauses.isQuiet());
                });
    }

    /// How the coordinator is doing.
    Vitals vitals() {
        return new Vitals(
                electorate.isQuorate(),
                backlog.size(),
                attempts.over(),
                attempts.successes(),
                pauses.draining());
    }
}
