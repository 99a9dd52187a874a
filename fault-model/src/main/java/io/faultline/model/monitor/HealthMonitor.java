package io.faultline.model.monitor;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.Actor;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.detector.Lookout;
import io.faultline.model.detector.StatusListener;
import io.faultline.model.detector.Suspicions.Change;
import io.faultline.model.network.Message;
import io.faultline.model.observation.Observed.AlertCleared;
import io.faultline.model.observation.Observed.AlertFired;
import io.faultline.model.observation.Observed.AlertRaised;
import io.faultline.model.observation.Observed.HealthSampled;
import io.faultline.model.recovery.Coordinator;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks on, once in a while, at what the coordinator believes, and raises alerts. It knows no more
/// than the coordinator: a failure that was not noticed is well to it, too.
///
/// Like the coordinator it keeps what it knows while its node is down, but takes no samples then.
/// While its node is paused nothing runs, and the samples that were due are taken at the end of the
/// pause, one after another, as by `scheduleAtFixedRate` in Java and by Tokio's intervals: all of
/// them find what was before the pause, and each of them counts.
@Entity
public class HealthMonitor extends Actor implements StatusListener {

    private final MonitorSettings settings;
    private final Coordinator coordinator;
    private final Optional<Lookout> lookout;
    private final History history;
    private final Map<AlertRule, Alarm> alarms = new EnumMap<>(AlertRule.class);
    private final long[] suspectedAt;
    private final long[] failedAt;

    private int healthy;
    private int suspected;
    private int failed;
    private Duration detection = Duration.ZERO;
    private Duration recovery = Duration.ZERO;
    private Optional<HealthSampled> lastObserved = Optional.empty();

    public HealthMonitor(
            Node host,
            MonitorSettings settings,
            Coordinator coordinator,
            Optional<Lookout> lookout,
            int partitions) {
        super("monitor", host);
        this.settings = settings;
        this.coordinator = coordinator;
        this.lookout = lookout;
        this.history = new History(settings.history());
        this.suspectedAt = new long[partitions];
        this.failedAt = new long[partitions];
        this.healthy = partitions;
        for (var rule : AlertRule.values()) {
            alarms.put(rule, new Alarm(settings.raiseAfter(), settings.clearAfter()));
        }
    }

    /// Takes the first sample, and one at each multiple of the period from now on.
    public void start() {
        Kronos.every(0, settings.poll().toNanos(), () -> this.poll());
    }

    /// Takes a sample.
    public void poll() {
        if (!host().isUp()) {
            return;
        }
        var sample =
                new Sample(healthy, suspected, failed, coordinator.vitals(), detection, recovery);
        history.add(sample);
        observe(sample);
        for (var rule : AlertRule.values()) {
            double value = rule.value(history);
            double limit = settings.limits().of(rule);
            judge(rule, value, limit);
        }
    }

    private void observe(Sample sample) {
        var vitals = sample.vitals();
        var now = new HealthSampled(sample.level(), healthy, suspected, failed, vitals.queued());
        if (!lastObserved.equals(Optional.of(now))) {
            lastObserved = Optional.of(now);
            Kronos.observe(now);
        }
    }

    private void judge(AlertRule rule, double value, double limit) {
        boolean exceeded = rule.isExceeded(value, limit);
        boolean clear = rule.isClear(value, limit, settings.slack().value());
        var alarm = alarms.get(rule);
        var edge = alarm.poll(exceeded, clear);
        if (exceeded) {
            Kronos.observe(new AlertFired(rule));
        }
        switch (edge) {
            case RAISED -> Kronos.observe(new AlertRaised(rule, rule.reading(value, limit)));
            case CLEARED -> Kronos.observe(new AlertCleared(rule, alarm.polls()));
            case NONE -> {}
        }
    }

    @Override
    public void statusChanged(Change change) {
        int rank = change.partition().rank();
        long now = Kronos.currentTime();
        count(change);
        switch (change.to()) {
            case SUSPECTED -> suspectedAt[rank] = now;
            case FAILED -> {
                failedAt[rank] = now;
                detection = longer(detection, sinceFirstSign(change));
            }
            case HEALTHY -> {
                switch (change.from()) {
                    case FAILED -> recovery = longer(recovery, now - failedAt[rank]);
                    case HEALTHY, SUSPECTED -> {}
                }
            }
        }
    }

    private void count(Change change) {
        switch (change.from()) {
            case HEALTHY -> healthy--;
            case SUSPECTED -> suspected--;
            case FAILED -> failed--;
        }
        switch (change.to()) {
            case HEALTHY -> healthy++;
            case SUSPECTED -> suspected++;
            case FAILED -> failed++;
        }
    }

    /// For how long it could be seen that a partition was about to fail: since it was last heard
    /// from if its silence is the reason, else since the first of the reports in a row came in.
    private long sinceFirstSign(Change failure) {
        var partition = failure.partition();
        long now = Kronos.currentTime();
        long sinceSuspicion = now - suspectedAt[partition.rank()];
        if (failure.reason() == StatusReason.HEARTBEAT_MISS) {
            return lookout.flatMap(all -> all.silenceOf(partition)).orElse(sinceSuspicion);
        }
        return coordinator.firstReport(partition).map(at -> now - at).orElse(sinceSuspicion);
    }

    private static Duration longer(Duration span, long nanos) {
        return span.toNanos() < nanos ? Duration.ofNanos(nanos) : span;
    }

    @Override
    @NonEvent
    public void doubt(PartitionId partition) {}

    @Override
    protected void handle(Message message) {
        throw new IllegalArgumentException(this + " does not expect " + message);
    }

    /// The newest samples, the oldest first.
    @NonEvent
    public List<Sample> history() {
        return history.samples();
    }
}
