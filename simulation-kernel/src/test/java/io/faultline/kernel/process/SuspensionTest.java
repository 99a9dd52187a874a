package io.faultline.kernel.process;

import static io.faultline.kernel.process.Stage.say;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.kernel.Suspension;
import io.faultline.kernel.entity.Kronos;

import org.junit.jupiter.api.Test;

import java.util.concurrent.locks.ReentrantLock;

/// What it means that an event is left in the middle, and what to beware of.
class SuspensionTest {

    private final Stage stage = new Stage();
    private Suspension turn;

    private void await(String what) {
        turn = stage.simulation().suspension(what);
        say("waits");
        turn.await();
        say("goes on");
    }

    @Test
    void anEventGoesOnAtTheLocalClockOfWhoeverResumesIt() {
        stage.at(0, "ann", () -> await("a word"));
        stage.at(
                10,
                "bob",
                () -> {
                    Kronos.sleep(5);
                    turn.resume(null);
                });
        stage.run();
        assertThat(stage.said()).containsExactly("0 ann: waits", "15 ann: goes on");
    }

    @Test
    void anEventsClockNeverRunsBackwards() {
        stage.at(
                0,
                "ann",
                () -> {
                    Kronos.sleep(100);
                    await("a word");
                });
        stage.at(10, "bob", () -> turn.resume(null));
        stage.run();
        assertThat(stage.said()).containsExactly("100 ann: waits", "100 ann: goes on");
    }

    @Test
    void aWaitEndsOnce() {
        stage.at(0, "ann", () -> await("a word"));
        stage.at(
                10,
                "bob",
                () -> {
                    say(turn.resume(null));
                    say(turn.fail(new IllegalStateException()));
                });
        stage.run();
        assertThat(stage.said())
                .containsExactly(
                        "0 ann: waits", "10 bob: true", "10 bob: false", "10 ann: goes on");
    }

    @Test
    void theRunListsWhoWaitsForWhatSinceWhenInTheOrderOfWaiting() {
        stage.at(2_000_000, "ann", () -> new Signal("green light").await());
        stage.at(3_000_000, "bob", () -> new Resource("lift", 1).acquire(1));
        stage.at(4_000_000, "cat", () -> new Channel<String>("post").take());
        stage.at(
                5_000_000,
                "dan",
                () -> {
                    var pool = new Resource("connections", 5);
                    pool.acquire(2);
                    pool.acquire(4);
                });
        stage.run();
        assertThat(stage.simulation().suspensions())
                .extracting(wait -> wait.toString().replaceAll("\\(.*?\\) ", " "))
                .satisfiesExactly(
                        wait ->
                                assertThat(wait)
                                        .startsWith(
                                                "ann.act waits for signal green light since"
                                                        + " 0.002s"),
                        wait ->
                                assertThat(wait)
                                        .startsWith(
                                                "cat.act waits for a putter at channel post since"
                                                        + " 0.004s"),
                        wait ->
                                assertThat(wait)
                                        .startsWith(
                                                "dan.act waits for 4 of 5 connections since"
                                                        + " 0.005s"));
    }

    @Test
    void waitingAmongCallsThatArePostedIsRefused() {
        var signal = stage.make(() -> new Signal("green light"));
        stage.at(0, "ann", () -> Kronos.after(10, signal::await));
        assertThatThrownBy(stage::run)
                .hasMessageContaining("among the calls of Kronos.after, timer or every");
    }

    static final class Greedy {
        static {
            Kronos.blockingSleep(1);
        }
    }

    @Test
    void aClassInitialiserCannotWait() {
        stage.at(0, "ann", Greedy::new);
        assertThatThrownBy(stage::run)
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .rootCause()
                .hasMessageContaining("while native code or a class initialiser is running");
    }

    private static final ScopedValue<String> USER = ScopedValue.newInstance();

    @Test
    void aScopedValueOfAnEventThatWaitsIsSeenByOthers() {
        stage.at(
                0, "ann", () -> ScopedValue.where(USER, "ann").run(() -> Kronos.blockingSleep(10)));
        stage.at(5, "bob", () -> say(USER.orElse("nobody")));
        stage.at(15, "bob", () -> say(USER.orElse("nobody")));
        stage.run();
        assertThat(stage.said()).containsExactly("5 bob: ann", "15 bob: nobody");
    }

    @Test
    void aThreadLocalBelongsToTheRunAndNotToTheEvent() {
        var local = new ThreadLocal<String>();
        stage.at(
                0,
                "ann",
                () -> {
                    local.set("ann");
                    Kronos.blockingSleep(10);
                    say(local.get());
                });
        stage.at(5, "bob", () -> local.set("bob"));
        stage.run();
        assertThat(stage.said()).containsExactly("10 ann: bob");
    }

    @Test
    void aLockOfTheJdkKnowsNoEventsAndSoLetsEveryEventIn() {
        var lock = new ReentrantLock();
        stage.at(
                0,
                "ann",
                () -> {
                    lock.lock();
                    Kronos.blockingSleep(10);
                    lock.unlock();
                });
        stage.at(5, "bob", () -> say(lock.tryLock()));
        stage.run();
        assertThat(stage.said()).containsExactly("5 bob: true");
    }

    @Test
    void aBlockingCallOfTheJdkStopsTheRunAndTakesNoVirtualTime() {
        stage.at(
                0,
                "ann",
                () -> {
                    try {
                        Thread.sleep(1);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    say("has slept");
                });
        stage.at(0, "bob", () -> say("had to wait for her"));
        stage.run();
        assertThat(stage.said()).containsExactly("0 ann: has slept", "0 bob: had to wait for her");
    }
}
