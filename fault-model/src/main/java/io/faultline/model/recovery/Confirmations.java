package io.faultline.model.recovery;

import io.faultline.model.cluster.NodeClock;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.detector.SuspicionSettings;

/// How long suspicions have stood, by the clock of the coordinator's node: whether for so long that
/// they are confirmed is seen at the exact time, or by polling.
final class Confirmations {

    private final SuspicionSettings settings;
    private final NodeClock clock;
    private final Deadlines looks;
    private final long[] whenShown;

    Confirmations(SuspicionSettings settings, int partitions, Coordinator coordinator) {
        this.settings = settings;
        this.clock = coordinator.host().clock();
        this.looks = new Deadlines(clock, partitions, coordinator::confirmationDue);
        this.whenShown = new long[partitions];
    }

    /// A suspicion begins that was raised by reports. Where reports alone make a failure, it need
    /// not be confirmed.
    void await(PartitionId partition) {
        if (settings.policy() != SuspicionPolicy.CONFIRMING) {
            return;
        }
        long confirm = settings.confirm().toNanos();
        if (isPolled()) {
            whenShown[partition.rank()] = clock.read() + confirm;
            awaitPoll(partition);
        } else {
            looks.start(partition, confirm);
        }
    }

    /// A suspicion is over, one way or the other.
    void cancel(PartitionId partition) {
        looks.cancel(partition);
    }

    /// Looks at a suspicion, since it is time to; if it has to stand longer, it will be looked at
    /// again.
    ///
    /// @return whether it is confirmed
    boolean look(PartitionId partition) {
        boolean suspectedAnew = looks.isRunning(partition);
        if (suspectedAnew) {
            return false;
        }
        boolean hasStood = !isPolled() || clock.read() >= whenShown[partition.rank()];
        if (!hasStood) {
            awaitPoll(partition);
        }
        return hasStood;
    }

    /// Whoever polls compares what the clock shows, so if the clock is set that counts at the next
    /// poll.
    void clockChanged() {
        if (isPolled()) {
            for (int rank = 0; rank < whenShown.length; rank++) {
                var partition = new PartitionId(rank);
                if (looks.cancel(partition)) {
                    pollAt(clock.counted(), partition);
                }
            }
        }
    }

    private boolean isPolled() {
        return !settings.poll().isZero();
    }

    private void awaitPoll(PartitionId partition) {
        pollAt(clock.countedWhenShowing(whenShown[partition.rank()]), partition);
    }

    private void pollAt(long earliest, PartitionId partition) {
        long poll = settings.poll().toNanos();
        looks.start(partition, Math.ceilDiv(earliest, poll) * poll - clock.counted());
    }
}
