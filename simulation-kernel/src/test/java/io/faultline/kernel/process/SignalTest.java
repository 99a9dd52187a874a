package io.faultline.kernel.process;

import static io.faultline.kernel.process.Stage.say;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.entity.Kronos;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CancellationException;

/// What a signal does.
class SignalTest {

    private final Stage stage = new Stage();
    private final Signal signal = stage.make(() -> new Signal("doors-open"));

    private void waits(long time, String who) {
        stage.at(
                time,
                who,
                () -> {
                    signal.await();
                    say("goes on");
                });
    }

    @Test
    void aSignalLetsTheFirstThatWaitsGoOn() {
        waits(1, "ann");
        waits(2, "bob");
        stage.at(5, "cat", signal::signal);
        stage.at(6, "cat", signal::signal);
        stage.run();
        assertThat(stage.said()).containsExactly("5 ann: goes on", "6 bob: goes on");
    }

    @Test
    void oneSignalThatNobodyWaitsForIsRememberedAndNoMore() {
        stage.at(1, "cat", signal::signal);
        stage.at(2, "cat", signal::signal);
        waits(5, "ann");
        waits(6, "bob");
        stage.run();
        assertThat(stage.said()).containsExactly("5 ann: goes on");
        assertThat(stage.simulation().suspensions()).hasSize(1);
    }

    @Test
    void aSignalToAllLetsThoseGoOnThatWaitNowAndIsNotRemembered() {
        waits(1, "ann");
        waits(2, "bob");
        stage.at(5, "cat", signal::signalAll);
        waits(6, "dan");
        stage.run();
        assertThat(stage.said()).containsExactly("5 ann: goes on", "5 bob: goes on");
        assertThat(stage.simulation().suspensions()).hasSize(1);
    }

    @Test
    void aTimeOutEndsTheWaitAtItsInstantAndUsesNothingUp() {
        stage.at(1, "ann", () -> say(signal.await(4)));
        stage.at(6, "cat", signal::signal);
        stage.at(7, "bob", () -> say(signal.await(4)));
        stage.at(8, "bob", () -> say(signal.await(0)));
        stage.run();
        assertThat(stage.said()).containsExactly("5 ann: false", "7 bob: true", "8 bob: false");
    }

    @Test
    void atOneInstantTheEventThatWasPostedEarlierDecides() {
        stage.at(5, "cat", signal::signal);
        stage.at(1, "ann", () -> say(signal.await(4)));
        stage.run();
        stage.at(11, "ann", () -> say(signal.await(4)));
        stage.run();
        assertThat(stage.said()).containsExactly("5 ann: true", "15 ann: false");
    }

    @Test
    void whoeverHasSleptSignalsAtItsLocalClockAndDoesNotWait() {
        waits(0, "ann");
        stage.at(
                0,
                "cat",
                () -> {
                    Kronos.sleep(10);
                    signal.signal();
                    say("not suspended at " + stage.simulation().now().nanos());
                });
        stage.run();
        assertThat(stage.said()).containsExactly("10 cat: not suspended at 0", "10 ann: goes on");
    }

    @Test
    void cancellingThrowsWhereTheEntityWaits() {
        stage.at(
                0,
                "ann",
                () -> {
                    try {
                        signal.await();
                    } catch (CancellationException e) {
                        say(e.getMessage());
                    }
                });
        waits(1, "bob");
        stage.at(5, "cat", () -> say(signal.cancel(stage.actor("ann"))));
        stage.at(6, "cat", signal::signal);
        stage.run();
        assertThat(stage.said())
                .containsExactly(
                        "5 cat: 1",
                        "5 ann: the wait for signal doors-open was cancelled",
                        "6 bob: goes on");
    }
}
