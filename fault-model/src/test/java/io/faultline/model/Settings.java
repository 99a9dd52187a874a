package io.faultline.model;

import io.faultline.kernel.random.Constant;
import io.faultline.kernel.random.Distribution;
import io.faultline.model.barrier.BarrierSettings;
import io.faultline.model.barrier.OnDeadline;
import io.faultline.model.barrier.Opening;
import io.faultline.model.cluster.Topology;
import io.faultline.model.detector.Healing;
import io.faultline.model.detector.HeartbeatTimeout;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.detector.SuspicionSettings;
import io.faultline.model.detector.watch.Coordinator;
import io.faultline.model.detector.watch.Watch;
import io.faultline.model.monitor.AlertLimits;
import io.faultline.model.monitor.MonitorSettings;
import io.faultline.model.network.NetworkSettings;
import io.faultline.model.quorum.Census;
import io.faultline.model.quorum.StrictMajority;
import io.faultline.model.recovery.Backoff;
import io.faultline.model.recovery.Contention;
import io.faultline.model.recovery.Drain;
import io.faultline.model.recovery.InProgress;
import io.faultline.model.recovery.None;
import io.faultline.model.recovery.OnLockTimeout;
import io.faultline.model.recovery.OnPauseTimeout;
import io.faultline.model.recovery.PauseSharing;
import io.faultline.model.recovery.PhaseDurations;
import io.faultline.model.recovery.Phased;
import io.faultline.model.recovery.RecoverySettings;
import io.faultline.model.workload.Discipline;
import io.faultline.model.workload.Skip;
import io.faultline.model.workload.Workload;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The default settings of a system without heartbeats, barrier and workload, and what tests vary.
public record Settings(Topology topology, Protocol protocol) {

    public static Settings of(int partitions) {
        return new Settings(
                new Topology(
                        partitions,
                        Optional.empty(),
                        1000,
                        List.of(),
                        1,
                        1,
                        Optional.empty(),
                        network(millis(0), Probability.NEVER),
                        new Constant(0)),
                new Protocol(
                        Optional.empty(),
                        suspicion(SuspicionPolicy.CONFIRMING, Duration.ofSeconds(5)),
                        Optional.empty(),
                        new StrictMajority(),
                        new Census(Census.Suspected.INACTIVE, Census.Denominator.STATIC),
                        recovery(2),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Map.of()));
    }

    public static NetworkSettings network(Distribution latency, Probability loss) {
        return new NetworkSettings(
                latency, Map.of(), new Constant(0), loss, Duration.ofMillis(200));
    }

    public static SuspicionSettings suspicion(SuspicionPolicy policy, Duration confirm) {
        return new SuspicionSettings(policy, 2, confirm, Duration.ZERO, Healing.BY_RECOVERY);
    }

    public static RecoverySettings recovery(int maxConcurrent) {
        return new RecoverySettings(
                new Phased(),
                new PhaseDurations(millis(50), millis(100), millis(75), millis(0)),
                Probability.NEVER,
                Duration.ofSeconds(30),
                maxConcurrent,
                Contention.QUEUE,
                Duration.ofSeconds(5),
                OnLockTimeout.PUT_OFF,
                3,
                new Backoff(Duration.ofMillis(100), 2, Duration.ofHours(1), new None()),
                PauseSharing.COUNTED,
                Duration.ofSeconds(5),
                OnPauseTimeout.PROCEED,
                InProgress.HOLDERS_AND_WAITERS,
                Drain.EVERY_RETURN,
                false,
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /// A monitor that looks once a second, with the usual limits.
    public static MonitorSettings monitor() {
        return new MonitorSettings(Duration.ofSeconds(1), 100, limits(), 1, 1, Probability.NEVER);
    }

    /// The usual limits of alerts.
    public static AlertLimits limits() {
        return new AlertLimits(
                0,
                2,
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                new Probability(0.9),
                5,
                new Probability(0.5),
                5,
                Duration.ofSeconds(5),
                Probability.NEVER);
    }

    public Settings with(NetworkSettings network) {
        return topology("network", network);
    }

    public Settings with(SuspicionSettings suspicion) {
        return protocol("suspicion", suspicion);
    }

    public Settings with(RecoverySettings recovery) {
        return protocol("recovery", recovery);
    }

    public Settings with(HeartbeatTimeout detector) {
        return protocol("detector", Optional.of(detector));
    }

    public Settings with(MonitorSettings monitor) {
        return protocol("monitor", Optional.of(monitor));
    }

    public Settings with(BarrierSettings barrier) {
        return protocol("barrier", Optional.of(barrier));
    }

    /// Another topology.
    ///
    /// @param changes names of components, each followed by its value
    public Settings topology(Object... changes) {
        return new Settings(Changed.in(topology, changes), protocol);
    }

    /// Another protocol.
    ///
    /// @param changes names of components, each followed by its value
    public Settings protocol(Object... changes) {
        return new Settings(topology, Changed.in(protocol, changes));
    }

    /// Other settings of recovery.
    ///
    /// @param changes names of components, each followed by its value
    public Settings recovery(Object... changes) {
        return with(Changed.in(protocol.recovery(), changes));
    }

    /// Other settings of suspicion.
    ///
    /// @param changes names of components, each followed by its value
    public Settings suspicion(Object... changes) {
        return with(Changed.in(protocol.suspicion(), changes));
    }

    /// Heartbeats every 500 ms, suspicion after 2 s, failure after 5 s, checks every 100 ms.
    public Settings withHeartbeats() {
        return withHeartbeats(new Coordinator());
    }

    /// The same, listened to by whom it says.
    public Settings withHeartbeats(Watch watch) {
        return with(
                new HeartbeatTimeout(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(100),
                        watch));
    }

    /// A barrier with a time-out of 5 s where partitions arrive when the script says so.
    public Settings withScriptedBarrier() {
        return with(barrierOf(Optional.empty()));
    }

    /// A barrier with a time-out of 5 s where partitions arrive by themselves.
    public Settings withBarrier(Distribution work) {
        return with(barrierOf(Optional.of(work)));
    }

    private static BarrierSettings barrierOf(Optional<Distribution> work) {
        return new BarrierSettings(
                Duration.ofSeconds(5),
                Opening.FIRST_ARRIVAL,
                work,
                Duration.ZERO,
                OnDeadline.BREAK,
                Duration.ZERO);
    }

    /// Other settings of the barrier, which is there already.
    ///
    /// @param changes names of components, each followed by its value
    public Settings barrier(Object... changes) {
        return with(Changed.in(protocol.barrier().orElseThrow(), changes));
    }

    /// Operations that nodes serve one after another, and clients that give up.
    public static Workload workload(double perSecond, Distribution service) {
        return new Workload(new Rate(perSecond), service, Discipline.QUEUE, new Skip());
    }

    public ModelSettings with(Workload workload) {
        return new ModelSettings(topology, protocol, Optional.of(workload), true);
    }

    public ModelSettings model() {
        return new ModelSettings(topology, protocol, Optional.empty(), true);
    }

    /// A model that does not observe its messages, for long runs.
    public ModelSettings withoutMessages() {
        return Changed.in(model(), "observeMessages", false);
    }

    public static Distribution millis(double millis) {
        return new Constant(millis * 1e6);
    }
}
