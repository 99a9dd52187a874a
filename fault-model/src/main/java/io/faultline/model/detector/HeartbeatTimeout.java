package io.faultline.model.detector;

import io.faultline.kernel.SimTime;
import io.faultline.model.Setting;
import io.faultline.model.cluster.Node;
import io.faultline.model.detector.watch.Coordinator;
import io.faultline.model.detector.watch.Watch;
import io.faultline.model.handler.Handler;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Suspects a partition after one span of silence and declares it failed after a longer one.
///
/// Both comparisons are strict, and are made at the checks, which lie at multiples of their period
/// from the start of the run. Being registered counts as a heartbeat.
public record HeartbeatTimeout(
        @Setting(
                        value = "the period at which every partition sends heartbeats",
                        byDefault = "500ms")
                Duration heartbeat,
        @Setting(value = "silence beyond this is suspicious", byDefault = "2s") Duration suspect,
        @Setting(value = "silence beyond this is a failure", byDefault = "5s") Duration failure,
        @Setting(value = "the period at which silence is measured", byDefault = "100ms")
                Duration check,
        @Setting(value = "who listens to whose heartbeats", byDefault = "coordinator") Watch watch)
        implements FailureDetector {

    public HeartbeatTimeout {
        if (!heartbeat.isPositive() || !check.isPositive()) {
            throw new IllegalArgumentException("heartbeat and check must be longer than 0");
        }
        if (heartbeat.compareTo(suspect) >= 0 || suspect.compareTo(failure) >= 0) {
            throw new IllegalArgumentException(
                    "heartbeat < suspect < failure must hold, but they are "
                            + SimTime.format(heartbeat.toNanos())
                            + ", "
                            + SimTime.format(suspect.toNanos())
                            + " and "
                            + SimTime.format(failure.toNanos()));
        }
    }

    /// With the coordinator's node listening to everybody.
    public HeartbeatTimeout(
            Duration heartbeat, Duration suspect, Duration failure, Duration check) {
        this(heartbeat, suspect, failure, check, new Coordinator());
    }

    @Override
    public Duration detection() {
        return failure.plus(check).plus(heartbeat);
    }

    @Override
    public int waves(int failures) {
        return watch.waves(failures);
    }

    @Override
    public Lookout listenFor(
            io.faultline.model.recovery.Coordinator coordinator,
            Healing healing,
            List<Node> hosts) {
        return new Watchers(this, healing, coordinator, hosts);
    }

    /// Whoever listens for a handler listens to everybody, on his node.
    @Override
    public Lookout listenFor(Handler handler, Healing healing, int partitions) {
        return new LoneListener(
                new CentralMonitor(
                        "detector of " + handler,
                        handler.host(),
                        this,
                        healing,
                        handler,
                        IntStream.range(0, partitions).toArray()));
    }

    /// What a check says of a partition that was last heard from `silence` nanoseconds ago.
    Finding judge(long silence) {
        if (silence > failure.toNanos()) {
            return Finding.CONFIRM;
        }
        return silence > suspect.toNanos() ? Finding.SUSPECT : Finding.ALIVE;
    }

    /// The first check that can raise suspicion of a partition last heard from at `heard`.
    long suspectCheck(long heard) {
        return checkAfter(heard + suspect.toNanos());
    }

    /// The first check that can declare a partition failed which was last heard from at `heard`.
    long failureCheck(long heard) {
        return checkAfter(heard + failure.toNanos());
    }

    /// The first check after an instant.
    long checkAfter(long instant) {
        return (instant / check.toNanos() + 1) * check.toNanos();
    }

    /// The first check at or after an instant.
    long checkFrom(long instant) {
        return Math.ceilDiv(instant, check.toNanos()) * check.toNanos();
    }
}
