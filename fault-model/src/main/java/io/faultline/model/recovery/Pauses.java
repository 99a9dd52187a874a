package io.faultline.model.recovery;

import io.faultline.kernel.Timer;
import io.faultline.kernel.entity.Kronos;
import io.faultline.model.Turn;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.detector.Suspicions;
import io.faultline.model.network.Message;
import io.faultline.model.observation.Observed.PauseTimedOut;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.Quiesced;
import io.faultline.model.observation.Observed.Resumed;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The part of the coordinator that pauses operations for recoveries by the rules of [Quiescence]:
/// it tells the partitions, waits for the answers of those that have not failed, but no longer than
/// it may, and observes how that ends.
final class Pauses {

    private final RecoverySettings settings;
    private final Suspicions suspicions;
    private final Coordinator coordinator;
    private final Quiescence quiescence;
    private Optional<Timer> timeout = Optional.empty();
    private long since;

    /// @param suspicions who has failed
    Pauses(RecoverySettings settings, Suspicions suspicions, Coordinator coordinator) {
        this.settings = settings;
        this.suspicions = suspicions;
        this.coordinator = coordinator;
        this.quiescence = new Quiescence(settings.pause());
    }

    /// A recovery enters, and a pause begins if there is none.
    ///
    /// @return whether it may go ahead at once; if not, it will be among those that are released
    boolean enter(PartitionId recovered) {
        if (quiescence.enter(recovered)) {
            begin();
        }
        return !quiescence.joinWait(recovered);
    }

    private void begin() {
        var awaited =
                everybody().filter(id -> suspicions.status(id) != PartitionStatus.FAILED).toList();
        quiescence.begin(awaited);
        since = Kronos.currentTime();
        Kronos.observe(new Paused());
        awaited.forEach(this::tell);
        if (awaited.isEmpty()) {
            Kronos.observe(new Quiesced(Duration.ZERO));
        } else {
            int pause = quiescence.pause();
            timeout =
                    Optional.of(
                            coordinator
                                    .host()
                                    .clock()
                                    .timer(
                                            settings.pauseTimeout().toNanos(),
                                            Turn.TIMER.ofNobody(),
                                            () -> coordinator.pauseTimedOut(pause)));
        }
    }

    /// Tells a partition whether operations are paused.
    void tell(PartitionId partition) {
        int pause = quiescence.pause();
        coordinator.sendTo(
                partition,
                quiescence.isPaused()
                        ? new Message.Pause(partition, pause)
                        : new Message.Resume(partition, pause));
    }

    /// A partition that had failed is healthy again. If there is a pause, it has not been told as
    /// long as it was failed; and if operations in flight are waited for, so are its own.
    void back(PartitionId partition) {
        if (quiescence.isPaused()) {
            quiescence.await(partition);
            tell(partition);
        }
    }

    /// A partition says that no operation is in flight there.
    ///
    /// @param pause the pause that it means
    /// @return the recoveries that may go ahead now
    List<PartitionId> quiesced(PartitionId partition, int pause) {
        return pause == quiescence.pause() ? notWaitedFor(partition) : List.of();
    }

    /// A partition need not be waited for any more.
    ///
    /// @return the recoveries that may go ahead now
    List<PartitionId> notWaitedFor(PartitionId partition) {
        if (!quiescence.done(partition)) {
            return List.of();
        }
        timeout.ifPresent(Timer::cancel);
        Kronos.observe(new Quiesced(duration()));
        return quiescence.release();
    }

    /// The time for operations in flight is over.
    ///
    /// @return the recoveries that need not wait any longer
    List<PartitionId> timeOut(int pause) {
        int inFlight = quiescence.awaitedCount();
        if (!quiescence.timeOut(pause)) {
            return List.of();
        }
        Kronos.observe(new PauseTimedOut(inFlight));
        return quiescence.release();
    }

    /// A recovery leaves, which may end the pause.
    void leave(PartitionId recovered) {
        if (quiescence.leave(recovered)) {
            if (!quiescence.isAwaited()) {
                timeout.ifPresent(Timer::cancel);
            }
            Kronos.observe(new Resumed(duration()));
            everybody().forEach(this::tell);
        }
    }

    /// The number of the newest pause, from 1.
    int number() {
        return quiescence.pause();
    }

    /// Whether operations run as if there were no recoveries.
    boolean isOver() {
        return quiescence.state() == Quiescence.State.RUNNING;
    }

    /// Whether operations were still in flight when the time for them was over.
    boolean hasTimedOut() {
        return quiescence.state() == Quiescence.State.TIMED_OUT;
    }

    /// Whether no operation is in flight, nor can become so.
    boolean isQuiet() {
        return quiescence.isQuiet();
    }

    /// How long operations in flight have been waited for, if any still are.
    Duration draining() {
        return quiescence.awaitedCount() > 0 ? duration() : Duration.ZERO;
    }

    private Duration duration() {
        return Duration.ofNanos(Kronos.currentTime() - since);
    }

    private Stream<PartitionId> everybody() {
        return IntStream.range(0, suspicions.total()).mapToObj(PartitionId::new);
    }
}
