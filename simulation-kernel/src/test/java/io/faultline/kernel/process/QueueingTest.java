package io.faultline.kernel.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Simulation;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.junit.Replications;
import io.faultline.kernel.junit.Verdict;
import io.faultline.kernel.random.Constant;
import io.faultline.kernel.random.Distribution;
import io.faultline.kernel.random.Exponential;
import io.faultline.kernel.random.Gamma;
import io.faultline.kernel.random.RandomStream;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// Queues whose behaviour has a closed form: entities, blocking calls, resources, random numbers
/// and statistics together give the numbers of the textbook.
///
/// The figures are computed from the formulas in Kleinrock, _Queueing Systems_, vol. 1, 1975:
/// M/M/1, Erlang's C (waiting) and Erlang's B (loss) in chapter 3, M/D/1 and M/G/1 after Pollaczek
/// and Khinchin in chapter 5. The mean service time is 1 s throughout.
class QueueingTest {

    private static final double SECOND = 1e9;
    private static final int REPLICATIONS = 30;
    private static final Percentage EXACTLY = Percentage.withPercentage(1e-7);

    private static final Distribution M = new Exponential(SECOND);
    private static final Distribution D = new Constant(SECOND);

    /// The square of its coefficient of variation is 4, 1/4 and 2.
    private static final Distribution G4 = new Gamma(0.25, SECOND);

    private static final Distribution G_QUARTER = Gamma.erlang(4, SECOND);
    private static final Distribution G2 = new Gamma(0.5, SECOND);

    private static final ToDoubleFunction<Bank> STAY = bank -> bank.stays.mean();
    private static final ToDoubleFunction<Bank> WAIT = bank -> bank.waits.mean();
    private static final ToDoubleFunction<Bank> WAITING = bank -> bank.fraction(bank.waited);
    private static final ToDoubleFunction<Bank> LOST = bank -> bank.fraction(bank.lost);

    /// As few customers as leave each confidence interval as narrow as it has to be.
    static final List<Check> CHECKS =
            List.of(
                    queue("M/M/1", 0.5, M, 1).has("W", STAY, 2, 0.03, 6_000),
                    queue("M/M/1", 0.8, M, 1).has("W", STAY, 5, 0.05, 16_000),
                    queue("M/M/1", 0.9, M, 1).has("W", STAY, 10, 0.09, 24_000),
                    queue("M/D/1", 0.5, D, 1).has("Wq", WAIT, 0.5, 0.03, 5_000),
                    queue("M/D/1", 0.8, D, 1).has("Wq", WAIT, 2, 0.05, 8_000),
                    queue("M/G/1", 0.7, G_QUARTER, 1).has("Wq", WAIT, 1.458333, 0.04, 6_000),
                    queue("M/G/1", 0.6, G2, 1).has("Wq", WAIT, 2.25, 0.06, 9_000),
                    queue("M/G/1", 0.8, G4, 1).has("Wq", WAIT, 10, 0.1, 16_000),
                    queue("M/M/2", 1.6, M, 2).has("C", WAITING, 0.711111, 0.03, 6_000),
                    queue("M/M/2", 1.6, M, 2).has("Wq", WAIT, 1.777778, 0.07, 12_000),
                    queue("M/M/3", 2.4, M, 3).has("C", WAITING, 0.647191, 0.04, 6_000),
                    queue("M/M/3", 2.4, M, 3).has("Wq", WAIT, 1.078652, 0.07, 16_000),
                    queue("M/M/4", 3, M, 4).has("C", WAITING, 0.509434, 0.05, 6_000),
                    queue("M/M/4", 3, M, 4).has("Wq", WAIT, 0.509434, 0.07, 12_000),
                    queue("M/M/10", 8, M, 10).has("C", WAITING, 0.409180, 0.06, 8_000),
                    queue("M/M/10", 8, M, 10).has("Wq", WAIT, 0.204590, 0.09, 16_000),
                    loss("M/M/3/3", 2, M, 3).has("B", LOST, 0.210526, 0.03, 4_000),
                    loss("M/M/8/8", 5, M, 8).has("B", LOST, 0.070048, 0.04, 12_000),
                    loss("M/D/8/8", 5, D, 8).has("B", LOST, 0.070048, 0.04, 12_000),
                    loss("M/M/10/10", 10, M, 10).has("B", LOST, 0.214582, 0.03, 6_000),
                    loss("M/M/30/30", 20, M, 30).has("B", LOST, 0.0084575, 0.16, 15_000));

