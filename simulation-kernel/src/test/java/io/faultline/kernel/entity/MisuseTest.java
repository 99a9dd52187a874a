package io.faultline.kernel.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.kernel.PostedEvent;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.SimulationException;

import org.junit.jupiter.api.Test;

/// What Faultline says to those who use it wrongly: a sentence with the place and a way out.
class MisuseTest {

    @Entity
    static class Pump {
        public void sleepBackwards() {
            Kronos.sleep(-1);
        }

        public void waitBackwards() {
            Kronos.blockingSleep(-1);
        }

        public void postBackwards() {
            Kronos.after(-1, this::stroke);
        }

        public void postWithAPriorityBelowAll() {
            Kronos.after(1, -1, this::stroke);
        }

        public void postWithAPriorityAboveAll() {
            Kronos.timer(1, Simulation.LAST_PRIORITY + 1, this::stroke);
        }

        public void setATimerForNothing() {
            Kronos.timer(1, this::plain);
        }

        public void setATimerForTwo() {
            Kronos.timer(
                    1,
                    () -> {
                        stroke();
                        stroke();
                    });
        }

        public void stroke() {}

        @NonEvent
        public void plain() {}

        @Override
        public String toString() {
            return "pump";
        }
    }

    private final Simulation simulation = new Simulation(7);
    private final Pump pump = new Pump();

    @Test
    void timeCannotBeTurnedBack() {
        fails(
                pump::sleepBackwards,
                "run failed at 0.000s in pump.sleepBackwards(): java.lang.IllegalArgumentException:"
                        + " sleep of -0.000000001s at 0.000s would turn time back; it must be zero"
                        + " or more; seed 7; replay with: the same model and seed 7");
        fails(pump::waitBackwards, "a sleep of -0.000000001s at 0.000s would turn time back");
        fails(pump::postBackwards, "a delay of -0.000000001s at 0.000s would turn time back");
    }

    @Test
    void aPriorityHasItsRange() {
        fails(
                pump::postWithAPriorityBelowAll,
                "pump.postWithAPriorityBelowAll(): java.lang.IllegalArgumentException: a priority"
                        + " lies in [0, 8388607], but was -1");
        fails(pump::postWithAPriorityAboveAll, "a priority lies in [0, 8388607], but was 8388608");
    }

    @Test
    void aTimerPostsExactlyOneEvent() {
        fails(
                pump::setATimerForNothing,
                "pump.setATimerForNothing(): java.lang.IllegalStateException: a timer posts exactly"
                        + " one event, but this one posted 0; does it call an event method, and not"
                        + " by super?");
        fails(
                pump::setATimerForTwo,
                "pump.setATimerForTwo(): java.lang.IllegalStateException: a timer posts exactly one"
                        + " event, but this one posted 2");
    }

    @Test
    void anEventObjectIsPostedOnce() {
        var event =
                new PostedEvent() {
                    @Override
                    protected void run() {}
                };
        simulation.post(event);
        assertThatThrownBy(() -> simulation.post(event))
                .hasMessage(
                        "the event run() was posted before, for 0.000s: an event object is posted"
                                + " once, so make another for every time");
        simulation.runUntil(new SimTime(5));
        assertThatThrownBy(() -> simulation.post(event)).hasMessageContaining("was posted before");
    }

    private void fails(Runnable event, String... words) {
        var run = new Simulation(7);
        run.within(event);
        assertThatThrownBy(run::run)
                .isInstanceOf(SimulationException.class)
                .hasMessageContainingAll(words);
        assertThat(run.executed()).isEqualTo(1);
    }
}
