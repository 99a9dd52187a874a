package io.faultline.kernel.process;

import static io.faultline.kernel.process.Stage.say;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.kernel.Simulation;
import io.faultline.kernel.entity.Kronos;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.concurrent.CancellationException;

/// What it means to hand something over.
class ChannelTest {

    private final Stage stage = new Stage();
    private final Channel<String> channel = stage.make(() -> new Channel<>("post"));

    @Test
    void aPutWaitsForATakeAndTheWaitingOneGoesOnFirst() {
        stage.at(
                10,
                "ann",
                () -> {
                    channel.put("letter");
                    say("handed over");
                });
        stage.at(30, "bob", () -> say("got " + channel.take()));
        stage.run();
        assertThat(stage.said()).containsExactly("30 ann: handed over", "30 bob: got letter");
    }

    @Test
    void aTakeWaitsForAPutAndTheWaitingOneGoesOnFirst() {
        stage.at(10, "bob", () -> say("got " + channel.take()));
        stage.at(
                30,
                "ann",
                () -> {
                    channel.put("letter");
                    say("handed over");
                });
        stage.run();
        assertThat(stage.said()).containsExactly("30 bob: got letter", "30 ann: handed over");
    }

    @Test
    void bothSidesAreServedInTheOrderInWhichTheyCame() {
        for (int i = 1; i <= 3; i++) {
            var letter = "letter " + i;
            stage.at(i, "putter" + i, () -> channel.put(letter));
        }
        for (int i = 1; i <= 5; i++) {
            stage.at(10 + i, "taker" + i, () -> say(channel.take()));
        }
        for (int i = 4; i <= 5; i++) {
            var letter = "letter " + i;
            stage.at(20 + i, "putter" + i, () -> channel.put(letter));
        }
        stage.run();
        assertThat(stage.said())
                .containsExactly(
                        "11 taker1: letter 1",
                        "12 taker2: letter 2",
                        "13 taker3: letter 3",
                        "24 taker4: letter 4",
                        "25 taker5: letter 5");
        assertThat(stage.simulation().suspensions()).isEmpty();
    }

    @Test
    void offerGivesToATakerThatWaitsAndNeverWaitsItself() {
        stage.at(0, "ann", () -> say(channel.offer("too early")));
        stage.at(1, "bob", () -> say("got " + channel.take()));
        stage.at(2, "ann", () -> say(channel.offer("in time")));
        stage.run();
        assertThat(stage.said())
                .containsExactly("0 ann: false", "2 ann: true", "2 bob: got in time");
    }

    @Test
    void pollTakesFromAPutterThatWaitsAndNeverWaitsItself() {
        stage.at(0, "bob", () -> say(channel.poll()));
        stage.at(
                1,
                "ann",
                () -> {
                    channel.put("letter");
                    say("handed over");
                });
        stage.at(2, "bob", () -> say(channel.poll()));
        stage.run();
        assertThat(stage.said())
                .containsExactly(
                        "0 bob: Optional.empty", "2 bob: Optional[letter]", "2 ann: handed over");
    }

    @Test
    void codeOutsideTheOrderOfEventsMayOfferAndPollButNotWait() {
        stage.at(0, "bob", () -> say("got " + channel.take()));
        stage.run();
        stage.simulation().within(() -> assertThat(channel.offer("from outside")).isTrue());
        stage.run();
        assertThat(stage.said()).containsExactly("0 bob: got from outside");
        stage.at(0, "bob", () -> say("got " + channel.take()));
        stage.run();
        assertThatThrownBy(() -> stage.simulation().within(() -> channel.put("x")))
                .hasMessageContaining("only an event can wait");
        assertThat(stage.simulation().suspensions()).hasSize(1);
    }

    @Test
    void aTimeOutEndsTheWaitAtItsInstantAndTakesTheElementBack() {
        stage.at(10, "ann", () -> say(channel.put("letter", 5)));
        stage.at(20, "bob", () -> say(channel.take(7)));
        stage.at(30, "bob", () -> say(channel.poll()));
        stage.run();
        assertThat(stage.said())
                .containsExactly(
                        "15 ann: false", "27 bob: Optional.empty", "30 bob: Optional.empty");
    }

    @Test
    void aMatchWithinTheTimeOutLeavesNothingBehind() {
        stage.at(10, "ann", () -> say(channel.put("letter", 100)));
        stage.at(20, "bob", () -> say(channel.take(100)));
        stage.run();
        assertThat(stage.said()).containsExactly("20 ann: true", "20 bob: Optional[letter]");
        assertThat(stage.simulation().now().nanos()).isEqualTo(20);
    }

    @Test
    void aTimeOutOfZeroDoesNotWait() {
        stage.at(0, "ann", () -> say(channel.put("letter", 0)));
        stage.at(0, "bob", () -> say(channel.take(0)));
        stage.at(1, "bob", () -> say(channel.take(10)));
        stage.at(2, "ann", () -> say(channel.put("letter", 0)));
        stage.run();
        assertThat(stage.said())
                .containsExactly(
                        "0 ann: false",
                        "0 bob: Optional.empty",
                        "2 bob: Optional[letter]",
                        "2 ann: true");
    }