    static final List<Check> CHECKS_WITH_SEVERAL_SERVERS =
            CHECKS.stream().filter(check -> check.queue().servers() > 1).toList();

    @ParameterizedTest
    @FieldSource("CHECKS")
    void aQueueBehavesAsItsClosedFormSays(Check check) {
        judge(Boolean.getBoolean("validation") ? check.withinOnePercent() : check, Verdict.AGREES);
    }

    /// Negative control; with half of the customers, so there is power to spare.
    @ParameterizedTest
    @FieldSource("CHECKS")
    void serviceFivePercentLongerIsNoticed(Check check) {
        judge(check.withHalf().of(check.queue().withServiceFivePercentLonger()), Verdict.DISAGREES);
    }

    /// Negative control, as above.
    @ParameterizedTest
    @FieldSource("CHECKS_WITH_SEVERAL_SERVERS")
    void oneServerMoreIsNoticed(Check check) {
        judge(check.withHalf().of(check.queue().withOneServerMore()), Verdict.DISAGREES);
    }

    private static void judge(Check check, Verdict verdict) {
        var replications =
                Replications.of(REPLICATIONS, check.queue().name().hashCode(), check::estimate);
        assertThat(replications.judge(check.expected(), check.precision()))
                .as(replications.toString())
                .isEqualTo(verdict);
    }

    /// Little's law, L = λ W, is an identity over a time that begins and ends with nobody there. It
    /// holds for the whole queue, for the line, and for the servers.
    @ParameterizedTest
    @FieldSource("CHECKS")
    void whatIsAveragedOverTimeAgreesWithWhatIsAveragedOverCustomers(Check check) {
        var simulation = new Simulation(1);
        var bank = check.queue().run(simulation, check.customers());
        long time = simulation.now().nanos();
        var line = bank.servers.queue();
        assertThat(bank.present.mean(time) * time).isCloseTo(bank.stayedFor, EXACTLY);
        assertThat(bank.servers.utilisation() * bank.servers.capacity() * time)
                .isCloseTo(bank.servedFor, EXACTLY);
        assertThat(line.meanLength() * time)
                .isCloseTo(line.meanWaitNanos() * line.served(), EXACTLY);
        assertThat(line.served() + line.timedOut()).isEqualTo(check.customers());
    }

    private static Queue queue(String name, double arrivals, Distribution service, int servers) {
        return new Queue(name, arrivals, service, servers, Long.MAX_VALUE);
    }

    /// A queue in which nobody waits.
    private static Queue loss(String name, double arrivals, Distribution service, int servers) {
        return new Queue(name, arrivals, service, servers, 0);
    }

    /// @param name in Kendall's notation
    /// @param arrivals customers a second, at random
    /// @param service how long one takes, in nanoseconds
    /// @param servers how many can be served at once
    /// @param patience how long a customer waits at most, in nanoseconds
    record Queue(String name, double arrivals, Distribution service, int servers, long patience) {

        Check has(
                String what,
                ToDoubleFunction<Bank> estimate,
                double expected,
                double precision,
                int customers) {
            return new Check(this, what, estimate, expected, precision, customers);
        }

        Queue withOneServerMore() {
            return new Queue(name, arrivals, service, servers + 1, patience);
        }

