package io.faultline.kernel.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.kernel.Observation;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What can be said of a trace, and how it sounds when it is not so.
class TraceAssertTest {

    record Beat(int n) implements Observation {}

    record Stopped() implements Observation {}

    record Restarted() implements Observation {}

    @Entity
    static class Heart {
        private final String name;

        Heart(String name) {
            this.name = name;
        }

        public void beat(int n) {
            Kronos.observe(n > 3 ? new Stopped() : new Beat(n));
            if (n <= 3) {
                Kronos.sleep(10);
                beat(n + 1);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final Simulation simulation = new Simulation(1);
    private final TraceAssert trace = TraceAssert.of(simulation);

    @BeforeEach
    void run() {
        simulation.within(() -> {
            new Heart("left").beat(1);
            Kronos.after(5, () -> new Heart("right").beat(1));
        });
        simulation.run();
    }

    @Test
    void whatWasObservedCanBeNarrowedDown() {
        trace.observed(Beat.class).times(6).by("left").times(3).at(new SimTime(10)).once();
        trace.observed(Beat.class).after(new SimTime(20)).once().by("right");
        trace.observed(Beat.class).before(new SimTime(5)).once().by("left");
        trace.observed(Beat.class).where(beat -> beat.n() == 2).times(2);
        trace.observed(Stopped.class).times(2);
        trace.never(Restarted.class);
        assertThat(trace.observed(Beat.class).by("left").all())
                .containsExactly(new Beat(1), new Beat(2), new Beat(3));
    }

    @Test
    void orderIsWhatComesThen() {
        trace.observed(Beat.class).then(Stopped.class).times(2);
        trace.observed(Stopped.class).then(Stopped.class).once().by("right");
        says(
                () -> trace.observed(Stopped.class).then(Beat.class),
                "no Beat after the first Stopped was observed, but\n  0.000s left Beat[n=1]\n");
    }

    @Test
    void aFailureShowsWhatWasObservedInstead() {
        says(
                () -> trace.observed(Restarted.class),
                """
                no Restarted was observed, but
                  0.000s left Beat[n=1]
                  0.000000005s right Beat[n=1]
                """);
        says(
                () -> trace.observed(Beat.class).by("left").at(new SimTime(7)),
                """
                no Beat by left was observed at 0.000000007s, but
                  0.000s left Beat[n=1]
                  0.00000001s left Beat[n=2]
                  0.00000002s left Beat[n=3]
                """);
        says(
                () -> trace.observed(Stopped.class).once(),
                """
                1 × Stopped was to be observed, but 2 were:
                  0.00000003s left Stopped[]
                  0.000000035s right Stopped[]
                """);
        says(
                () -> trace.observed(Beat.class).where(beat -> beat.n() > 3),
                "no Beat was observed of that kind, but\n");
        says(
                () -> trace.never(Stopped.class),
                """
                no Stopped was to be observed, but
                  0.00000003s left Stopped[]
                  0.000000035s right Stopped[]
                """);
        says(
                () -> TraceAssert.of(new Simulation(1)).observed(Beat.class),
                "no Beat was observed, but nothing was");
    }

    private static void says(ThrowingCallable check, String words) {
        assertThatThrownBy(check)
                .isExactlyInstanceOf(AssertionError.class)
                .message()
                .startsWith(words.stripTrailing());
    }
}
