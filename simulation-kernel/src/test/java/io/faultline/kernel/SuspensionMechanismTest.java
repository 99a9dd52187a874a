package io.faultline.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.kernel.Simulation.Settings;
import io.faultline.kernel.entity.Blocking;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;

/// Events suspended by continuations and by threads do the same at the same times.
class SuspensionMechanismTest {

    record Said(String what) implements Observation {}

    /// Hands out what it has, and lets the others wait, but not for ever.
    @Entity
    static class Shop {
        private final Queue<Suspension> waiting = new ArrayDeque<>();
        private int stock;

        @Blocking
        public int buy(long patience) {
            Kronos.sleep(3);
            if (stock > 0) {
                return stock--;
            }
            var turn = Simulation.current("a shop").suspension("goods");
            waiting.add(turn);
            return (Integer) turn.await(patience).orElseThrow(SoldOut::new);
        }

        public void deliver(int n) {
            stock += n;
            for (var turn = waiting.poll(); turn != null; turn = waiting.poll()) {
                if (stock > 0 && turn.resume(stock)) {
                    stock--;
                }
            }
        }
    }

    static class SoldOut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Entity
    static class Buyer {
        private final String name;
        private final Shop shop;

        Buyer(String name, Shop shop) {
            this.name = name;
            this.shop = shop;
        }

        public void shop(int times) {
            var chance = Kronos.random("buyer/" + name);
            for (int i = 0; i < times; i++) {
                try {
                    Kronos.blockingSleep(chance.nextInt(20));
                    say("bought " + shop.buy(chance.nextInt(50)));
                } catch (SoldOut e) {
                    say("gave up");
                }
            }
        }

        private void say(String what) {
            Kronos.observe(new Said(what));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Simulation run(SuspensionMechanism mechanism) {
        var simulation = new Simulation(Settings.of(5), mechanism);
        simulation.within(() -> {
            var shop = new Shop();
            for (int i = 0; i < 20; i++) {
                new Buyer("b" + i, shop).shop(10);
            }
            Kronos.every(7, 11, () -> shop.deliver(2));
        });
        simulation.runUntil(new SimTime(600));
        return simulation;
    }

    @Test
    void bothGiveTheSameTraceAndTheSameEvents() {
        var continuations = run(SuspensionMechanism.CONTINUATIONS);
        var threads = run(SuspensionMechanism.THREADS);
        assertThat(threads.trace().entries()).isEqualTo(continuations.trace().entries());
        assertThat(threads.fingerprint()).isEqualTo(continuations.fingerprint());
        assertThat(threads.eventHash()).isEqualTo(continuations.eventHash());
        assertThat(threads.executed()).isEqualTo(continuations.executed());
        assertThat(continuations.trace().all(Said.class).map(Said::what))
                .contains("gave up", "bought 1")
                .hasSizeGreaterThan(150);
    }

    /// In a JVM without the flag, as a user's tests may run.
    @Test
    void withoutTheFlagThreadsDoTheSame() throws Exception {
        var java =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                WithoutFlag.class.getName())
                        .redirectErrorStream(true)
                        .start();
        var said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said.strip())
                .isEqualTo("THREADS " + run(SuspensionMechanism.CONTINUATIONS).fingerprint());
    }

    static class WithoutFlag {
        public static void main(String[] arguments) {
            var simulation = run(SuspensionMechanism.best());
            System.out.println(simulation.suspensionMechanism() + " " + simulation.fingerprint());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSimulationSaysHowItSuspendsEvents(SuspensionMechanism mechanism) {
        var simulation = new Simulation(Settings.of(1), mechanism);
        assertThat(simulation.suspensionMechanism()).isEqualTo(mechanism);
        assertThat(mechanism.sentence())
                .contains(
                        mechanism == SuspensionMechanism.THREADS
                                ? "--add-exports"
                                : "continuations");
    }

    @Test
    void theTestsOfFaultlineUseTheFasterOne() {
        assertThat(new Simulation(1).suspensionMechanism())
                .isEqualTo(SuspensionMechanism.CONTINUATIONS);
    }

    @ParameterizedTest
    @EnumSource
    void anExceptionThatNobodyCatchesEndsTheRun(SuspensionMechanism mechanism) {
        var simulation = new Simulation(Settings.of(1), mechanism);
        simulation.within(() -> Kronos.after(3, () -> new Victim().suffer()));
        assertThatThrownBy(simulation::run)
                .isInstanceOf(SimulationException.class)
                .hasMessageContaining("run failed at 0.000000008s in Victim.suffer()")
                .hasRootCauseMessage("out of luck");
    }

    @Entity
    static class Victim {
        public void suffer() {
            Kronos.blockingSleep(5);
            throw new IllegalStateException("out of luck");
        }
    }
}
