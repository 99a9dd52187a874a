package io.faultline.model.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.cluster.PartitionId;
import io.faultline.model.recovery.Quiescence.State;

import org.junit.jupiter.api.Test;

import java.util.List;

/// The pause that recoveries share.
class QuiescenceTest {

    private static final PartitionId P0 = new PartitionId(0);
    private static final PartitionId P1 = new PartitionId(1);
    private static final PartitionId P2 = new PartitionId(2);

    private final Quiescence quiescence = new Quiescence(PauseSharing.COUNTED);

    @Test
    void theFirstToEnterBeginsThePauseAndTheLastToLeaveEndsIt() {
        assertThat(quiescence.enter(P0)).isTrue();
        assertThat(quiescence.enter(P1)).isFalse();
        assertThat(quiescence.leave(P0)).isFalse();
        assertThat(quiescence.leave(P1)).isTrue();
    }

    @Test
    void itIsQuietWhenTheLastAnswerHasCome() {
        quiescence.enter(P0);
        quiescence.begin(List.of(P1, P2));
        assertThat(quiescence.state()).isEqualTo(State.DRAINING);
        assertThat(quiescence.awaitedCount()).isEqualTo(2);
        assertThat(quiescence.done(P2)).isFalse();
        assertThat(quiescence.done(P1)).isTrue();
        assertThat(quiescence.state()).isEqualTo(State.QUIET);
    }

    @Test
    void answersOfWhoWasNotAskedCountForNothing() {
        quiescence.enter(P0);
        quiescence.begin(List.of(P1, P2));
        assertThat(quiescence.done(P0)).isFalse();
        assertThat(quiescence.done(P1)).isFalse();
        assertThat(quiescence.done(P1)).isFalse();
        assertThat(quiescence.awaitedCount()).isEqualTo(1);
    }

    @Test
    void withNobodyToWaitForItIsQuietAtOnce() {
        quiescence.enter(P0);
        quiescence.begin(List.of());
        assertThat(quiescence.state()).isEqualTo(State.QUIET);
    }

    @Test
    void whoeverEntersLaterJoinsTheWait() {
        quiescence.enter(P0);
        quiescence.begin(List.of(P2));
        quiescence.enter(P1);
        assertThat(quiescence.state()).isEqualTo(State.DRAINING);
        assertThat(quiescence.inside()).containsExactly(P0, P1);
    }

    @Test
    void whoeverEntersAfterATimeOutInheritsIt() {
        quiescence.enter(P0);
        quiescence.begin(List.of(P2));
        quiescence.timeOut(1);
        quiescence.enter(P1);
        assertThat(quiescence.state()).isEqualTo(State.TIMED_OUT);
    }

    @Test
    void onlyThePauseThatIsWaitedForCanTimeOut() {
        quiescence.enter(P0);
        quiescence.begin(List.of(P2));
        assertThat(quiescence.timeOut(0)).isFalse();
        assertThat(quiescence.state()).isEqualTo(State.DRAINING);
        assertThat(quiescence.timeOut(1)).isTrue();
        assertThat(quiescence.timeOut(1)).isFalse();
    }

    @Test
    void aQuietPauseDoesNotTimeOut() {
        quiescence.enter(P0);
        quiescence.begin(List.of(P2));
        quiescence.done(P2);
        assertThat(quiescence.timeOut(1)).isFalse();
        assertThat(quiescence.state()).isEqualTo(State.QUIET);
    }

    @Test
    void anAnswerAfterTheTimeOutChangesNothing() {
        quiescence.enter(P0);
        quiescence.begin(List.of(P2));
        quiescence.timeOut(1);
        assertThat(quiescence.done(P2)).isFalse();
        assertThat(quiescence.state()).isEqualTo(State.TIMED_OUT);
    }

    @Test
    void theNextPauseHasANewNumberAndStartsAfresh() {
        quiescence.enter(P0);
        quiescence.begin(List.of(P1));
        quiescence.timeOut(1);
        quiescence.leave(P0);
        assertThat(quiescence.state()).isEqualTo(State.RUNNING);
        assertThat(quiescence.pause()).isEqualTo(1);
        assertThat(quiescence.enter(P1)).isTrue();
        quiescence.begin(List.of(P0, P2));
        assertThat(quiescence.pause()).isEqualTo(2);
        assertThat(quiescence.state()).isEqualTo(State.DRAINING);
        assertThat(quiescence.awaitedCount()).isEqualTo(2);
    }

    @Test
    void leavingTwiceEndsNothingTwice() {
        quiescence.enter(P0);
        assertThat(quiescence.leave(P0)).isTrue();
        assertThat(quiescence.leave(P0)).isFalse();
    }

    @Test
    void enteringTwiceCountsOnce() {
        quiescence.enter(P0);
        quiescence.enter(P0);
        assertThat(quiescence.leave(P0)).isTrue();
    }
}
