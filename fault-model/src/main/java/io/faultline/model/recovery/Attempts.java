package io.faultline.model.recovery;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.AttemptRestarted;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.EscalationCause;
import io.faultline.model.observation.Observed.RetryScheduled;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The part of the coordinator that counts the attempts to recover each partition: it begins them,
/// each on the level of the strategy whose turn it is, has them followed by others after a wait,
/// and gives up when enough were made.
final class Attempts {

    private final RecoverySettings settings;
    private final List<Level> levels;
    private final PhaseWork work;
    private final Coordinator coordinator;
    private final Recovery[] running;
    private final int[] newest;
    private final boolean[] underWay;
    private final Deadlines retries;
    private int pendingRetries;
    private int over;
    private int successes;

    Attempts(RecoverySettings settings, int partitions, PhaseWork work, Coordinator coordinator) {
        this.settings = settings;
        this.levels = settings.strategy().levels(settings);
        this.work = work;
        this.coordinator = coordinator;
        this.running = new Recovery[partitions];
        this.newest = new int[partitions];
        this.underWay = new boolean[partitions];
        this.retries = new Deadlines(coordinator.host().clock(), partitions, coordinator::retry);
    }

    /// The next attempt will be the first, unless one is under way: that goes on, and those that
    /// follow it count on.
    void startAnew(PartitionId partition) {
        if (!underWay[partition.rank()]) {
            newest[partition.rank()] = 0;
        }
    }

    /// Counts one more attempt, which is under way until it is finished.
    ///
    /// @return its number, from 1
    int next(PartitionId partition) {
        underWay[partition.rank()] = true;
        return ++newest[partition.rank()];
    }

    /// The number of the attempt that was counted last.
    int newest(PartitionId partition) {
        return newest[partition.rank()];
    }

    /// Begins the attempt that was counted last.
    ///
    /// @param inconsistent whether operations may be in flight
    void begin(PartitionId partition, boolean inconsistent) {
        int attempt = newest(partition);
        int level = Math.min((attempt - 1) / settings.attempts(), levels.size() - 1);
        begin(partition, attempt, inconsistent, levels.get(level));
    }

    private void begin(PartitionId partition, int attempt, boolean inconsistent, Level level) {
        var recovery = new Recovery(partition, attempt, inconsistent, level, work, coordinator);
        running[partition.rank()] = recovery;
        recovery.begin(settings.timeout());
    }

    /// Breaks the attempt that runs off.
    ///
    /// @return it, if any runs
    Optional<Recovery> breakOff(PartitionId partition) {
        var broken = Optional.ofNullable(running[partition.rank()]);
        broken.ifPresent(recovery -> {
            recovery.breakOff();
            Kronos.observe(new AttemptRestarted(partition, recovery.attempt()));
        });
        return broken;
    }

    /// Begins another attempt on the same level in place of one that was broken off.
    void replace(PartitionId partition, Recovery broken, boolean inconsistent) {
        newest[partition.rank()] = broken.attempt() + 1;
        begin(partition, broken.attempt() + 1, inconsistent, broken.level());
    }

    /// An attempt is over, whether or not it ever began.
    void finish(PartitionId partition, int attempt, boolean succeeded, boolean inconsistent) {
        running[partition.rank()] = null;
        underWay[partition.rank()] = false;
        Kronos.observe(new AttemptFinished(partition, attempt, succeeded, inconsistent));
        over++;
        successes += succeeded ? 1 : 0;
    }

    /// Has a failed attempt followed by another one, or leaves the partition to an operator.
    ///
    /// @return whether there will be another one
    boolean retryOrEscalate(PartitionId partition, int attempt) {
        if (attempt < settings.attempts() * levels.size()) {
            var backoff = backoffAfter(partition, attempt);
            Kronos.observe(new RetryScheduled(partition, attempt, backoff));
            pendingRetries++;
            retries.start(partition, backoff.toNanos());
            return true;
        }
        Kronos.observe(new Escalated(partition, EscalationCause.RETRIES_EXHAUSTED));
        return false;
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

    /// The wait for another attempt is over.
    void retryDue() {
        pendingRetries--;
    }

    /// The wait for another attempt, if there is one, is called off.
    void cancelRetry(PartitionId partition) {
        if (retries.cancel(partition)) {
            pendingRetries--;
        }
    }

    /// Whether any partition waits for another attempt.
    boolean areToBeRetried() {
        return pendingRetries > 0;
    }

    /// How many attempts are over.
    int over() {
        return over;
    }

    /// How many of them succeeded.
    int successes() {
        return successes;
    }
}
