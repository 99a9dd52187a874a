package io.faultline.model.detector;

import static io.faultline.model.detector.Finding.ALIVE;
import static io.faultline.model.detector.Finding.CONFIRM;
import static io.faultline.model.detector.Finding.SUSPECT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.TestRun;
import io.faultline.model.cluster.PartitionId;

import org.junit.jupiter.api.Test;

import java.util.List;

/// P0 is watched by P1, P2 and P3; two of them have to accuse it.
class AccusationsTest {

    private static final PartitionId P0 = new PartitionId(0);
    private static final PartitionId P1 = new PartitionId(1);
    private static final PartitionId P2 = new PartitionId(2);
    private static final PartitionId P3 = new PartitionId(3);

    private final Accusations accusations =
            new Accusations(
                    2, List.of(TestRun.partitions(1, 2, 3), List.of(), List.of(), List.of()));

    private int said;

    /// What follows if a watcher says so now.
    private Finding hear(PartitionId watcher, Finding finding) {
        return accusations
                .hear(P0, watcher, finding, accusations.strikes(P0, watcher), ++said)
                .orElse(null);
    }

    @Test
    void asManyDifferentWatchersAsAreNeededHaveToAccuse() {
        assertThat(hear(P1, SUSPECT)).isNull();
        assertThat(hear(P3, SUSPECT)).isEqualTo(SUSPECT);
    }

    @Test
    void whoeverSaysItTwiceCountsOnce() {
        hear(P1, SUSPECT);
        assertThat(hear(P1, SUSPECT)).isNull();
        assertThat(hear(P1, CONFIRM)).isNull();
    }

    @Test
    void aFailureNeedsAsManyWhoTakeItForOne() {
        hear(P1, CONFIRM);
        assertThat(hear(P2, SUSPECT)).isEqualTo(SUSPECT);
        assertThat(hear(P3, CONFIRM)).isEqualTo(CONFIRM);
    }

    @Test
    void aFailureThatOneAloneSeesIsASuspicionIfAnotherIsSuspicious() {
        hear(P1, SUSPECT);
        assertThat(hear(P2, CONFIRM)).isEqualTo(SUSPECT);
    }

    @Test
    void aPartitionIsAliveWhenFewerThanNeededStillAccuseIt() {
        hear(P1, SUSPECT);
        hear(P2, SUSPECT);
        hear(P3, SUSPECT);
        assertThat(hear(P1, ALIVE)).isNull();
        assertThat(hear(P2, ALIVE)).isEqualTo(ALIVE);
        assertThat(accusations.accusersOf(P0)).containsExactly(P3);
    }

    @Test
    void aWordThatWasOvertakenByALaterOneChangesNothing() {
        accusations.hear(P0, P1, SUSPECT, 0, 1);
        accusations.hear(P0, P2, ALIVE, 0, 8);
        assertThat(accusations.hear(P0, P2, SUSPECT, 0, 7)).isEmpty();
        assertThat(accusations.accusersOf(P0)).containsExactly(P1);
    }

    @Test
    void aWordThatComesTwiceIsHeardOnce() {
        accusations.hear(P0, P1, SUSPECT, 0, 1);
        assertThat(accusations.hear(P0, P2, SUSPECT, 0, 1)).contains(SUSPECT);
        assertThat(accusations.hear(P0, P2, SUSPECT, 0, 1)).isEmpty();
    }

    @Test
    void aWordThatIsStruckOutCountsNoLonger() {
        hear(P1, SUSPECT);
        hear(P2, SUSPECT);
        assertThat(accusations.strike(P0, P1)).isTrue();
        assertThat(accusations.strike(P0, P2)).isFalse();
        assertThat(accusations.accusersOf(P0)).isEmpty();
    }

    @Test
    void anAccusationWithEnoughOthersBehindItStandsWhenOneIsStruckOut() {
        hear(P1, SUSPECT);
        hear(P2, SUSPECT);
        hear(P3, SUSPECT);
        assertThat(accusations.strike(P0, P1)).isFalse();
    }

    @Test
    void whatWasSaidBeforeAWatcherLearntOfTheStrikeIsVoid() {
        hear(P1, SUSPECT);
        accusations.strike(P0, P2);
        assertThat(accusations.hear(P0, P2, SUSPECT, 0, 100)).isEmpty();
        assertThat(accusations.hear(P0, P2, SUSPECT, 1, 101)).contains(SUSPECT);
    }

    /// A watcher that has crashed counts from 1 again.
    @Test
    void numbersBeginAnewAfterAStrike() {
        accusations.hear(P0, P1, ALIVE, 0, 50);
        accusations.hear(P0, P2, SUSPECT, 0, 50);
        accusations.strike(P0, P1);
        assertThat(accusations.hear(P0, P1, SUSPECT, 1, 1)).contains(SUSPECT);
    }

    @Test
    void onlyWatchersAreAsked() {
        assertThat(accusations.watchersOf(P0)).containsExactly(P1, P2, P3);
        assertThat(accusations.watchersOf(P1)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> accusations.strikes(P1, P2))
                .withMessage("P2 does not watch P1");
    }
}
