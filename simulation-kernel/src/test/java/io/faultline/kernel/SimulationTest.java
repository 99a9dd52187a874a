package io.faultline.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.kernel.Outcome.Ending;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.random.RandomStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// What a run promises.
class SimulationTest {

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

        public void tick(long period) {
            Kronos.sleep(period);
            this.tick(period);
        }

        public void again(long period) {
            say("again");
            Kronos.sleep(period);
            this.again(period);
        }

        public void stopAt(String what) {
            say(what);
            Kronos.stop();
        }

        /// Posts events at random for some generations: each event observes its time and priority.
        public void branch(int generations, RandomStream random) {
            var simulation = Simulation.current("test");
            Kronos.observe(new Said(Kronos.currentTime() + "/" + simulation.priority()));
            if (generations > 0) {
                for (int i = random.nextInt(3); i >= 0; i--) {
                    long delay = random.nextInt(4);
                    Kronos.after(
                            delay, random.nextInt(3), () -> this.branch(generations - 1, random));
                }
            }
        }

        public void cancelOwnTimer() {
            timer = Kronos.timer(10, () -> this.say("never"));
            assertThat(timer.isPending()).isTrue();
            assertThat(timer.deadline()).isEqualTo(new SimTime(Kronos.currentTime() + 10));
            assertThat(timer.cancel()).isTrue();
            assertThat(timer.isPending()).isFalse();
            assertThat(timer.cancel()).isFalse();
        }

        public void putOff() {
            timer = Kronos.timer(10, () -> this.say("due"));
            timer.restart(25);
        }

        public void startAgain() {
            timer.restart(5);
        }

        public void metronome() {
            timer = Kronos.every(3, 10, () -> this.say("tick"));
        }

