package io.faultline.model.cluster;

import io.faultline.kernel.Timer;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.random.Exponential;
import io.faultline.model.Turn;
import io.faultline.model.observation.Observed.RetryAdmitted;
import io.faultline.model.workload.Retry;
import io.faultline.model.workload.Workload;

import java.time.Duration;

/// The clients of one partition. They are elsewhere, and go on asking while its node is paused;
/// what they ask for then waits there.
@Entity
class Clients {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Partition partition;
    private final Workload workload;
    private final int entitiesAtStart;
    private int entities;
    private Timer next;

    Clients(Partition partition, Workload workload, int entitiesAtStart) {
        this.partition = partition;
        this.workload = workload;
        this.entitiesAtStart = entitiesAtStart;
    }

    /// They ask for what belongs to these entities from now on.
    void askFor(int entities) {
        stop();
        this.entities = entities;
        scheduleNext();
    }

    /// They ask for nothing.
    void stop() {
        if (next != null) {
            next.cancel();
        }
    }

    private void scheduleNext() {
        if (entities > 0) {
            double perSecond = workload.rate().perSecond() * entities / entitiesAtStart;
            long nanos =
                    new Exponential(NANOS_PER_SECOND / perSecond)
                            .sampleNanos(Kronos.random("workload.arrival/" + partition.id()));
            next = Kronos.timer(nanos, Turn.DELIVERY.of(partition.id()), () -> this.call());
        }
    }

    /// A client asks for an operation.
    public void call() {
        request(
                workload.service().sampleNanos(Kronos.random("workload.service/" + partition.id())),
                Kronos.currentTime());
        scheduleNext();
    }

    /// A client that was refused asks again.
    ///
    /// @param since when it asked first
    public void callAgain(long serviceNanos, long since) {
        request(serviceNanos, since);
    }

    private void request(long serviceNanos, long since) {
        long now = Kronos.currentTime();
        if (partition.host().isPaused()) {
            partition.handleRequest(this, serviceNanos, since, now);
        } else {
            ask(serviceNanos, since, now);
        }
    }

    /// The partition handles what a client asks for.
    ///
    /// @param since when the client asked first
    /// @param arrived when it asked this time
    void ask(long serviceNanos, long since, long arrived) {
        var id = partition.id();
        if (partition.operate(workload.discipline(), serviceNanos, arrived)) {
            if (arrived > since && partition.host().isUp()) {
                Kronos.observe(new RetryAdmitted(id, Duration.ofNanos(arrived - since)));
            }
        } else if (workload.onReject() instanceof Retry(var after)) {
            Kronos.after(
                    after.toNanos(),
                    Turn.DELIVERY.of(id),
                    () -> this.callAgain(serviceNanos, since));
        }
    }

    /// What they observe is told in the name of whom they ask.
    @Override
    public String toString() {
        return partition.toString();
    }
}