        Queue withServiceFivePercentLonger() {
            double mean = 1.05 * SECOND;
            var longer =
                    switch (service) {
                        case Constant _ -> new Constant(mean);
                        case Exponential _ -> new Exponential(mean);
                        case Gamma(double shape, _) -> new Gamma(shape, mean);
                        default -> throw new AssertionError(service);
                    };
            return new Queue(name, arrivals, longer, servers, patience);
        }

        Bank run(Simulation simulation, int customers) {
            var bank = new Bank[1];
            simulation.within(() -> {
                bank[0] = new Bank(this, customers);
                bank[0].open();
            });
            simulation.run();
            return bank[0];
        }
    }

    /// What a queue ought to show.
    ///
    /// @param what its usual letter
    /// @param estimate how one run shows it
    /// @param expected what it is; times in seconds
    /// @param precision how wide the half of the confidence interval may be, as a fraction of
    ///   `expected`
    /// @param customers how many come in one run
    record Check(
            Queue queue,
            String what,
            ToDoubleFunction<Bank> estimate,
            double expected,
            double precision,
            int customers) {

        double estimate(long seed) {
            return estimate.applyAsDouble(queue.run(new Simulation(seed), customers));
        }

        Check of(Queue queue) {
            return new Check(queue, what, estimate, expected, precision, customers);
        }

        /// With as many customers as narrow the interval to one percent, and some more.
        Check withinOnePercent() {
            int times = (int) Math.ceil(1.3 * Math.pow(precision / 0.01, 2));
            return new Check(queue, what, estimate, expected, 0.01, times * customers);
        }

        Check withHalf() {
            return new Check(queue, what, estimate, expected, precision, customers / 2);
        }

        @Override
        public String toString() {
            return "%s of %s with %s arrivals a second is %s, known to %s"
                    .formatted(what, queue.name(), queue.arrivals(), expected, precision);
        }
    }

    /// One run of a queue: so many customers come, and it is over when all have gone.
    @Entity
    static class Bank {
        private final Queue queue;
        private final Distribution gap;
        private final Resource servers;
        private final RandomStream arrivals = Kronos.random("arrivals");
        private final RandomStream services = Kronos.random("services");
        private final int customers;
        private int arrived;

        // Of those who came after the warm-up, which is the first tenth; in seconds.
        private final Tally waits = new Tally();
        private final Tally stays = new Tally();
        private long waited;
        private long lost;

        // Of all, in nanoseconds.
        private final TimeAverage present = new TimeAverage(Kronos.currentTime(), 0);
        private double servedFor;
        private double stayedFor;

        Bank(Queue queue, int customers) {
            this.queue = queue;
            this.customers = customers;
            this.gap = new Exponential(SECOND / queue.arrivals());
            this.servers = new Resource("servers", queue.servers());
        }

        public void open() {
            Kronos.sleep(gap.sampleNanos(arrivals));
            new Customer(this, arrived >= customers / 10).visit();
            if (++arrived < customers) {
                this.open();
            }
        }

        private double fraction(long some) {
            return (double) some / (waits.count() + lost);
        }
    }

    @Entity
    static class Customer {
        private final Bank bank;
        private final boolean counts;

        Customer(Bank bank, boolean counts) {
            this.bank = bank;
            this.counts = counts;
        }

        public void visit() {
            long arrival = Kronos.currentTime();
            bank.present.set(arrival, bank.present.value() + 1);
            boolean admitted = bank.servers.acquire(1, bank.queue.patience());
            long begin = Kronos.currentTime();
            if (admitted) {
                long service = bank.queue.service().sampleNanos(bank.services);
                Kronos.blockingSleep(service);
                bank.servers.release();
                bank.servedFor += service;
            }
            long departure = Kronos.currentTime();
            bank.present.set(departure, bank.present.value() - 1);
            bank.stayedFor += departure - arrival;
            if (counts && admitted) {
                bank.waited += begin > arrival ? 1 : 0;
                bank.waits.add((begin - arrival) / SECOND);
                bank.stays.add((departure - arrival) / SECOND);
            } else if (counts) {
                bank.lost++;
            }
        }
    }
}