        public void silence() {
            timer.cancel();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void eventsRunInOrderOfTimeThenPriorityThenPosting(long seed) {
        var simulation = new Simulation(seed);
        var started = new ArrayList<PostedEvent>();
        simulation.watch(
                new EventWatcher() {
                    @Override
                    public void starts(PostedEvent event) {
                        if (!started.isEmpty()) {
                            var before = started.getLast();
                            assertThat(event.time).isGreaterThanOrEqualTo(before.time);
                            // A lower priority can only follow if it was posted in the meantime.
                            if (event.time == before.time && event.order < before.order) {
                                assertThat(event.sequence()).isGreaterThan(before.sequence());
                            }
                        }
                        started.add(event);
                    }
                });
        simulation.within(() -> new Actor("a").branch(8, Kronos.random("test")));
        simulation.run();
        assertThat(started).hasSizeGreaterThan(50).doesNotHaveDuplicates();
        assertThat(simulation.pending()).isZero();
        assertThat(started)
                .filteredOn(e -> e.time == started.getLast().time)
                .extracting(PostedEvent::sequence)
                .doesNotHaveDuplicates();
    }

    @Test
    void whatIsPostedTogetherRunsByPriorityAndThenFirstInFirstOut() {
        var simulation = new Simulation(1);
        var actor = new Actor("a");
        simulation.within(() -> {
            for (int i = 0; i < 20; i++) {
                int number = i;
                Kronos.after(5, i % 3, () -> actor.say(number % 3 + ":" + number));
            }
        });
        simulation.run();
        var expected =
                java.util.stream.IntStream.range(0, 20)
                        .boxed()
                        .sorted(Comparator.comparing(i -> i % 3))
                        .map(i -> i % 3 + ":" + i)
                        .toList();
        assertThat(said(simulation)).isEqualTo(expected);
    }

    @Test
    void theEndIsInclusiveAndExact() {
        var simulation = new Simulation(1);
        var actor = new Actor("a");
        simulation.within(() -> {
            for (long t : new long[] {99, 100, 101, 500}) {
                Kronos.after(t, () -> actor.say("at " + t));
            }
        });
        var outcome = simulation.runUntil(new SimTime(100));
        assertThat(said(simulation)).containsExactly("at 99", "at 100");
        assertThat(outcome).isEqualTo(new Outcome(Ending.END_TIME, new SimTime(100), 2));
        assertThat(simulation.runUntil(new SimTime(1000)))
                .isEqualTo(new Outcome(Ending.EXHAUSTED, new SimTime(1000), 4));
        assertThatThrownBy(() -> simulation.runUntil(new SimTime(999)))
                .hasMessage("cannot run until 0.000000999s: it is already 0.000001s");
    }

    @Test
    void aRunThatSleepsPastTheEndDoesNotHideEventsBeforeIt() {
        var simulation = new Simulation(1);
        var actor = new Actor("a");
        simulation.within(() -> {
            actor.tick(1000);
            Kronos.after(1, () -> actor.say("one"));
            Kronos.after(2, () -> actor.say("two"));
        });
        simulation.runUntil(new SimTime(100));
        assertThat(said(simulation)).containsExactly("one", "two");
    }

    @ParameterizedTest
    @EnumSource(Agenda.class)
    void whatWouldBeAfterTheEndOfTimeIsNeverRun(Agenda agenda) {
        var simulation =
                new Simulation(new Simulation.Settings(1, Long.MAX_VALUE, "again", agenda));
        var actor = new Actor("a");
        simulation.within(() -> {
            Kronos.after(5, () -> actor.again(Long.MAX_VALUE - 2));
            Kronos.every(1, Long.MAX_VALUE, () -> actor.say("once"));
            Kronos.after(7, () -> actor.say("last"));
        });
        var outcome = simulation.run();
        assertThat(said(simulation)).containsExactly("once", "again", "last");
        assertThat(outcome.ending()).isEqualTo(Ending.END_TIME);
        assertThat(simulation.now()).isEqualTo(new SimTime(7));
        assertThat(simulation.runUntil(new SimTime(Long.MAX_VALUE)).ending())
                .isEqualTo(Ending.END_TIME);
        assertThat(said(simulation)).hasSize(3);
    }

    @Test
    void theAgendaChangesNothing() {
        var hashes = new java.util.HashSet<Long>();
        var fingerprints = new java.util.HashSet<String>();
        for (var agenda : Agenda.values()) {
            var simulation =
                    new Simulation(new Simulation.Settings(1, Long.MAX_VALUE, "again", agenda));
            var actor = new Actor("a");
            simulation.within(() -> {
                for (int i = 0; i < 500; i++) {
                    int delay = i * 7919 % 101;
                    Kronos.after(delay, () -> actor.say("after " + delay));
                }
            });
            simulation.runUntil(new SimTime(100));
            hashes.add(simulation.eventHash());
            fingerprints.add(simulation.fingerprint());
        }
        assertThat(hashes).hasSize(1);
        assertThat(fingerprints).hasSize(1);
    }

    @Test
    void theEventBudgetEndsARunThatWouldNotEnd() {
        var simulation = new Simulation(new Simulation.Settings(1, 1000, "again"));
        simulation.within(() -> new Actor("a").tick(0));
        var outcome = simulation.runUntil(new SimTime(5));
        assertThat(outcome).isEqualTo(new Outcome(Ending.BUDGET, SimTime.ZERO, 1000));
        assertThatThrownBy(() -> new Simulation.Settings(1, 0, "again"))
                .hasMessage("the event budget must be positive, but was 0");
    }

    @Test
    void stopEndsTheRunAfterTheEventAndTheRunCanGoOn() {
        var simulation = new Simulation(1);
        var actor = new Actor("a");
        simulation.within(() -> {
            actor.stopAt("x");
            actor.say("y");
        });
        assertThat(simulation.run().ending()).isEqualTo(Ending.STOPPED);
        assertThat(said(simulation)).isEmpty();
        assertThat(simulation.run().ending()).isEqualTo(Ending.EXHAUSTED);
        assertThat(said(simulation)).containsExactly("y", "x");
    }

    @Test
    void oneStepIsOneEvent() {
        var simulation = new Simulation(1);
        var actor = new Actor("a");
        simulation.within(() -> {
            actor.say("1");
            actor.say("2");
        });
        assertThat(simulation.step()).isTrue();
        assertThat(said(simulation)).containsExactly("1");
        assertThat(simulation.step()).isTrue();
        assertThat(simulation.step()).isFalse();
        assertThat(said(simulation)).containsExactly("1", "2");
    }

    @Test
    void aRunUntilAConditionStopsBeforeTheNextEvent() {
        var simulation = new Simulation(1);
        simulation.within(() -> new Actor("a").tick(10));
        assertThat(simulation.runUntil(() -> simulation.now().nanos() >= 50)).isTrue();
        assertThat(simulation.now()).isEqualTo(new SimTime(50));
        assertThat(new Simulation(1).runUntil(() -> false)).isFalse();
    }

    @Test
    void aPacedRunWaitsForTheClockAndChangesNothing() {
        var real = new long[1];
        var slept = new ArrayList<Long>();
        var pace =
                new Pace(
                        10,
                        () -> real[0],
                        nanos -> {
                            slept.add(nanos);
                            real[0] += nanos;
                        });
        var simulation = new Simulation(1);
        simulation.within(() -> new Actor("a").tick(100_000_000));
        var outcome = pace.runUntil(simulation, SimTime.of(Duration.ofSeconds(2)));
        assertThat(real[0]).isEqualTo(Duration.ofMillis(200).toNanos());
        assertThat(slept).hasSize(40);
        var free = new Simulation(1);
        free.within(() -> new Actor("a").tick(100_000_000));
        assertThat(free.runUntil(SimTime.of(Duration.ofSeconds(2)))).isEqualTo(outcome);
        assertThat(simulation.eventHash()).isEqualTo(free.eventHash());
    }

    @Test
    void aCancelledTimerNeverFiresAndLeavesNothing() {
        var simulation = new Simulation(1);
        simulation.within(() -> new Actor("a").cancelOwnTimer());
        simulation.run();
        assertThat(said(simulation)).isEmpty();
        assertThat(simulation.executed()).isEqualTo(1);
        assertThat(simulation.pending()).isZero();
    }

    @Test
    void aTimerCanBePutOffAndStartedAgain() {
        var simulation = new Simulation(1);
        var actor = new Actor("a");
        simulation.within(() -> actor.putOff());
        simulation.runUntil(new SimTime(24));
        assertThat(said(simulation)).isEmpty();
        simulation.runUntil(new SimTime(25));
        assertThat(said(simulation)).containsExactly("due");
        simulation.within(() -> actor.startAgain());
        simulation.runUntil(new SimTime(29));
        assertThat(said(simulation)).containsExactly("due");
        simulation.runUntil(new SimTime(30));
        assertThat(said(simulation)).containsExactly("due", "due");
    }

    @Test
    void aPeriodicTimerKeepsItsPeriodUntilItIsCancelled() {
        var simulation = new Simulation(1);
        var actor = new Actor("a");
        simulation.within(() -> {
            actor.metronome();
            Kronos.after(34, () -> actor.silence());
        });
        simulation.run();
        assertThat(simulation.trace().stream().map(e -> e.time().nanos()))
                .containsExactly(3L, 13L, 23L, 33L);
        assertThat(simulation.pending()).isZero();
    }

    @Test
    void progressCanBeReadFromAnotherThread() throws Exception {
        var simulation = new Simulation(1);
        simulation.within(() -> new Actor("a").tick(1_000_000));
        simulation.runUntil(SimTime.of(Duration.ofSeconds(10)));
        try (var other = Executors.newSingleThreadExecutor()) {
            var seen = other.submit(simulation::progress).get();
            assertThat(seen.executed()).isEqualTo(simulation.executed());
            assertThat(seen.pending()).isEqualTo(1);
            assertThat(seen.speedSince(new Progress(SimTime.ZERO, 0, 0, 0), Duration.ofSeconds(2)))
                    .isEqualTo(seen.now().nanos() / 2e9);
        }
    }

    @Test
    void theEventLogReadsAsSentencesAndWalksBackToTheStart() {
        var simulation = new Simulation(1);
        var lines = new ArrayList<String>();
        var log = new EventLog(event -> event.signature().startsWith("stopAt"), lines::add);
        simulation.watch(log);
        var actor = new Actor("a");
        simulation.within(() -> Kronos.after(1_000_000, () -> actor.stopAt("end")));
        simulation.run();
        simulation.run();
        assertThat(lines).containsExactly("0.001s  #0  a.stopAt(end)");
        assertThat(log.causes(1))
                .containsExactly("0.001s  #0  a.stopAt(end)", "0.001s  #1 ← #0  a.say(end)");
    }

    @Test
    void eventsAreCountedByEntityTypeAndMethod() {
        var simulation = new Simulation(1);
        var counts = new EventCounts();
        simulation.watch(counts);
        simulation.within(() -> {
            new Actor("a").say("1");
            new Actor("b").say("2");
            new Actor("c").stopAt("3");
        });
        simulation.run();
        assertThat(counts.counts())
                .isEqualTo(java.util.Map.of("Actor.say(String)", 2L, "Actor.stopAt(String)", 1L));
    }

    @Test
    void causesLeadFromObservationToObservation() {
        var simulation = new Simulation(1);
        var actor = new Actor("a");
        simulation.within(() -> actor.branch(3, Kronos.random("x")));
        simulation.run();
        var last = simulation.trace().get(simulation.trace().size() - 1);
        var chain = simulation.trace().causes(last);
        assertThat(chain).hasSize(4);
        assertThat(chain.getFirst().cause()).isEqualTo(Trace.NO_CAUSE);
        assertThat(chain.getLast()).isSameAs(last);
    }

    @Test
    void runsShareNothingAndAgreeOnEveryThread() throws Exception {
        Callable<String> run =
                () -> {
                    var simulation = new Simulation(5);
                    simulation.within(() -> new Actor("a").branch(9, Kronos.random("x")));
                    simulation.run();
                    return simulation.fingerprint() + simulation.eventHash();
                };
        try (var pool = Executors.newFixedThreadPool(4)) {
            var results = new ArrayList<String>();
            for (var result : pool.invokeAll(java.util.Collections.nCopies(12, run))) {
                results.add(result.get());
            }
            assertThat(results).containsOnly(run.call());
        }
    }

    @Test
    void theSameSeedGivesTheSameFingerprintAndAnotherSeedAnother() {
        assertThat(fingerprint(1)).isEqualTo(fingerprint(1)).isNotEqualTo(fingerprint(2));
    }

    private static String fingerprint(long seed) {
        var simulation = new Simulation(seed);
        simulation.within(() -> new Actor("a").branch(6, Kronos.random("x")));
        simulation.run();
        return simulation.fingerprint();
    }

    @Test
    void aListenerIsToldAtOnceAndWhatItPostsHasTheObservationAsItsCause() {
        var simulation = new Simulation(1);
        var actor = new Actor("a");
        simulation.within(() -> {
            Kronos.onObservation(entry -> {
                if (entry.what().equals(new Said("one"))) {
                    Kronos.after(0, () -> actor.say("answer"));
                }
            });
            Kronos.after(5, () -> actor.say("one"));
            Kronos.after(5, () -> actor.say("two"));
        });
        simulation.run();
        assertThat(said(simulation)).containsExactly("one", "two", "answer");
        var answer = simulation.trace().get(2);
        assertThat(answer.time()).isEqualTo(new SimTime(5));
        assertThat(answer.cause()).isZero();
    }

    private record Plain(int number) implements Observation {}

    @Test
    void aComponentThatIsAsUsualIsAsIfItWereNotThere() {
        assertThat(fingerprintOf(new Plain(7)))
                .isEqualTo(fingerprintOf(new Later.Plain(7, 1)))
                .isNotEqualTo(fingerprintOf(new Later.Plain(7, 2)));
    }

    /// What [Plain] is called and has, and more.
    private interface Later {
        record Plain(int number, @Usually(1) int count) implements Observation {}
    }

    private static String fingerprintOf(Observation observation) {
        var simulation = new Simulation(1);
        simulation.within(() -> Kronos.observe(observation));
        return simulation.fingerprint();
    }

    private static List<String> said(Simulation simulation) {
        return simulation.trace().all(Said.class).map(Said::what).toList();
    }

    private static Simulation rerolledAt(long time, long seed) {
        var simulation = new Simulation(7);
        simulation.within(() -> new Actor("a").branch(9, Kronos.random("x")));
        simulation.runUntil(new SimTime(time - 1));
        simulation.reseed(seed);
        simulation.run();
        return simulation;
    }

    /// Events at that instant are of the new seed already.
    @ParameterizedTest
    @ValueSource(longs = {1, 5, 9})
    void reseedingLeavesThePastAndRerollsTheFuture(long time) {
        var whole = new Simulation(7);
        whole.within(() -> new Actor("a").branch(9, Kronos.random("x")));
        whole.run();
        var rerolled = rerolledAt(time, 8);
        assertThat(past(rerolled, time)).isNotEmpty().isEqualTo(past(whole, time));
        assertThat(rerolled.fingerprint()).isNotEqualTo(whole.fingerprint());
    }

    private static List<Trace.Entry> past(Simulation simulation, long time) {
        return simulation.trace().stream().filter(e -> e.time().nanos() < time).toList();
    }

    @Test
    void reseedingWithTheSameSeedIsNotNoticed() {
        var whole = new Simulation(7);
        whole.within(() -> new Actor("a").branch(9, Kronos.random("x")));
        whole.run();
        var same = rerolledAt(5, 7);
        assertThat(same.trace().entries()).isEqualTo(whole.trace().entries());
        assertThat(same.eventHash()).isEqualTo(whole.eventHash());
        assertThat(same.drawn()).isEqualTo(whole.drawn());
    }

    @Test
    void anEventCannotReseedItsOwnRun() {
        var simulation = new Simulation(7);
        simulation.within(() -> simulation.post(() -> simulation.reseed(8)));
        assertThatThrownBy(simulation::run)
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasStackTraceContaining("Simulation.reseed is for between two parts of a run");
    }
}
