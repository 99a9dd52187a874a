package io.faultline.kernel.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Observation;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.random.Distribution;
import io.faultline.kernel.random.Exponential;
import io.faultline.kernel.random.RandomStream;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// PHOLD, the usual benchmark of event-driven simulators, as a test: every event posts exactly one,
/// so the population is constant, and the number of events follows from renewal theory.
///
/// The model and its parameters are those of ROSS (Carothers et al., `models/phold`): an event goes
/// to a place drawn from all with probability 0.25, and otherwise stays; it takes effect after the
/// lookahead of 1 s and an exponential time with a mean of 1 s. With N events, horizon T, a =
/// lookahead + mean, s = mean, the count is N (T/a + s²/2a² - 1/2) with standard deviation √(N s² T
/// / a³); here 511 616 and 358.
class PholdTest {

    private static final int PLACES = 1024;
    private static final long LOOKAHEAD = 1_000_000_000;
    private static final double MEAN = 1e9;
    private static final double REMOTE = 0.25;
    private static final SimTime END = SimTime.of(Duration.ofSeconds(1000));

    private static final long EXPECTED = 511_616;
    private static final long STANDARD_DEVIATION = 358;

    record Visited(int place, int times) implements Observation {}

    @Entity
    static class Place {
        private static final int OBSERVED = 64;

        private final List<Place> all;
        private final int index;
        private final Distribution delay;
        private final RandomStream random;
        private int visits;

        Place(List<Place> all, double mean) {
            this.all = all;
            this.index = all.size();
            this.delay = new Exponential(mean);
            this.random = Kronos.random("place " + index);
        }

        public void visit() {
            if (++visits % OBSERVED == 0) {
                Kronos.observe(new Visited(index, visits));
            }
            leave();
        }

        void leave() {
            var next = random.nextBoolean(REMOTE) ? all.get(random.nextInt(all.size())) : this;
            Kronos.sleep(LOOKAHEAD + delay.sampleNanos(random));
            next.visit();
        }

        @Override
        public String toString() {
            return "place " + index;
        }
    }

    private static Simulation run(long seed, double mean) {
        var simulation = new Simulation(seed);
        var places = new ArrayList<Place>();
        simulation.within(() -> {
            for (int i = 0; i < PLACES; i++) {
                places.add(new Place(places, mean));
            }
        });
        places.forEach(place -> simulation.within(place::leave));
        simulation.runUntil(END);
        return simulation;
    }

    private static boolean isExpected(Simulation simulation) {
        return Math.abs(simulation.executed() - EXPECTED) <= 3 * STANDARD_DEVIATION;
    }

    @Test
    void theNumberOfEventsIsThatOfRenewalTheoryAndThePopulationIsConstant() {
        var simulation = run(7, MEAN);
        assertThat(isExpected(simulation)).as("%d events", simulation.executed()).isTrue();
        assertThat(simulation.pending()).isEqualTo(PLACES);
    }

    @Test
    void oneSeedGivesOneRun() {
        var first = run(7, MEAN);
        var second = run(7, MEAN);
        var other = run(8, MEAN);
        assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(second.eventHash()).isEqualTo(first.eventHash());
        assertThat(other.fingerprint()).isNotEqualTo(first.fingerprint());
        assertThat(other.eventHash()).isNotEqualTo(first.eventHash());
    }

    /// Negative control.
    @Test
    void aMeanFivePercentLongerIsNoticed() {
        assertThat(isExpected(run(7, 1.05 * MEAN))).isFalse();
    }
}
