package io.faultline.kernel.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.kernel.Simulation;
import io.faultline.kernel.SimulationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// An entity that was compiled without the weaver is noticed, whatever it does first.
class UnwovenEntityTest {

    private static final String REMEDY =
            ": compile it with javac and faultline-weaver on the annotation processor path; in an"
                    + " IDE, have Maven do the build";

    @TempDir Path output;

    @Test
    void whenItCallsKronos() {
        var main =
                unwoven(
                        """
                        import io.faultline.kernel.entity.*;
                        @Entity class Heart {
                            public void beat() {
                                Kronos.sleep(10);
                                this.beat();
                            }
                        }
                        """,
                        "new Heart().beat()");
        assertThatThrownBy(() -> new Simulation(1).within(main))
                .hasMessage(
                        "@Entity Heart was compiled without the weaver, so its methods run at once"
                                + " and are no events (seen in Heart.beat)"
                                + REMEDY);
    }

    @Test
    void whenItCallsAWovenEntity() {
        Compilation.into(
                        output,
                        """
                        import io.faultline.kernel.entity.*;
                        @Entity public class Woven {
                            public void run() {}
                        }
                        """)
                .clean();
        var main =
                unwoven(
                        """
                        import io.faultline.kernel.entity.*;
                        @Entity class Plain {
                            public void call() { new Woven().run(); }
                        }
                        """,
                        "new Plain().call()");
        assertThatThrownBy(() -> new Simulation(1).within(main))
                .hasMessageContaining("(seen in Plain.call)");
    }

    @Test
    void whenItRunsInTheEventOfAnother() {
        Compilation.into(
                        output,
                        """
                        import io.faultline.kernel.entity.*;
                        @Entity public class Caller {
                            public void call(Runnable code) { code.run(); }
                        }
                        """)
                .clean();
        var main =
                unwoven(
                        """
                        import io.faultline.kernel.entity.*;
                        @Entity class Plain {
                            public void act() { Said.say("act"); }
                        }
                        """,
                        "new Caller().call(new Plain()::act)");
        var simulation = new Simulation(1);
        simulation.within(main);
        assertThatThrownBy(simulation::run)
                .isInstanceOf(SimulationException.class)
                .hasMessageContainingAll("Caller.call(", "(seen in Plain.act)");
    }

    @Test
    void whenItIsASubclassOfAWovenOne() {
        Compilation.into(
                        output,
                        """
                        import io.faultline.kernel.entity.*;
                        @Entity public class Node {
                            public void start() {}
                        }
                        """)
                .clean();
        var main =
                unwoven(
                        """
                        import io.faultline.kernel.entity.*;
                        class LeafNode extends Node {
                            @Override public void start() { Kronos.currentTime(); }
                        }
                        """,
                        "new LeafNode().start()");
        assertThatThrownBy(() -> new Simulation(1).within(main))
                .hasMessageContaining("@Entity LeafNode was compiled without the weaver");
    }

    @Test
    void whenADelayedCallPostsNothing() {
        var main =
                unwoven(
                        """
                        import io.faultline.kernel.entity.*;
                        @Entity class Counter {
                            int n;
                            public void count() { n++; }
                        }
                        """,
                        "var counter = new Counter(); Kronos.after(5, () -> counter.count())");
        assertThatThrownBy(() -> new Simulation(1).within(main))
                .hasMessage(
                        "@Entity Counter was compiled without the weaver, so its methods run at"
                                + " once and are no events"
                                + REMEDY);
    }

    @Test
    void whenATimerPostsNothing() {
        var main =
                unwoven(
                        """
                        import io.faultline.kernel.entity.*;
                        @Entity class Counter {
                            int n;
                            public void count() { n++; }
                        }
                        """,
                        "Kronos.timer(5, new Counter()::count)");
        assertThatThrownBy(() -> new Simulation(1).within(main))
                .hasMessageContaining("@Entity Counter was compiled without the weaver");
    }

    @Test
    void whenItCallsItselfWithoutEnd() {
        var main =
                unwoven(
                        """
                        import io.faultline.kernel.entity.*;
                        @Entity class Loop {
                            int n;
                            public void turn() { n++; turn(); }
                        }
                        """,
                        "new Loop().turn()");
        assertThatThrownBy(() -> new Simulation(1).within(main))
                .hasMessageContaining("(seen in Loop.turn)")
                .hasCauseInstanceOf(StackOverflowError.class);
        var simulation = new Simulation(1);
        simulation.post(main);
        assertThatThrownBy(simulation::run)
                .isInstanceOf(SimulationException.class)
                .hasMessageContaining("(seen in Loop.turn)")
                .hasRootCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void evenLateInARun() {
        Compilation.into(
                        output,
                        """
                        import io.faultline.kernel.entity.*;
                        @Entity public class Clock {
                            public void tick(int left, Runnable last) {
                                Kronos.sleep(1);
                                if (left > 0) { tick(left - 1, last); } else { last.run(); }
                            }
                        }
                        """)
                .clean();
        var main =
                unwoven(
                        """
                        import io.faultline.kernel.entity.*;
                        @Entity class Plain {
                            public void act() { Kronos.sleep(1); act(); }
                        }
                        """,
                        "new Clock().tick(10_000, new Plain()::act)");
        var simulation = new Simulation(1);
        simulation.within(main);
        assertThatThrownBy(simulation::run).hasMessageContaining("(seen in Plain.act)");
    }

    @Test
    void recursionThatIsTheModelsOwnFaultStaysWhatItIs() {
        assertThatThrownBy(() -> new Simulation(1).within(UnwovenEntityTest::recurse))
                .isInstanceOf(StackOverflowError.class);
    }

    private static void recurse() {
        recurse();
        recurse();
    }

    @Test
    void aDelayedCallMayPostNothing() {
        var simulation = new Simulation(1);
        simulation.within(() -> Kronos.after(5, () -> {}));
        assertThat(simulation.pending()).isZero();
    }

    private Runnable unwoven(String entity, String call) {
        var main =
                """
                import io.faultline.kernel.entity.*;
                public class Main implements Runnable {
                    public void run() { %s; }
                }
                """
                        .formatted(call);
        return Compilation.withoutWeaver(output, entity, main).clean().main();
    }
}
