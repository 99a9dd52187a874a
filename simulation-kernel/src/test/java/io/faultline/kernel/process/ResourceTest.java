package io.faultline.kernel.process;

import static io.faultline.kernel.process.Stage.say;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.faultline.kernel.entity.Kronos;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CancellationException;

/// What a resource promises.
class ResourceTest {

    private final Stage stage = new Stage();
    private final Resource tellers = stage.make(() -> new Resource("tellers", 3));

    private void uses(long time, String who, int places, long nanos) {
        stage.at(
                time,
                who,
                () -> {
                    tellers.acquire(places);
                    say("has " + places);
                    Kronos.blockingSleep(nanos);
                    tellers.release(places);
                });
    }

    @Test
    void aFreePlaceIsTakenAtOnceAndOthersWaitInOrder() {
        uses(0, "ann", 2, 10);
        uses(1, "bob", 1, 4);
        uses(2, "cat", 2, 10);
        uses(3, "dan", 1, 10);
        stage.run();
        assertThat(stage.said())
                .containsExactly("0 ann: has 2", "1 bob: has 1", "10 cat: has 2", "10 dan: has 1");
    }

    @Test
    void nobodyOvertakesOneThatWantsMore() {
        uses(0, "ann", 2, 10);
        uses(1, "bob", 2, 5); // waits for two, with one free
        uses(2, "cat", 1, 5); // would fit, and waits behind
        stage.run();
        assertThat(stage.said()).containsExactly("0 ann: has 2", "10 bob: has 2", "10 cat: has 1");
    }

    @Test
    void aTimeOutEndsTheWaitAtItsInstantAndMakesWayForTheNext() {
        uses(0, "ann", 2, 100);
        stage.at(1, "bob", () -> say(tellers.acquire(2, 9)));
        uses(2, "cat", 1, 5);
        stage.run();
        assertThat(stage.said()).containsExactly("0 ann: has 2", "10 bob: false", "10 cat: has 1");
    }

    @Test
    void atOneInstantTheEventThatWasPostedEarlierDecides() {
        stage.at(20, "ann", () -> tellers.release(3));
        stage.at(0, "ann", () -> tellers.acquire(3));
        stage.at(10, "bob", () -> say(tellers.acquire(3, 10)));
        // The end of bob's wait was posted at 10; what releases bob's places at 40 is posted later
        // than
        // the beginning of cat's wait.
        stage.at(30, "cat", () -> say(tellers.acquire(1, 10)));
        stage.at(
                31,
                "bob",
                () -> Kronos.after(9, () -> stage.actor("bob").act(() -> tellers.release(3))));
        stage.run();
        assertThat(stage.said()).containsExactly("20 bob: true", "40 cat: false");
    }

    @Test
    void aTimeOutOfZeroTakesAPlaceNowOrNotAtAll() {
        uses(0, "ann", 3, 10);
        stage.at(0, "bob", () -> say(tellers.acquire(1, 0)));
        stage.at(11, "bob", () -> say(tellers.acquire(1, 0)));
        stage.run();
        assertThat(stage.said()).containsExactly("0 ann: has 3", "0 bob: false", "11 bob: true");
    }

    @Test
    void cancellingThrowsWhereTheEntityWaitsAndMakesWayForTheNext() {
        uses(0, "ann", 2, 100);
        stage.at(
                1,
                "bob",
                () -> {
                    try {
                        tellers.acquire(3);
                    } catch (CancellationException e) {
                        say(e.getMessage());
                    }
                });
        uses(2, "cat", 1, 5);
        stage.at(7, "dan", () -> say(tellers.cancel(stage.actor("bob"))));
        stage.run();
        assertThat(stage.said())
                .containsExactly(
                        "0 ann: has 2",
                        "7 dan: 1",
                        "7 bob: the wait for 3 of 3 tellers was cancelled",
                        "7 cat: has 1");
    }

    @Test
    void givingBackMoreThanIsTakenIsAnError() {
        stage.at(
                0,
                "ann",
                () -> {
                    tellers.acquire();
                    tellers.release(2);
                });
        assertThatThrownBy(stage::run)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot release 2 of tellers: no more than 1 of 3 taken");
    }

    @Test
    void wantingMoreThanThereIsIsAnError() {
        stage.at(0, "ann", () -> tellers.acquire(4));
        assertThatThrownBy(stage::run)
                .hasMessageContaining("cannot acquire 4 of tellers: it takes from 1 to 3");
    }

    @Test
    void aSleeperGivesBackAtItsLocalClock() {
        stage.at(
                0,
                "ann",
                () -> {
                    tellers.acquire(3);
                    Kronos.sleep(50);
                    tellers.release(3);
                });
        stage.at(
                10,
                "bob",
                () -> {
                    tellers.acquire();
                    say("has one");
                });
        stage.run();
        assertThat(stage.said()).containsExactly("50 bob: has one");
    }

    @Test
    void statisticsAreThoseCountedByHand() {
        uses(0, "ann", 3, 10); // 0 to 10
        uses(4, "bob", 1, 10); // waits 6, then 10 to 20
        uses(5, "cat", 2, 20); // waits 5, then 10 to 30
        stage.at(6, "dan", () -> tellers.acquire(1, 2)); // gives up at 8
        stage.at(7, "eve", () -> tellers.acquire(1, 0)); // turned away
        stage.at(12, "fay", () -> swallow(() -> tellers.acquire(1))); // cancelled at 15
        stage.at(15, "gus", () -> tellers.cancel(stage.actor("fay")));
        stage.runUntil(40);
        var queue = tellers.queue();
        assertThat(tellers.utilisation())
                .isCloseTo((3 * 10 + 3 * 10 + 2 * 10) / 3.0 / 40, within(1e-12));
        assertThat(queue.served()).isEqualTo(3);
        assertThat(queue.atOnce()).isEqualTo(1);
        assertThat(queue.timedOut()).isEqualTo(2);
        assertThat(queue.cancelled()).isEqualTo(1);
        assertThat(queue.meanLength()).isCloseTo((6 + 5 + 2 + 3) / 40.0, within(1e-12));
        assertThat(queue.maxLength()).isEqualTo(3);
        assertThat(queue.meanWaitNanos()).isCloseTo((0 + 6 + 5) / 3.0, within(1e-12));
        assertThat(queue.maxWaitNanos()).isEqualTo(6);
        assertThat(tellers).hasToString("tellers (0 of 3 taken, 0 waiting)");
    }

    @Test
    void statisticsCanBeginAnew() {
        uses(0, "ann", 3, 10);
        uses(5, "bob", 3, 10);
        stage.runUntil(8);
        tellers.resetStatistics();
        stage.runUntil(28);
        assertThat(tellers.utilisation()).isCloseTo(12 / 20.0, within(1e-12));
        assertThat(tellers.queue().served()).isEqualTo(1);
        assertThat(tellers.queue().meanLength()).isCloseTo(2 / 20.0, within(1e-12));
        assertThat(tellers.queue().meanWaitNanos()).isEqualTo(5);
    }

    private static void swallow(Runnable waiting) {
        try {
            waiting.run();
        } catch (CancellationException expected) {
            // That is what the caller wants.
        }
    }
}
