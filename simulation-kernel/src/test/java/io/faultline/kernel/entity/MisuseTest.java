package io.faultline.kernel.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.kernel.PostedEvent;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.SimulationException;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;

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

    @Test
    void aForeignThreadCannotCallAnEvent() throws Exception {
        assertThat(thrownOnAnotherThread(pump::stroke))
                .hasMessage(
                        "pump.stroke() needs a run, and thread other has none: call it from an"
                                + " event, or inside Simulation.within(…), on the thread that runs"
                                + " the simulation");
    }

    @Test
    void aSimulationInUseCannotBeUsedOnAnotherThread() throws Exception {
        var thrown = new ArrayList<Throwable>();
        simulation.within(() -> {
            thrown.add(thrownOnAnotherThread(simulation::run));
            thrown.add(thrownOnAnotherThread(() -> simulation.within(pump::stroke)));
            thrown.add(thrownOnAnotherThread(() -> simulation.post(() -> {})));
            thrown.add(thrownOnAnotherThread(simulation::step));
        });
        assertThat(thrown)
                .extracting(Throwable::getMessage)
                .containsExactly(
                        inUse("it cannot be run or set up"),
                        inUse("it cannot be run or set up"),
                        inUse("run() cannot be posted"),
                        inUse("it cannot be run or set up"));
        simulation.run();
        assertThat(simulation.executed()).isZero();
    }

    private static String inUse(String what) {
        return "this simulation is in use on thread main, so "
                + what
                + " on thread other: a simulation and its entities belong to one thread at a time;"
                + " give each thread its own";
    }

    @Test
    void aSimulationMayMoveToAnotherThreadBetweenRuns() throws Exception {
        simulation.within(pump::stroke);
        assertThat(thrownOnAnotherThread(simulation::run)).isNull();
        assertThat(simulation.executed()).isEqualTo(1);
    }

    private static Throwable thrownOnAnotherThread(Runnable code) {
        var thrown = new Throwable[1];
        var thread =
                new Thread(
                        () -> {
                            try {
                                code.run();
                            } catch (Throwable e) {
                                thrown[0] = e;
                            }
                        },
                        "other");
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return thrown[0];
    }

    @Entity
    class Governor {
        public void runItself() {
            simulation.run();
        }

        public void stepItself() {
            simulation.step();
        }

        public void setItselfUp() {
            simulation.within(pump::stroke);
        }

        public void runAnother() {
            var other = new Simulation(1);
            other.within(pump::stroke);
            Said.say(other.run().events());
            pump.stroke();
        }

        @Override
        public String toString() {
            return "governor";
        }
    }

    @Test
    void anEventCannotRunItsOwnSimulation() {
        simulation.within(new Governor()::runItself);
        assertThatThrownBy(simulation::run)
                .cause()
                .hasMessage(
                        "governor.runItself() cannot run the simulation that it is an event of:"
                                + " post what is to happen, and it will");
        simulation.within(new Governor()::stepItself);
        assertThatThrownBy(simulation::run)
                .hasMessageContaining("governor.stepItself() cannot run");
    }

    @Test
    void anEventIsNotOutsideTheOrderOfEvents() {
        simulation.within(new Governor()::setItselfUp);
        assertThatThrownBy(simulation::run)
                .cause()
                .hasMessage(
                        "Simulation.within is for code outside the order of events, but"
                                + " governor.setItselfUp() is an event: make the calls directly");
    }

    @Test
    void anEventMayRunAnotherSimulation() {
        simulation.within(new Governor()::runAnother);
        assertThat(simulation.run().events()).isEqualTo(2);
        assertThat(Said.in(simulation)).containsExactly("1");
    }

    @Test
    void whatIsCalledBetweenRunsBelongsToNobody() {
        simulation.within(() -> {
            Kronos.after(5, 3, pump::stroke);
            simulation.runUntil(new SimTime(9));
            Said.say("now");
            pump.stroke();
        });
        assertThat(simulation.trace().get(0)).hasToString("0.000000009s run Said[what=now]");
        assertThat(simulation.run().clock()).isEqualTo(new SimTime(9));
    }

    @Test
    void onlyAnEventCanWait() {
        assertThatThrownBy(() -> simulation.within(() -> Kronos.blockingSleep(1)))
                .hasMessage(
                        "only an event can wait for the end of its sleep; this is code outside the"
                                + " order of events, such as that of Simulation.within: make the"
                                + " blocking call in an event method");
        assertThatThrownBy(() -> Kronos.blockingSleep(1))
                .hasMessageStartingWith("Kronos.blockingSleep needs a run");
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
