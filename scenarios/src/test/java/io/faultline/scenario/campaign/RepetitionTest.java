package io.faultline.scenario.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Agenda;
import io.faultline.kernel.Observation;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.scenario.Catalogue;
import io.faultline.scenario.Run;
import io.faultline.scenario.ScenarioParser;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Runs made twice, some of them with a model that depends on what it must not.
class RepetitionTest {

    private static final SimTime END = SimTime.of(Duration.ofSeconds(30));
    private static final AtomicLong SHARED = new AtomicLong();

    record Beaten(long value) implements Observation {}

    /// Beats once a second, and from the given beat on does so depending on something outside of
    /// the run.
    @Entity
    public static class Heart {
        private final String name;
        private final int from;
        private final Flaw flaw;

        public Heart(String name, int from, Flaw flaw) {
            this.name = name;
            this.from = from;
            this.flaw = flaw;
        }

        public void beat(int number) {
            boolean flawed = number >= from;
            if (flaw == Flaw.OBSERVATION && flawed) {
                Kronos.observe(new Beaten(SHARED.incrementAndGet()));
            } else {
                Kronos.observe(new Beaten(number));
            }
            long delay = 1_000_000_000L;
            if (flaw == Flaw.COUNTER && flawed) {
                delay += SHARED.incrementAndGet();
            }
            if (flaw == Flaw.CLOCK && flawed) {
                delay += System.nanoTime() & 0xffffff;
            }
            Kronos.after(delay, 0, () -> this.beat(number + 1));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    enum Flaw {
        NONE,
        COUNTER,
        CLOCK,
        OBSERVATION
    }

    private static Simulation ready(Agenda agenda, int from, Flaw flaw) {
        var simulation =
                new Simulation(new Simulation.Settings(1, Long.MAX_VALUE, "again", agenda));
        simulation.within(() -> {
            new Heart("sound", 0, Flaw.NONE).beat(0);
            new Heart("ill", from, flaw).beat(0);
        });
        return simulation;
    }

    @Test
    void aSoundModelIsTheSameTwice() {
        var repetition =
                Repetition.of(agenda -> ready(agenda, 5, Flaw.NONE), RepetitionTest::finish);
        assertThat(repetition.isSame()).isTrue();
        assertThat(repetition.event()).isEmpty();
        assertThat(repetition.first().events()).isEqualTo(62);
    }

    /// Two hearts beat in each second, from second 0 on; the sixth beat of the ill one is the first
    /// that is too late, so the first event that differs is number 13 from 0.
    @Test
    void aCounterThatRunsShareIsFoundWithTheFirstEventThatItMoved() {
        var repetition =
                Repetition.of(agenda -> ready(agenda, 5, Flaw.COUNTER), RepetitionTest::finish);
        assertThat(repetition.isSame()).isFalse();
        var event = repetition.event().orElseThrow();
        assertThat(event.index()).isEqualTo(13);
        assertThat(event.first().orElseThrow().actor()).isEqualTo("ill");
        assertThat(event.first().orElseThrow().what()).startsWith("beat(6) #");
        assertThat(event.second().orElseThrow().actor()).isEqualTo("ill");
        assertThat(event.first().orElseThrow().time())
                .isNotEqualTo(event.second().orElseThrow().time())
                .isGreaterThan(SimTime.of(Duration.ofSeconds(6)));
        var observation = repetition.observation().orElseThrow();
        assertThat(observation.index()).isEqualTo(13);
        assertThat(observation.first().orElseThrow().what()).isEqualTo("Beaten[value=6]");
    }

    @Test
    void theWallClockIsFound() {
        var repetition =
                Repetition.of(agenda -> ready(agenda, 2, Flaw.CLOCK), RepetitionTest::finish);
        assertThat(repetition.isSame()).isFalse();
        assertThat(repetition.event().orElseThrow().index()).isEqualTo(7);
    }

    @Test
    void anObservationThatDiffersIsFoundWhereTheEventsAreTheSame() {
        var repetition =
                Repetition.of(agenda -> ready(agenda, 5, Flaw.OBSERVATION), RepetitionTest::finish);
        assertThat(repetition.isSame()).isFalse();
        assertThat(repetition.first().eventHash()).isEqualTo(repetition.second().eventHash());
        assertThat(repetition.event()).isEmpty();
        assertThat(repetition.observation().orElseThrow().index()).isEqualTo(11);
    }

    @Test
    void everyScenarioOfTheCatalogueIsTheSameTwice() {
        for (var source : Catalogue.load().all()) {
            var scenario = new ScenarioParser().parse(source, Map.of());
            assertThat(
                            Repetition.of(
                                            agenda -> Run.ready(scenario, "again", agenda),
                                            simulation -> Run.finish(scenario, simulation))
                                    .isSame())
                    .as(source.name())
                    .isTrue();
        }
    }

    private static void finish(Simulation simulation) {
        simulation.runUntil(END);
    }
}