    @Test
    void atOneInstantTheEventThatWasPostedEarlierDecides() {
        // Posted before the wait begins, so the put comes before the end of the wait.
        stage.at(15, "ann", () -> say(channel.offer("first")));
        stage.at(10, "bob", () -> say(channel.take(5)));
        stage.run();
        // Posted after the wait began.
        stage.at(20, "bob", () -> say(channel.take(5)));
        stage.at(
                21,
                "cat",
                () ->
                        Kronos.after(
                                4,
                                () -> stage.actor("ann").act(() -> say(channel.offer("second")))));
        stage.run();
        assertThat(stage.said())
                .containsExactly(
                        "15 ann: true",
                        "15 bob: Optional[first]",
                        "25 ann: false",
                        "25 bob: Optional.empty");
    }

    @Test
    void anEventThatHasSleptMeetsTheOtherAtItsOwnLocalClock() {
        stage.at(
                0,
                "ann",
                () -> {
                    Kronos.sleep(100);
                    channel.put("letter");
                    say("handed over");
                });
        stage.at(50, "bob", () -> say("got " + channel.take()));
        stage.run();
        assertThat(stage.said()).containsExactly("100 bob: got letter", "100 ann: handed over");
    }

    @Test
    void cancellingThrowsWhereTheEntityWaitsAndOnlyThere() {
        stage.at(0, "ann", () -> waitAndTell("ann"));
        stage.at(1, "bob", () -> waitAndTell("bob"));
        stage.at(5, "cat", () -> say(channel.cancel(stage.actor("ann"))));
        stage.at(6, "cat", () -> say(channel.cancel(stage.actor("ann"))));
        stage.at(9, "dan", () -> say(channel.take()));
        stage.run();
        assertThat(stage.said())
                .containsExactly(
                        "5 cat: 1",
                        "5 ann: the wait for a taker at channel post was cancelled",
                        "6 cat: 0",
                        "9 bob: handed over",
                        "9 dan: from bob");
    }

    private void waitAndTell(String who) {
        try {
            channel.put("from " + who);
            say("handed over");
        } catch (CancellationException e) {
            say(e.getMessage());
        }
    }

    @Test
    void statisticsAreThoseCountedByHand() {
        stage.at(0, "ann", () -> channel.put("a")); // waits 4
        stage.at(0, "bob", () -> channel.put("b", 3)); // in vain
        stage.at(4, "cat", () -> channel.take());
        stage.at(5, "cat", () -> channel.take()); // waits 3
        stage.at(8, "ann", () -> channel.put("c"));
        stage.at(9, "ann", () -> channel.offer("d"));
        stage.runUntil(10);
        assertThat(channel.puts())
                .isEqualTo(new QueueStatistics(2, 1, 2, 0, (4 + 3) / 10.0, 2, 2, 4));
        assertThat(channel.takes()).isEqualTo(new QueueStatistics(2, 1, 0, 0, 3 / 10.0, 1, 1.5, 3));
    }

    @Test
    void nullIsRefused() {
        stage.at(0, "ann", () -> channel.put(null));
        assertThatThrownBy(stage::run)
                .hasCauseInstanceOf(NullPointerException.class)
                .hasMessageContaining("channel post carries no null");
        stage.at(0, "ann", () -> channel.offer(null));
        assertThatThrownBy(stage::run).hasMessageContaining("carries no null");
    }

    @Test
    void aNegativeTimeOutIsRefused() {
        stage.at(0, "ann", () -> channel.take(-1));
        assertThatThrownBy(stage::run)
                .hasMessageContaining(
                        "Channel.take of post: a time-out must be zero or more, but was"
                                + " -0.000000001s");
    }

    @Test
    void aChannelIsMadeInARunAndBelongsToIt() {
        assertThatThrownBy(() -> new Channel<String>("post"))
                .hasMessageContaining("new Channel needs a run");
        assertThatThrownBy(() -> new Simulation(2).within(channel::poll))
                .hasMessage("Channel.poll: post belongs to another run; make one for each");
        assertThatThrownBy(() -> stage.make(() -> new Channel<String>(" ")))
                .hasMessage("the name of a Channel must not be blank");
    }

    @Test
    void thousandsOfPairsMeetWithoutLoss() {
        int pairs = 2_000;
        for (int i = 0; i < pairs; i++) {
            var letter = Integer.toString(i);
            stage.at(7 * i % 1_000, "putter", () -> channel.put(letter));
            stage.at(11 * i % 1_000, "taker", () -> say(channel.take()));
        }
        stage.run();
        assertThat(stage.said()).hasSize(pairs).doesNotHaveDuplicates();
        assertThat(stage.simulation().suspensions()).isEmpty();
        stage.simulation().within(() -> assertThat(channel.poll()).isEqualTo(Optional.empty()));
    }
}
