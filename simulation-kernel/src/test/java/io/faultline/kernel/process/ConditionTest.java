package io.faultline.kernel.process;

import static io.faultline.kernel.process.Stage.say;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CancellationException;

/// What it means to wait until something is true.
class ConditionTest {

    private final Stage stage = new Stage();
    private int cakes;
    private final Condition anyCake = stage.make(() -> new Condition("any cake", () -> cakes > 0));

    private void bakes(long time, int number) {
        stage.at(
                time,
                "baker",
                () -> {
                    cakes += number;
                    anyCake.changed();
                });
    }

    private void eats(long time, String who) {
        stage.at(
                time,
                who,
                () -> {
                    anyCake.await();
                    say("eats, " + --cakes + " left");
                });
    }

    @Test
    void nobodyWaitsForWhatIsTrue() {
        cakes = 1;
        eats(3, "ann");
        stage.run();
        assertThat(stage.said()).containsExactly("3 ann: eats, 0 left");
    }

    @Test
    void thoseWhoWaitGoOnInOrderForAsLongAsItHolds() {
        eats(1, "ann");
        eats(2, "bob");
        eats(3, "cat");
        bakes(10, 2);
        bakes(20, 1);
        stage.run();
        assertThat(stage.said())
                .containsExactly(
                        "10 ann: eats, 1 left", "10 bob: eats, 0 left", "20 cat: eats, 0 left");
    }

    @Test
    void whoeverFindsItUndoneWaitsOnAtItsOldPlace() {
        eats(1, "ann");
        eats(2, "bob");
        bakes(10, 1);
        stage.at(
                10,
                "thief",
                () -> {
                    cakes = 0;
                    say("steals");
                });
        eats(11, "cat");
        bakes(20, 1);
        bakes(30, 2);
        stage.run();
        assertThat(stage.said())
                .containsExactly(
                        "10 thief: steals",
                        "20 ann: eats, 0 left",
                        "30 bob: eats, 1 left",
                        "30 cat: eats, 0 left");
    }

    @Test
    void withoutBeingToldNobodyLooks() {
        eats(1, "ann");
        stage.at(2, "baker", () -> cakes = 1);
        stage.run();
        assertThat(stage.said()).isEmpty();
        stage.simulation().within(anyCake::changed);
        stage.run();
        assertThat(stage.said()).containsExactly("2 ann: eats, 0 left");
    }

    @Test
    void aTimeOutCountsFromTheBeginningOfTheWaitHoweverOftenItLooks() {
        stage.at(0, "ann", () -> say(anyCake.await(25)));
        for (int i = 1; i <= 3; i++) {
            bakes(10 * i, 1);
            stage.at(10 * i, "thief", () -> cakes = 0);
        }
        stage.at(40, "bob", () -> say(anyCake.await(0)));
        stage.run();
        assertThat(stage.said()).containsExactly("25 ann: false", "40 bob: false");
    }

    @Test
    void cancellingThrowsWhereTheEntityWaits() {
        stage.at(0, "ann", this::waitAndTell);
        eats(1, "bob");
        stage.at(5, "cat", () -> say(anyCake.cancel(stage.actor("ann"))));
        bakes(6, 1);
        stage.run();
        assertThat(stage.said())
                .containsExactly(
                        "5 cat: 1",
                        "5 ann: the wait for condition any cake was cancelled",
                        "6 bob: eats, 0 left");
    }

    @Test
    void cancellingReachesOneThatWasWokenInVain() {
        stage.at(0, "ann", this::waitAndTell);
        bakes(5, 1);
        stage.at(
                5,
                "thief",
                () -> {
                    cakes = 0;
                    anyCake.cancel(stage.actor("ann"));
                });
        stage.run();
        assertThat(stage.said())
                .containsExactly("5 ann: the wait for condition any cake was cancelled");
    }

    private void waitAndTell() {
        try {
            anyCake.await();
            say("eats");
        } catch (CancellationException e) {
            say(e.getMessage());
        }
    }
}
