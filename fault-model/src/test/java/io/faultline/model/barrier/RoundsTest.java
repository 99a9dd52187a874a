package io.faultline.model.barrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.cluster.PartitionId;

import org.junit.jupiter.api.Test;

/// Who has arrived at the barrier, and who is waited for.
class RoundsTest {

    private static final PartitionId P0 = new PartitionId(0);
    private static final PartitionId P1 = new PartitionId(1);
    private static final PartitionId P2 = new PartitionId(2);

    private final Rounds rounds = new Rounds(3);

    private void arrive(PartitionId... partitions) {
        for (var partition : partitions) {
            rounds.arrive(partition, 1);
        }
    }

    private void openedBy(PartitionId... partitions) {
        arrive(partitions);
        assertThat(rounds.openIfAwaited()).isTrue();
    }

    @Test
    void noRoundOpensBeforeSomebodyArrives() {
        assertThat(rounds.openIfAwaited()).isFalse();
        assertThat(rounds.round()).isZero();
        assertThat(rounds.isComplete()).isFalse();
    }

    @Test
    void theFirstArrivalOpensRoundOne() {
        openedBy(P1);
        assertThat(rounds.round()).isEqualTo(1);
        assertThat(rounds.expectedCount()).isEqualTo(3);
        assertThat(rounds.present()).containsExactly(P1);
        assertThat(rounds.missing()).containsExactly(P0, P2);
    }

    @Test
    void anOpenRoundIsNotOpenedAgain() {
        openedBy(P1);
        arrive(P1);
        assertThat(rounds.openIfAwaited()).isFalse();
    }

    @Test
    void aRoundIsCompleteWhenEverybodyHasArrived() {
        openedBy(P2);
        arrive(P0);
        assertThat(rounds.isComplete()).isFalse();
        arrive(P1);
        assertThat(rounds.isComplete()).isTrue();
        assertThat(rounds.last()).isEqualTo(P1);
        assertThat(rounds.present()).containsExactly(P0, P1, P2);
        assertThat(rounds.missing()).isEmpty();
    }

    @Test
    void aClosedRoundIsNotComplete() {
        openedBy(P0);
        arrive(P1, P2);
        rounds.close();
        assertThat(rounds.isComplete()).isFalse();
    }

    @Test
    void aSecondArrivalIsEarlyForTheNextRound() {
        openedBy(P0);
        arrive(P0, P1);
        assertThat(rounds.isComplete()).isFalse();
        arrive(P2);
        assertThat(rounds.isComplete()).isTrue();
        rounds.close();
        assertThat(rounds.openIfAwaited()).isTrue();
        assertThat(rounds.round()).isEqualTo(2);
        assertThat(rounds.present()).containsExactly(P0);
    }

    @Test
    void whoArrivesBetweenTwoRoundsIsEarlyForTheNext() {
        openedBy(P0);
        rounds.close();
        openedBy(P2, P1);
        assertThat(rounds.present()).containsExactly(P1, P2);
        assertThat(rounds.last()).isEqualTo(P2);
        arrive(P0);
        assertThat(rounds.isComplete()).isTrue();
    }

    @Test
    void anArrivalAfterARestartReplacesTheOneBefore() {
        openedBy(P0);
        rounds.arrive(P0, 2);
        arrive(P1, P2);
        assertThat(rounds.isComplete()).isTrue();
        rounds.close();
        assertThat(rounds.openIfAwaited()).isFalse();
    }

    @Test
    void anArrivalOfTheSameIncarnationCountsForTheNextRoundOnly() {
        openedBy(P0);
        rounds.arrive(P0, 2);
        rounds.arrive(P0, 2);
        rounds.close();
        assertThat(rounds.openIfAwaited()).isTrue();
        assertThat(rounds.present()).containsExactly(P0);
    }

    @Test
    void whoIsExcludedIsNotWaitedFor() {
        openedBy(P0);
        arrive(P1);
        rounds.exclude(P2);
        assertThat(rounds.isComplete()).isTrue();
        assertThat(rounds.expectedCount()).isEqualTo(2);
        assertThat(rounds.present()).containsExactly(P0, P1);
        assertThat(rounds.missing()).isEmpty();
    }

    @Test
    void excludingTwiceCountsOnce() {
        openedBy(P0);
        rounds.exclude(P2);
        rounds.exclude(P2);
        assertThat(rounds.isComplete()).isFalse();
        arrive(P1);
        assertThat(rounds.isComplete()).isTrue();
    }

    @Test
    void excludingWhoHasArrivedLeavesTheOthersAwaited() {
        openedBy(P0);
        rounds.exclude(P0);
        assertThat(rounds.missing()).containsExactly(P1, P2);
        arrive(P1);
        assertThat(rounds.isComplete()).isFalse();
        arrive(P2);
        assertThat(rounds.isComplete()).isTrue();
        assertThat(rounds.present()).containsExactly(P1, P2);
    }

    @Test
    void anArrivalOfTheExcludedCompletesNothing() {
        rounds.exclude(P2);
        openedBy(P0);
        arrive(P2);
        assertThat(rounds.isComplete()).isFalse();
        assertThat(rounds.present()).containsExactly(P0);
    }

    @Test
    void whoIsIncludedAgainComesBackWithTheNextRound() {
        rounds.exclude(P2);
        openedBy(P0);
        rounds.include(P2);
        assertThat(rounds.expects(P2)).isFalse();
        arrive(P1);
        assertThat(rounds.isComplete()).isTrue();
        rounds.close();
        openedBy(P0);
        assertThat(rounds.expects(P2)).isTrue();
        assertThat(rounds.expectedCount()).isEqualTo(3);
    }

    @Test
    void whatIsForgottenHasNotArrived() {
        openedBy(P0);
        arrive(P0);
        rounds.close();
        rounds.forget();
        assertThat(rounds.openIfAwaited()).isFalse();
        openedBy(P1);
        assertThat(rounds.missing()).containsExactly(P0, P2);
    }
}
