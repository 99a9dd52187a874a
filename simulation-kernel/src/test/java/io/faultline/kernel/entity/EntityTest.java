package io.faultline.kernel.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.SimulationException;
import io.faultline.kernel.Trace;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;

/// What calling a method of an entity means.
class EntityTest {

    @Entity
    static class Heart {
        private static final long PERIOD = 10;
        private int beats;

        public void beat() {
            Kronos.observe(new Said("beat " + ++beats));
            Kronos.sleep(PERIOD);
            this.beat();
        }

        @Override
        public String toString() {
            return "heart";
        }
    }

    @Entity
    static class Speaker {
        public void say(String what) {
            Kronos.observe(new Said(what));
        }

        public void mixed(long a, double b, int c, String d, char e, boolean f, int[] g) {
            Kronos.observe(new Said(a + " " + b + " " + c + " " + d + e + f + g.length));
        }

        public void say(String what, int times) {
            for (int i = 0; i < times; i++) {
                say(what + i);
            }
        }

        public synchronized void fail() {
            throw new IllegalStateException("no voice");
        }

        @NonEvent
        public String hello() {
            return "hello";
        }

        @Event
        void whisper() {
            Kronos.observe(new Said("psst"));
        }

        void plain() {
            Kronos.observe(new Said("plain"));
        }
    }

    @Entity
    static class LoudSpeaker extends Speaker {
        @Override
        public void say(String what) {
            super.say(what.toUpperCase(java.util.Locale.ROOT));
            Kronos.observe(new Said("!"));
        }
    }

    static class QuietSpeaker extends Speaker {
        @Override
        public void say(String what) {
            super.say("(" + what + ")");
        }
    }

    @Test
    void theOwnersLoopKeepsItsPeriodInVirtualTime() {
        var simulation = new Simulation(1);
        simulation.within(() -> new Heart().beat());
        simulation.runUntil(new SimTime(35));
        assertThat(simulation.trace().stream().map(Trace.Entry::toString))
                .containsExactly(
                        "0.000s heart Said[what=beat 1]",
                        "0.00000001s heart Said[what=beat 2]",
                        "0.00000002s heart Said[what=beat 3]",
                        "0.00000003s heart Said[what=beat 4]");
        assertThat(simulation.pending()).isEqualTo(1);
    }

    @Test
    void aCallFromAnEventRunsAfterTheEventAndNotWithinIt() {
        var order = new ArrayList<String>();
        var simulation = new Simulation(1);
        var speaker = new Speaker();
        simulation.within(() -> {
            speaker.say("first");
            order.add("after the call");
        });
        assertThat(order).hasSize(1);
        assertThat(simulation.trace().size()).isZero();
        simulation.run();
        assertThat(Said.in(simulation)).containsExactly("first");
    }

    @Test
    void argumentsOfEveryTypeArriveAsTheyWereGiven() {
        var simulation = new Simulation(1);
        simulation.within(
                () -> new Speaker().mixed(1L << 40, 2.5, 3, "four", '5', true, new int[6]));
        simulation.run();
        assertThat(Said.in(simulation)).containsExactly("1099511627776 2.5 3 four5true6");
    }

    @Test
    void overloadsAreDifferentEvents() {
        var simulation = new Simulation(1);
        simulation.within(() -> new Speaker().say("n", 2));
        simulation.run();
        assertThat(Said.in(simulation)).containsExactly("n0", "n1");
    }

    @Test
    void nonEventsAndPlainMethodsRunAtOnceAndEventsDoNot() {
        var simulation = new Simulation(1);
        var speaker = new Speaker();
        assertThat(speaker.hello()).isEqualTo("hello");
        simulation.within(() -> {
            speaker.plain();
            assertThat(Said.in(simulation)).containsExactly("plain");
            speaker.whisper();
            assertThat(Said.in(simulation)).containsExactly("plain");
        });
        simulation.run();
        assertThat(Said.in(simulation)).containsExactly("plain", "psst");
    }

    @Test
    void superIsADirectCallWithinTheSameEvent() {
        var simulation = new Simulation(1);
        simulation.within(() -> new LoudSpeaker().say("a"));
        simulation.run();
        assertThat(Said.in(simulation)).containsExactly("A", "!");
        assertThat(simulation.executed()).isEqualTo(1);
    }

    @Test
    void aSubclassOfAnEntityIsAnEntityAndInheritsItsEvents() {
        var simulation = new Simulation(1);
        simulation.within(() -> {
            new QuietSpeaker().say("q");
            new LoudSpeaker().whisper();
        });
        assertThat(simulation.pending()).isEqualTo(2);
        simulation.run();
        assertThat(Said.in(simulation)).containsExactly("(q)", "psst");
    }

    @Test
    void anExceptionNamesTimeEntityEventAndSeed() {
        var simulation = new Simulation(99);
        simulation.within(() -> Kronos.after(1_500_000_000, () -> new Speaker().fail()));
        assertThatThrownBy(simulation::run)
                .isInstanceOf(SimulationException.class)
                .hasMessageContainingAll("1.500s", "Speaker.fail()", "no voice", "seed 99")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void outsideARunEveryCallSaysThatItNeedsOne() {
        assertThatThrownBy(() -> new Speaker().say("x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "Speaker.say(x) needs a run, and thread main has none: call it from an"
                            + " event, or inside Simulation.within(…), on the thread that runs the"
                            + " simulation");
        assertThatThrownBy(() -> Kronos.sleep(1)).hasMessageContaining("Kronos.sleep needs a run");
    }
}
