package io.faultline.model.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.cluster.PartitionId;

import org.junit.jupiter.api.Test;

/// The recoveries that were put off.
class BacklogTest {

    private static final PartitionId P0 = new PartitionId(0);
    private static final PartitionId P1 = new PartitionId(1);
    private static final PartitionId P2 = new PartitionId(2);

    private final Backlog backlog = new Backlog();

    @Test
    void whatIsPutOffComesOutOnceInTheSameOrder() {
        backlog.putOff(P2);
        backlog.putOff(P0);
        backlog.putOff(P2);
        assertThat(backlog.size()).isEqualTo(2);
        assertThat(backlog.contains(P0)).isTrue();
        assertThat(backlog.drain()).containsExactly(P2, P0);
        assertThat(backlog.size()).isZero();
        assertThat(backlog.drain()).isEmpty();
    }

    @Test
    void whatIsLeftToAnOperatorIsNotPutOffBeforeItIsTaken() {
        backlog.escalate(P1);
        backlog.escalate(P0);
        assertThat(backlog.contains(P1)).isFalse();
        assertThat(backlog.size()).isZero();
        assertThat(backlog.drain()).isEmpty();
        assertThat(backlog.takeEscalated()).containsExactly(P1, P0);
        assertThat(backlog.takeEscalated()).isEmpty();
    }

    @Test
    void aPartitionThatIsHealthyAgainIsForgotten() {
        backlog.putOff(P0);
        backlog.putOff(P1);
        backlog.escalate(P2);
        backlog.forget(P0);
        backlog.forget(P2);
        assertThat(backlog.drain()).containsExactly(P1);
        assertThat(backlog.takeEscalated()).isEmpty();
    }

    @Test
    void whoAnOperatorLooksAfterIsLeftToHimNoLongerButStaysPutOff() {
        backlog.putOff(P0);
        backlog.escalate(P0);
        backlog.deescalate(P0);
        assertThat(backlog.takeEscalated()).isEmpty();
        assertThat(backlog.contains(P0)).isTrue();
    }

    @Test
    void itIsALivelockIfNothingIsUnderWayAndThereIsNoQuorum() {
        assertThat(backlog.becomesLivelock(false, false)).isFalse();
        backlog.putOff(P0);
        assertThat(backlog.becomesLivelock(true, false)).isFalse();
        assertThat(backlog.becomesLivelock(false, true)).isFalse();
        assertThat(backlog.becomesLivelock(false, false)).isTrue();
    }

    @Test
    void aLivelockIsSaidOnceEvenIfSomethingIsUnderWayInTheMeantime() {
        backlog.putOff(P0);
        assertThat(backlog.becomesLivelock(false, false)).isTrue();
        assertThat(backlog.becomesLivelock(false, false)).isFalse();
        assertThat(backlog.becomesLivelock(false, true)).isFalse();
        assertThat(backlog.becomesLivelock(false, false)).isFalse();
    }

    @Test
    void aLivelockEndsWithAQuorumAndMayComeAgain() {
        backlog.putOff(P0);
        assertThat(backlog.becomesLivelock(false, false)).isTrue();
        assertThat(backlog.becomesLivelock(true, false)).isFalse();
        assertThat(backlog.becomesLivelock(false, false)).isTrue();
    }

    @Test
    void aLivelockEndsWhenNothingIsPutOffAndMayComeAgain() {
        backlog.putOff(P0);
        assertThat(backlog.becomesLivelock(false, false)).isTrue();
        backlog.drain();
        assertThat(backlog.becomesLivelock(false, false)).isFalse();
        backlog.putOff(P1);
        assertThat(backlog.becomesLivelock(false, false)).isTrue();
    }
}
