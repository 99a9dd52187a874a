package io.faultline.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.process.Channel;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

/// Events that wait while those whose they are may not act.
class HoldTest {

    record Said(String what) implements Observation {}

    @Entity
    static class Actor {
        private final String name;
        private Timer timer;

        Actor(String name) {
            this.name = name;
        }

        public void say(String what) {
            Kronos.observe(new Said(what));
        }

        public void begin(long nanos, String what) {
            timer = Kronos.timer(nanos, () -> this.say(what));
        }

        public void cancel(Actor other) {
            Kronos.observe(new Said(other.timer.cancel() ? "pending" : "over"));
        }

        public void restart(Actor other, long nanos) {
            Kronos.observe(new Said(other.timer.isPending() ? "pending" : "over"));
            other.timer.restart(nanos);
        }

        public void echo(int times) {
            Kronos.observe(new Said("echo"));
            if (times > 0) {
                this.echo(times - 1);
            }
        }

        public void take(Channel<String> from) {
            Kronos.observe(new Said("took " + from.take()));
        }

        public void put(Channel<String> to, String what) {
            to.put(what);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @Entity
    static class Warden {
        private final List<Hold> holds = new ArrayList<>();

        public void hold(Actor whom) {
            holds.add(Kronos.hold(who -> who == whom));
        }

        public void release(int number) {
            holds.get(number).release();
        }

        @Override
        public String toString() {
            return "warden";
        }
    }

    private Simulation simulation;
    private final Actor ann = new Actor("ann");
    private final Actor bob = new Actor("bob");
    private final Warden warden = new Warden();

    private List<String> run(Agenda agenda, Runnable setup) {
        simulation =
                new Simulation(new Simulation.Settings(1, Long.MAX_VALUE, "this test", agenda));
        simulation.within(setup);
        simulation.runUntil(new SimTime(1000));
        return simulation.trace().stream()
                .map(entry ->
                        entry.time().nanos()
                                + " "
                                + entry.actor()
                                + " "
                                + ((Said) entry.what()).what())
                .toList();
    }

    private static void at(long nanos, Runnable call) {
        Kronos.after(nanos, 5, call);
    }

    private static void at(long nanos, int priority, Runnable call) {
        Kronos.after(nanos, priority, call);
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitedRunsAtTheReleaseInTheOrderOfItsTurnsAndAheadOfTheRest(Agenda agenda) {
        var said =
                run(
                        agenda,
                        () -> {
                            at(10, 0, () -> warden.hold(ann));
                            at(50, 0, () -> warden.release(0));
                            at(9, () -> ann.say("before"));
                            at(30, 3, () -> ann.say("third"));
                            at(20, 7, () -> ann.say("second"));
                            at(10, 9, () -> ann.say("first"));
                            at(20, () -> bob.say("free"));
                            at(50, 0, () -> bob.say("later"));
                            at(50, 1, () -> ann.say("last"));
                        });
        assertThat(said)
                .containsExactly(
                        "9 ann before",
                        "20 bob free",
                        "50 ann first",
                        "50 ann second",
                        "50 ann third",
                        "50 bob later",
                        "50 ann last");
        assertThat(simulation.executed()).isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource
    void whatFollowsFromItComesAfterIt(Agenda agenda) {
        var said =
                run(
                        agenda,
                        () -> {
                            at(10, 0, () -> warden.hold(ann));
                            at(50, 0, () -> warden.release(0));
                            at(20, () -> ann.echo(1));
                            at(30, () -> ann.say("heard"));
                        });
        assertThat(said).containsExactly("50 ann echo", "50 ann heard", "50 ann echo");
    }

    /// Her timers wait from 15 on; she cannot do it herself.
    @ParameterizedTest
    @EnumSource
    void timersThatWaitCanBeCancelledAndRestarted(Agenda agenda) {
        var cat = new Actor("cat");
        var said =
                run(
                        agenda,
                        () -> {
                            at(5, () -> ann.begin(10, "cancelled"));
                            at(5, () -> cat.begin(10, "restarted"));
                            at(10, 0, () -> warden.hold(ann));
                            at(10, 0, () -> warden.hold(cat));
                            at(20, () -> bob.cancel(ann));
                            at(20, () -> bob.restart(cat, 70));
                            at(50, 0, () -> warden.release(0));
                            at(50, 0, () -> warden.release(1));
                        });
        assertThat(said).containsExactly("20 bob pending", "20 bob pending", "90 cat restarted");
    }

    @ParameterizedTest
    @EnumSource
    void aHoldWithinAHoldGoesOnHolding(Agenda agenda) {
        var said =
                run(
                        agenda,
                        () -> {
                            at(10, 0, () -> warden.hold(ann));
                            at(20, 0, () -> warden.hold(ann));
                            at(15, () -> ann.say("one"));
                            at(25, () -> ann.say("two"));
                            at(50, 0, () -> warden.release(0));
                            at(60, 0, () -> warden.release(1));
                        });
        assertThat(said).containsExactly("60 ann one", "60 ann two");
    }

    @ParameterizedTest
    @EnumSource
    void releasingTwiceIsReleasingOnce(Agenda agenda) {
        var said =
                run(
                        agenda,
                        () -> {
                            at(10, 0, () -> warden.hold(ann));
                            at(15, () -> ann.say("one"));
                            at(50, 0, () -> warden.release(0));
                            at(60, 0, () -> warden.release(0));
                        });
        assertThat(said).containsExactly("50 ann one");
    }

    @ParameterizedTest
    @EnumSource
    void anEventThatIsSuspendedGoesOnWhenItMay(Agenda agenda) {
        var said =
                run(
                        agenda,
                        () -> {
                            var channel = new Channel<String>("belt");
                            at(5, () -> ann.take(channel));
                            at(10, 0, () -> warden.hold(ann));
                            at(20, () -> bob.put(channel, "a parcel"));
                            at(50, 0, () -> warden.release(0));
                        });
        assertThat(said).containsExactly("50 ann took a parcel");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNeverReleasedNeverRunsAndIsStillToRun(Agenda agenda) {
        var said =
                run(
                        agenda,
                        () -> {
                            at(10, 0, () -> warden.hold(ann));
                            at(15, () -> ann.say("one"));
                        });
        assertThat(said).isEmpty();
        assertThat(simulation.pending()).isOne();
    }
}
