package io.faultline.kernel.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Observation;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// The smallest model: an entity that greets once a second.
class HelloWorldTest {

    // README: hello
    record Said(String words) implements Observation {
        @Override
        public String toString() {
            return words;
        }
    }

    @Entity
    static class Greeter {
        public void greet(int times) {
            Kronos.observe(new Said("hello, world " + times));
            Kronos.sleep(Duration.ofSeconds(1).toNanos()); // what follows is posted a second later
            this.greet(times + 1); // a call of an entity posts an event and returns at once
        }

        @Override
        public String toString() {
            return "greeter";
        }
    }

    @Test
    void helloWorld() {
        var simulation = new Simulation(42);
        simulation.within(() -> new Greeter().greet(1));
        simulation.runUntil(SimTime.of(Duration.ofSeconds(2)));
        assertThat(simulation.trace())
                .extracting(Object::toString)
                .containsExactly(
                        "0.000s greeter hello, world 1",
                        "1.000s greeter hello, world 2",
                        "2.000s greeter hello, world 3");
    }

    // README: end

    @Test
    void theLoopGoesOnWhereItWasLeft() {
        var simulation = new Simulation(42);
        simulation.within(() -> new Greeter().greet(1));
        var day = SimTime.of(Duration.ofDays(1));
        simulation.runUntil(SimTime.of(Duration.ofHours(12)));
        simulation.runUntil(day);
        assertThat(simulation.trace().size()).isEqualTo(86_401);
        assertThat(simulation.now()).isEqualTo(day);
    }
}
