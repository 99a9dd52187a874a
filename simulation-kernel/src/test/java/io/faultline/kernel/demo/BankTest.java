package io.faultline.kernel.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.faultline.kernel.Observation;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.process.Resource;
import io.faultline.kernel.random.Distribution;
import io.faultline.kernel.random.Exponential;
import io.faultline.kernel.random.RandomStream;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// A bank with one teller and customers who come at random: the queue M/M/1.
class BankTest {

    private static final double MINUTE = Duration.ofMinutes(1).toNanos();

    record Served(int customer, Duration waited) implements Observation {}

    // README: bank
    @Entity
    static class Customer {
        private final int number;
        private final Resource tellers;
        private final RandomStream services = Kronos.random("services");

        Customer(int number, Resource tellers) {
            this.number = number;
            this.tellers = tellers;
        }

        public void visit() {
            var arrival = Kronos.currentTime();
            tellers.acquire(); // suspends this event until a teller is free
            var waited = Duration.ofNanos(Kronos.currentTime() - arrival);
            Kronos.observe(new Served(number, waited));
            Kronos.blockingSleep(new Exponential(4 * MINUTE).sampleNanos(services));
            tellers.release();
        }
    }

    @Entity
    static class Door {
        private final Distribution gap = new Exponential(5 * MINUTE);
        private final RandomStream arrivals = Kronos.random("arrivals");
        private final Resource tellers;

        Door(Resource tellers) {
            this.tellers = tellers;
        }

        public void open(int customer, int last) {
            Kronos.sleep(gap.sampleNanos(arrivals));
            new Customer(customer, tellers).visit();
            if (customer < last) {
                this.open(customer + 1, last);
            }
        }
    }

    // README: end

    private final Simulation simulation = new Simulation(42);

    private Resource open(int customers) {
        var tellers = new Resource[1];
        simulation.within(() -> {
            tellers[0] = new Resource("tellers", 1);
            new Door(tellers[0]).open(1, customers);
        });
        simulation.run();
        return tellers[0];
    }

    @Test
    void theFirstCustomers() {
        open(4);
        assertThat(simulation.trace())
                .extracting(Object::toString)
                .containsExactly(
                        "46.031233398s Customer Served[customer=1, waited=PT0S]",
                        "199.972004144s Customer Served[customer=2, waited=PT0S]",
                        "507.860520609s Customer Served[customer=3, waited=PT4M52.451488527S]",
                        "1128.23850268s Customer Served[customer=4, waited=PT11M33.230748656S]");
    }

    @Test
    void inTheLongRunCustomersWaitForSixteenMinutes() {
        var queue = open(200_000).queue();
        // M/M/1 with a load of 0.8: Wq = 0.8 / (1 - 0.8) services of 4 minutes.
        assertThat(queue.meanWaitNanos() / MINUTE).isCloseTo(16, within(0.8));
        assertThat(queue.served()).isEqualTo(200_000);
    }
}
