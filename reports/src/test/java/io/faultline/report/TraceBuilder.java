package io.faultline.report;

import io.faultline.kernel.Observation;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.StatusChanged;

import java.time.Duration;
import java.util.List;

/// Writes traces by hand: `new TraceBuilder().at(500, new PartitionDown(P1, CRASHED)).build()`.
public final class TraceBuilder {

    public static final PartitionId P0 = new PartitionId(0);
    public static final PartitionId P1 = new PartitionId(1);
    public static final PartitionId P2 = new PartitionId(2);

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Simulation simulation = new Simulation(42);

    /// Observes something at a time in milliseconds; the observations of one call cause one
    /// another.
    public TraceBuilder at(double millis, Observation... observations) {
        after(millis, () -> List.of(observations).forEach(simulation::observe));
        return this;
    }

    /// What is observed at a time in milliseconds.
    public record Moment(double millis, Observation... observations) {}

    /// Observes things one after the other, each of which causes the next.
    public TraceBuilder chain(Moment... moments) {
        simulation.within(() -> {
            for (var moment : moments) {
                simulation.after(
                        time(moment.millis()).nanos() - simulation.now().nanos(),
                        0,
                        () -> List.of(moment.observations()).forEach(simulation::observe));
            }
        });
        return this;
    }

    /// As [#at(double, Observation...)], in the name of an actor; calls come in order of time.
    public TraceBuilder by(String actor, double millis, Observation... observations) {
        after(millis, () -> new Speaker(actor).say(List.of(observations)));
        simulation.runUntil(time(millis));
        return this;
    }

    private void after(double millis, Runnable calls) {
        long nanos = time(millis).nanos() - simulation.now().nanos();
        simulation.within(() -> simulation.after(nanos, 0, calls));
    }

    /// Places partitions P0, P1, … of 1000 entities each on nodes of their own.
    public TraceBuilder place(int partitions) {
        for (int rank = 0; rank < partitions; rank++) {
            at(0, new PartitionPlaced(new PartitionId(rank), new NodeId("n" + rank), "eu", 1000));
        }
        return this;
    }

    public Trace build() {
        return simulation.trace();
    }

    public String fingerprint() {
        return simulation.fingerprint();
    }

    public static StatusChanged suspected(PartitionId partition, StatusReason reason) {
        return new StatusChanged(
                partition, PartitionStatus.HEALTHY, PartitionStatus.SUSPECTED, reason);
    }

    public static StatusChanged failed(PartitionId partition, StatusReason reason) {
        return new StatusChanged(
                partition, PartitionStatus.SUSPECTED, PartitionStatus.FAILED, reason);
    }

    public static StatusChanged healed(PartitionId partition, StatusReason reason) {
        return new StatusChanged(
                partition, PartitionStatus.FAILED, PartitionStatus.HEALTHY, reason);
    }

    public static StatusChanged trusted(PartitionId partition) {
        return new StatusChanged(
                partition,
                PartitionStatus.SUSPECTED,
                PartitionStatus.HEALTHY,
                StatusReason.FALSE_ALARM);
    }

    public static SimTime time(double millis) {
        return new SimTime(Math.round(millis * NANOS_PER_MILLI));
    }

    public static Duration span(double millis) {
        return Duration.ofNanos(Math.round(millis * NANOS_PER_MILLI));
    }
}
