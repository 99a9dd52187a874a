package io.faultline.kernel.process;

import static io.faultline.kernel.process.Stage.say;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CancellationException;

/// What a buffer promises.
class StoreTest {

    private final Stage stage = new Stage();
    private final Store<String> inbox = stage.make(() -> new Store<>("inbox", 2));

    private void puts(long time, String what) {
        stage.at(
                time,
                "putter",
                () -> {
                    inbox.put(what);
                    say("put " + what);
                });
    }

    private void takes(long time, String who) {
        stage.at(time, who, () -> say("took " + inbox.take()));
    }

    @Test
    void elementsLeaveInTheOrderInWhichTheyCame() {
        puts(1, "a");
        puts(2, "b");
        takes(5, "ann");
        takes(6, "ann");
        stage.run();
        assertThat(stage.said())
                .containsExactly(
                        "1 putter: put a", "2 putter: put b", "5 ann: took a", "6 ann: took b");
    }

    @Test
    void whoeverPutsWaitsForRoomInTurn() {
        puts(1, "a");
        puts(2, "b");
        puts(3, "c");
        puts(4, "d");
        takes(10, "ann");
        takes(20, "ann");
        takes(30, "ann");
        stage.run();
        assertThat(stage.said())
                .containsExactly(
                        "1 putter: put a",
                        "2 putter: put b",
                        "10 ann: took a",
                        "10 putter: put c",
                        "20 ann: took b",
                        "20 putter: put d",
                        "30 ann: took c");
        assertThat(inbox).hasToString("store inbox (1 of 2)");
    }

    @Test
    void whoeverTakesWaitsForAnElementInTurn() {
        takes(1, "ann");
        takes(2, "bob");
        puts(5, "a");
        puts(6, "b");
        stage.run();
        assertThat(stage.said())
                .containsExactly(
                        "5 putter: put a", "5 ann: took a", "6 putter: put b", "6 bob: took b");
        assertThat(inbox.maxLevel()).isZero();
    }

    @Test
    void timeOutsEndWaitsAtTheirInstant() {
        stage.at(0, "ann", () -> say(inbox.take(3)));
        puts(4, "a");
        puts(4, "b");
        stage.at(5, "bob", () -> say(inbox.put("c", 5)));
        stage.at(6, "bob", () -> say(inbox.offer("d")));
        stage.at(
                12,
                "ann",
                () -> say(inbox.poll().orElseThrow() + inbox.poll().orElseThrow() + inbox.poll()));
        stage.run();
        assertThat(stage.said())
                .containsExactly(
                        "3 ann: Optional.empty",
                        "4 putter: put a",
                        "4 putter: put b",
                        "6 bob: false",
                        "10 bob: false",
                        "12 ann: abOptional.empty");
    }

    @Test
    void cancellingThrowsWhereTheEntityWaits() {
        stage.at(
                0,
                "ann",
                () -> {
                    try {
                        inbox.take();
                    } catch (CancellationException e) {
                        say(e.getMessage());
                    }
                });
        takes(1, "bob");
        stage.at(5, "cat", () -> say(inbox.cancel(stage.actor("ann"))));
        puts(6, "a");
        stage.run();
        assertThat(stage.said())
                .containsExactly(
                        "5 cat: 1",
                        "5 ann: the wait for an element of store inbox was cancelled",
                        "6 putter: put a",
                        "6 bob: took a");
    }

    @Test
    void nullIsRefused() {
        stage.at(0, "ann", () -> inbox.put(null));
        assertThatThrownBy(stage::run).hasMessageContaining("store inbox keeps no null");
    }

    @Test
    void statisticsAreThoseCountedByHand() {
        puts(0, "a");
        puts(10, "b");
        puts(12, "c"); // waits 8
        takes(20, "ann");
        takes(25, "ann");
        takes(25, "ann");
        takes(30, "ann"); // waits 5
        puts(35, "d");
        stage.runUntil(40);
        assertThat(inbox.meanLevel()).isCloseTo((10 * 1 + 10 * 2 + 5 * 2) / 40.0, within(1e-12));
        assertThat(inbox.maxLevel()).isEqualTo(2);
        assertThat(inbox.puts().served()).isEqualTo(4);
        assertThat(inbox.puts().atOnce()).isEqualTo(3);
        assertThat(inbox.puts().meanWaitNanos()).isEqualTo(2);
        assertThat(inbox.takes().served()).isEqualTo(4);
        assertThat(inbox.takes().maxWaitNanos()).isEqualTo(5);
        assertThat(inbox.takes().meanLength()).isCloseTo(5 / 40.0, within(1e-12));
    }
}
