package io.faultline.kernel.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.kernel.Simulation;

import org.junit.jupiter.api.Test;

import java.util.concurrent.locks.ReentrantLock;

/// Where an event cannot be suspended, and what is said of it.
class PinnedTest {

    private final Simulation simulation = new Simulation(1);

    static class Initialised {
        static final long READY;

        static {
            Kronos.blockingSleep(1);
            READY = Kronos.currentTime();
        }
    }

    @Entity
    static class Waiter {
        private final Object lock = new Object();

        public void inAClassInitialiser() {
            Said.say(Initialised.READY);
        }

        public void inASynchronizedBlock() {
            synchronized (lock) {
                Kronos.blockingSleep(1);
            }
        }

        public void inASynchronizedBlockOfACaller() {
            synchronized (lock) {
                wait(5);
            }
        }

        private void wait(int nanos) {
            answer(nanos);
        }

        @Blocking
        int answer(int nanos) {
            return nanos;
        }

        public void withALock() {
            var lock = new ReentrantLock();
            lock.lock();
            try {
                Kronos.blockingSleep(1);
            } finally {
                lock.unlock();
            }
            Said.say("unlocked");
        }

        public void afterASynchronizedBlock() {
            synchronized (lock) {
                Said.say("locked");
            }
            Kronos.blockingSleep(1);
            Said.say("unlocked");
        }

        /// The JVM itself calls what is to be done with a stack.
        public void inNativeCode() {
            try {
                StackWalker.getInstance().forEach(frame -> Kronos.blockingSleep(1));
            } catch (IllegalStateException e) {
                Said.say(e.getMessage());
            }
            Kronos.blockingSleep(10);
            Said.say("slept");
        }

        @Override
        public String toString() {
            return "waiter";
        }
    }

    @Test
    void aClassInitialiserCannotWait() {
        simulation.within(new Waiter()::inAClassInitialiser);
        assertThatThrownBy(simulation::run)
                .hasMessageContaining("waiter.inAClassInitialiser()")
                .hasRootCauseMessage(
                        "an event cannot be suspended while native code or a class initialiser is"
                                + " running; move the blocking call out of it");
        assertThat(simulation.pending()).isZero();
        assertThat(simulation.suspensions()).isEmpty();
    }

    @Test
    void aSynchronizedBlockCannotWait() {
        simulation.within(new Waiter()::inASynchronizedBlock);
        assertThatThrownBy(simulation::run)
                .hasMessageContaining(
                        "waiter.inASynchronizedBlock() cannot wait for the end of its sleep in the"
                                + " synchronized block at")
                .hasMessageContaining(
                        "Waiter.inASynchronizedBlock$PinnedTest$Waiter(PinnedTest.java:")
                .hasMessageContaining(
                        ": the next event that needs the monitor would hang the run; events need no"
                                + " synchronisation");
        var again = new Simulation(1);
        again.within(new Waiter()::inASynchronizedBlock);
        assertThatThrownBy(again::run).hasMessageContaining("in the synchronized block at");
    }

    @Test
    void norCanWhatIsCalledInOne() {
        simulation.within(new Waiter()::inASynchronizedBlockOfACaller);
        assertThatThrownBy(simulation::run)
                .hasMessageContaining(
                        "cannot wait for waiter.answer(5) in the synchronized block at");
    }

    @Test
    void outsideASynchronizedBlockAndWithALockAnEventMayWait() {
        simulation.within(() -> {
            var waiter = new Waiter();
            waiter.withALock();
            waiter.afterASynchronizedBlock();
        });
        simulation.run();
        assertThat(Said.in(simulation)).containsExactly("locked", "unlocked", "unlocked");
    }

    @Test
    void aMonitorThatTheCallerOfTheRunHoldsIsNoHindrance() {
        simulation.within(new Waiter()::withALock);
        synchronized (this) {
            simulation.run();
        }
        assertThat(Said.in(simulation)).containsExactly("unlocked");
    }

    /// The wait that did not come about does not come back later.
    @Test
    void nativeCodeCannotWaitAndTheEventGoesOnIfItCatchesThat() {
        simulation.within(new Waiter()::inNativeCode);
        simulation.run();
        assertThat(Said.in(simulation))
                .containsExactly(
                        "an event cannot be suspended while native code or a class initialiser is"
                                + " running; move the blocking call out of it",
                        "slept");
        assertThat(simulation.now().nanos()).isEqualTo(10);
    }
}
