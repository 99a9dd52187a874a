package io.faultline.model.recovery;

import static io.faultline.model.observation.Observed.RefusalCause.ALREADY_RECOVERING;
import static io.faultline.model.observation.Observed.RefusalCause.NO_QUORUM;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.random.RandomStreams;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.recovery.RecoveryLock.Granted;
import io.faultline.model.recovery.RecoveryLock.Refused;
import io.faultline.model.recovery.RecoveryLock.Served;
import io.faultline.model.recovery.RecoveryLock.Waits;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Who may recover, and whose turn it is.
class RecoveryLockTest {

    private static final PartitionId P0 = new PartitionId(0);
    private static final PartitionId P1 = new PartitionId(1);
    private static final PartitionId P2 = new PartitionId(2);
    private static final PartitionId P3 = new PartitionId(3);

    @Test
    void aSecondRecoveryOfOnePartitionIsRefusedAtOnce() {
        var lock = new RecoveryLock(1, Contention.QUEUE);
        assertThat(lock.request(P0, true, 0)).isEqualTo(new Granted());
        assertThat(lock.request(P0, true, 10)).isEqualTo(new Refused(ALREADY_RECOVERING));
        assertThat(lock.reservations()).isEqualTo(1);
    }

    @Test
    void aWaiterIsServedWhenThePermitIsGivenBack() {
        var lock = new RecoveryLock(1, Contention.QUEUE);
        lock.request(P0, true, 0);
        assertThat(lock.request(P1, true, 10)).isEqualTo(new Waits());
        assertThat(lock.reservations()).isEqualTo(2);
        assertThat(lock.release(P0)).contains(new Served(P1, 10));
        assertThat(lock.reservations()).isEqualTo(1);
        assertThat(lock.isReserved(P1)).isTrue();
    }

    @Test
    void whoGivesUpIsNotServed() {
        var lock = new RecoveryLock(1, Contention.QUEUE);
        lock.request(P0, true, 0);
        lock.request(P1, true, 10);
        assertThat(lock.giveUp(P1)).isTrue();
        assertThat(lock.giveUp(P1)).isFalse();
        assertThat(lock.reservations()).isEqualTo(1);
        assertThat(lock.isReserved(P1)).isFalse();
        assertThat(lock.release(P0)).isEmpty();
        assertThat(lock.request(P1, true, 100)).isEqualTo(new Granted());
    }

    @Test
    void aHolderCannotGiveUp() {
        var lock = new RecoveryLock(1, Contention.QUEUE);
        lock.request(P0, true, 0);
        assertThat(lock.giveUp(P0)).isFalse();
        assertThat(lock.request(P1, true, 0)).isEqualTo(new Waits());
    }

    @Test
    void ofTenRequestsForOnePartitionOneIsGranted() {
        var lock = new RecoveryLock(2, Contention.QUEUE);
        var answers = new ArrayList<RecoveryLock.Answer>();
        for (int i = 0; i < 10; i++) {
            answers.add(lock.request(P0, true, 0));
        }
        assertThat(answers.getFirst()).isEqualTo(new Granted());
        assertThat(answers.subList(1, 10)).containsOnly(new Refused(ALREADY_RECOVERING));
    }

    @Test
    void aWaiterThatAsksAgainIsRefused() {
        var lock = new RecoveryLock(1, Contention.QUEUE);
        lock.request(P0, true, 0);
        lock.request(P1, true, 0);
        assertThat(lock.request(P1, true, 0)).isEqualTo(new Refused(ALREADY_RECOVERING));
    }

    @Test
    void permitsAreNeverExceeded() {
        var lock = new RecoveryLock(3, Contention.QUEUE);
        for (int rank = 0; rank < 3; rank++) {
            assertThat(lock.request(new PartitionId(rank), true, 0)).isEqualTo(new Granted());
        }
        assertThat(lock.request(P3, true, 0)).isEqualTo(new Waits());
        lock.giveUp(P3);
        lock.release(P1);
        assertThat(lock.request(P3, true, 100)).isEqualTo(new Granted());
    }

