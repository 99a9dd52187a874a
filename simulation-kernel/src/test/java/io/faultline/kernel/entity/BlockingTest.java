package io.faultline.kernel.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.kernel.Simulation;
import io.faultline.kernel.SimulationException;

import org.junit.jupiter.api.Test;

/// What it means to wait for a result.
class BlockingTest {

    @Entity
    static class Server {
        @Blocking
        public long square(int n) {
            Kronos.sleep(n);
            return (long) n * n;
        }

        @Blocking
        public double half(double x) {
            return x / 2;
        }

        @Blocking
        public boolean not(boolean b) {
            return !b;
        }

        @Blocking
        public String join(String a, char b, byte c, short d, float e) {
            return a + b + c + d + e;
        }

        @Blocking
        public int[] array(int n) {
            return new int[n];
        }

        @Blocking
        public void rest(long nanos) {
            Kronos.blockingSleep(nanos);
        }

        @Blocking
        public int fail() {
            Kronos.sleep(5);
            throw new IllegalArgumentException("cannot");
        }

        @Blocking
        public long factorial(int n) {
            Kronos.blockingSleep(1);
            return n == 0 ? 1 : n * factorial(n - 1);
        }

        public synchronized void lockedSleep() {
            Kronos.blockingSleep(1);
        }
    }

    @Entity
    static class Client {
        private final Server server = new Server();

        public void run() {
            say("start");
            Kronos.sleep(2);
            say("square " + server.square(4));
            say(
                    "half "
                            + server.half(3)
                            + server.not(false)
                            + server.join("a", 'b', (byte) 1, (short) 2, 3f));
            say("array " + server.array(7).length);
            server.rest(100);
            say("rested");
            try {
                server.fail();
            } catch (IllegalArgumentException e) {
                say("caught " + e.getMessage());
            }
            say("10! = " + server.factorial(10));
        }

        public void sleepy(int id) {
            for (int i = 0; i < 3; i++) {
                Kronos.blockingSleep(10);
                say("sleeper " + id);
            }
        }

        public void unlucky() {
            server.fail();
        }

        public void locked() {
            server.lockedSleep();
        }

        private static void say(String what) {
            Kronos.observe(new Said(Kronos.currentTime() + " " + what));
        }
    }

    @Test
    void aBlockingCallHandsBackTheValueAtTheCalleesFinalLocalClock() {
        var simulation = new Simulation(1);
        simulation.within(() -> new Client().run());
        simulation.run();
        assertThat(Said.in(simulation))
                .containsExactly(
                        "0 start",
                        "6 square 16",
                        "6 half 1.5trueab123.0",
                        "6 array 7",
                        "106 rested",
                        "111 caught cannot",
                        "122 10! = 3628800");
        assertThat(simulation.suspensions()).isEmpty();
    }

    @Test
    void sleepersTakeTurnsInTheOrderInWhichTheyFellAsleep() {
        var simulation = new Simulation(1);
        simulation.within(() -> {
            for (int i = 0; i < 3; i++) {
                new Client().sleepy(i);
            }
        });
        simulation.run();
        assertThat(Said.in(simulation))
                .containsExactly(
                        "10 sleeper 0",
                        "10 sleeper 1",
                        "10 sleeper 2",
                        "20 sleeper 0",
                        "20 sleeper 1",
                        "20 sleeper 2",
                        "30 sleeper 0",
                        "30 sleeper 1",
                        "30 sleeper 2");
    }

    @Test
    void thousandsMayWaitAtOnce() {
        var simulation = new Simulation(1);
        simulation.within(() -> {
            for (int i = 0; i < 50_000; i++) {
                new Client().sleepy(i);
            }
        });
        simulation.run();
        assertThat(simulation.trace().size()).isEqualTo(150_000);
    }

    @Test
    void anExceptionThatNoCallerCatchesEndsTheRunInTheCallersName() {
        var simulation = new Simulation(1);
        simulation.within(() -> new Client().unlucky());
        assertThatThrownBy(simulation::run)
                .isInstanceOf(SimulationException.class)
                .hasMessageContaining("Client.unlucky()")
                .hasRootCauseMessage("cannot");
    }

    @Test
    void outsideAnEventABlockingCallSaysWhatToDo() {
        var simulation = new Simulation(1);
        assertThatThrownBy(() -> simulation.within(() -> new Server().square(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "only an event can wait for Server.square(2); this is code outside the"
                                + " order of events, such as that of Simulation.within: make the"
                                + " blocking call in an event method");
    }

    @Test
    void waitingWithTheMonitorOfTheEntityHeldIsRefused() {
        var simulation = new Simulation(1);
        simulation.within(() -> new Server().lockedSleep());
        assertThatThrownBy(simulation::run).hasMessageContaining("synchronized");
    }
}
