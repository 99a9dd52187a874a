package io.faultline.kernel.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Observation;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;

import org.junit.jupiter.api.Test;

/// Several threads of events through the same entity, without a thread: each is a chain of calls,
/// and carries what it needs as arguments.
class ThreadsTest {

    record Step(int thread, String what) implements Observation {}

    @Entity
    static class Worker {
        public void first(int thread) {
            Kronos.observe(new Step(thread, "first"));
            Kronos.sleep(1);
            this.second(thread);
        }

        public void second(int thread) {
            Kronos.observe(new Step(thread, "second"));
            Kronos.sleep(thread);
            this.third(thread);
        }

        public void third(int thread) {
            Kronos.observe(new Step(thread, "third"));
        }
    }

    @Entity
    static class Driver {
        private final Worker worker = new Worker();

        public void run(int threads) {
            for (int thread = 1; thread <= threads; thread++) {
                worker.first(thread);
            }
            Kronos.observe(new Step(0, "all posted, none has run"));
        }
    }

    @Test
    void threadsOfEventsInterleave() {
        var simulation = new Simulation(42);
        simulation.within(() -> new Driver().run(3));
        simulation.run();
        assertThat(simulation.trace())
                .extracting(entry -> entry.time().nanos() + " " + entry.what())
                .containsExactly(
                        "0 Step[thread=0, what=all posted, none has run]",
                        "0 Step[thread=1, what=first]",
                        "0 Step[thread=2, what=first]",
                        "0 Step[thread=3, what=first]",
                        "1 Step[thread=1, what=second]",
                        "1 Step[thread=2, what=second]",
                        "1 Step[thread=3, what=second]",
                        "2 Step[thread=1, what=third]",
                        "3 Step[thread=2, what=third]",
                        "4 Step[thread=3, what=third]");
    }
}