    @Test
    void waitersAreServedInTheOrderInWhichTheyCame() {
        var lock = new RecoveryLock(1, Contention.QUEUE);
        lock.request(P0, true, 0);
        lock.request(P3, true, 1);
        lock.request(P1, true, 2);
        lock.request(P2, true, 3);
        assertThat(lock.release(P0)).contains(new Served(P3, 1));
        assertThat(lock.release(P3)).contains(new Served(P1, 2));
        assertThat(lock.release(P1)).contains(new Served(P2, 3));
        assertThat(lock.release(P2)).isEmpty();
    }

    @Test
    void givingBackTwiceServesNobodyTwice() {
        var lock = new RecoveryLock(1, Contention.QUEUE);
        lock.request(P0, true, 0);
        lock.request(P1, true, 0);
        lock.request(P2, true, 0);
        assertThat(lock.release(P0)).isPresent();
        assertThat(lock.release(P0)).isEmpty();
        assertThat(lock.reservations()).isEqualTo(2);
    }

    @Test
    void givingBackWhatNobodyHoldsDoesNothing() {
        var lock = new RecoveryLock(1, Contention.QUEUE);
        lock.request(P0, true, 0);
        lock.request(P1, true, 0);
        assertThat(lock.release(P1)).isEmpty();
        assertThat(lock.release(P2)).isEmpty();
        assertThat(lock.reservations()).isEqualTo(2);
    }

    @Test
    void nobodyIsAdmittedWithoutAQuorum() {
        var lock = new RecoveryLock(1, Contention.QUEUE);
        assertThat(lock.request(P0, false, 0)).isEqualTo(new Refused(NO_QUORUM));
        assertThat(lock.reservations()).isZero();
    }

    @Test
    void theQuorumIsAskedForBeforeAnythingElse() {
        var lock = new RecoveryLock(1, Contention.QUEUE);
        lock.request(P0, true, 0);
        assertThat(lock.request(P0, false, 0)).isEqualTo(new Refused(NO_QUORUM));
    }

    @Test
    void whoWaitsIsServedEvenIfTheQuorumIsLostMeanwhile() {
        var lock = new RecoveryLock(1, Contention.QUEUE);
        lock.request(P0, true, 0);
        lock.request(P1, true, 0);
        lock.request(P2, false, 0);
        assertThat(lock.release(P0)).contains(new Served(P1, 0));
    }

    /// Against the obvious model: a list of holders and a list of waiters.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverHappensItKeepsItsPromises(long seed) {
        var random = new RandomStreams(seed).stream("lock");
        int permits = 1 + random.nextInt(3);
        var lock = new RecoveryLock(permits, Contention.QUEUE);
        Set<PartitionId> holders = new HashSet<>();
        List<PartitionId> waiters = new ArrayList<>();
        for (int step = 0; step < 2000; step++) {
            var partition = new PartitionId(random.nextInt(8));
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    boolean isNew = !holders.contains(partition) && !waiters.contains(partition);
                    var answer = lock.request(partition, true, step);
                    assertThat(answer instanceof Refused).isEqualTo(!isNew);
                    if (answer instanceof Granted) {
                        assertThat(holders.size()).isLessThan(permits);
                        holders.add(partition);
                    } else if (answer instanceof Waits) {
                        waiters.add(partition);
                    }
                }
                case 2 -> {
                    boolean held = holders.remove(partition);
                    var served = lock.release(partition).map(Served::partition);
                    if (held && !waiters.isEmpty()) {
                        assertThat(served).contains(waiters.removeFirst());
                        holders.add(served.orElseThrow());
                    } else {
                        assertThat(served).isEmpty();
                    }
                }
                default -> {
                    assertThat(lock.giveUp(partition)).isEqualTo(waiters.remove(partition));
                }
            }
            assertThat(lock.reservations()).isEqualTo(holders.size() + waiters.size());
            assertThat(holders.size()).isLessThanOrEqualTo(permits);
        }
    }
}
