package io.faultline.scenario;

import static java.util.Comparator.naturalOrder;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.random.Distribution;
import io.faultline.model.Protocol;
import io.faultline.model.barrier.OnDeadline;
import io.faultline.model.cluster.Topology;
import io.faultline.model.network.NetworkSettings;
import io.faultline.model.recovery.RecoveryPhase;
import io.faultline.model.recovery.RecoverySettings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How long a system may take at most to be healthy again once nothing goes wrong any more: the sum
/// of the delays that the scenario configures on the slowest way there.
///
/// The pattern is that of Elasticsearch's `AbstractCoordinatorTestCase`, whose stabilisation time
/// is such a sum. A delay that is drawn at random counts with its 99.9th percentile.
///
/// @param terms the delays that make up the sum
public record StabilisationBound(List<Term> terms) {

    private static final double HIGH = 0.999;
    private static final int MOST_LOSSES = 1000;

    /// So that twice their sum is less than virtual time lasts.
    private static final Duration LONGEST = Duration.ofDays(4000);

    /// One of the delays.
    ///
    /// @param isLeftBehind whether it is due to what faults leave behind, and not to the system
    public record Term(String name, Duration delay, boolean isLeftBehind) {
        public Term {
            delay = delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
        }

        private Term(String name, Duration delay) {
            this(name, delay, false);
        }

        @Override
        public String toString() {
            return name + " " + SimTime.format(delay.toNanos());
        }
    }

    /// The bound of a scenario.
    public static StabilisationBound of(Scenario scenario) {
        var terms = new ArrayList<Term>();
        var protocol = scenario.protocol();
        terms.add(new Term("detection", detection(scenario.topology(), protocol)));
        terms.add(new Term("recovery", recoveries(scenario.topology(), protocol)));
        terms.add(new Term("network", delay(scenario.topology().network()).multipliedBy(4)));
        var loss = loss(scenario.topology().network());
        if (loss.isPositive()) {
            terms.add(new Term("loss", loss));
        }
        addLeftBehind(terms, "resend", resend(scenario));
        addLeftBehind(terms, "late messages", late(scenario));
        addLeftBehind(terms, "clocks", clocks(scenario, terms));
        return new StabilisationBound(List.copyOf(terms));
    }

    /// What the scenario gives no cause for is not mentioned.
    private static void addLeftBehind(List<Term> terms, String name, Duration delay) {
        if (delay.isPositive()) {
            terms.add(new Term(name, delay, true));
        }
    }

    /// How long a message may still wait to be sent again which faults lost until their end.
    private static Duration resend(Scenario scenario) {
        var network = scenario.topology().network();
        var losing =
                scenario.faults().stream()
                        .filter(planned -> planned.fault().aftermath().losesReliable())
                        .toList();
        if (losing.isEmpty()) {
            return Duration.ZERO;
        }
        var phases = scenario.phases();
        var begin = losing.stream().map(PlannedFault::earliest).min(naturalOrder()).get();
        var end = losing.stream().map(p -> p.latest(phases)).max(naturalOrder()).get();
        return network.longestWait(end.minus(begin));
    }

    /// How long a message waits that is lost as often in a row as chance has it.
    private static Duration loss(NetworkSettings network) {
        double loss = network.loss().value();
        var wait = Duration.ZERO;
        double chance = loss;
        for (int losses = 1; chance > 1 - HIGH && losses <= MOST_LOSSES; losses++) {
            wait = wait.plus(network.waitAfter(losses));
            chance *= loss;
        }
        return wait;
    }

    /// How late messages may be that faults delayed; several may delay the same one.
    private static Duration late(Scenario scenario) {
        return scenario.faults().stream()
                .map(planned -> high(planned.fault().aftermath().late()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /// How much longer everything takes by clocks that were set, or are too slow.
    private static Duration clocks(Scenario scenario, List<Term> terms) {
        var steps = Duration.ZERO;
        double rate = 0;
        for (var planned : scenario.faults()) {
            steps = steps.plus(planned.fault().aftermath().clockStep());
            rate += planned.fault().aftermath().clockRate();
        }
        long others = terms.stream().mapToLong(term -> term.delay().toNanos()).sum();
        return steps.plusNanos(Math.round(others * rate));
    }

    /// The slower of the two ways to find out: by silence, or by reports and confirmation.
    private static Duration detection(Topology topology, Protocol protocol) {
        var bySilence =
                protocol.detector()
                        .map(d -> d.detection().multipliedBy(waves(topology, protocol)))
                        .orElse(Duration.ZERO);
        var suspicion = protocol.suspicion();
        var round =
                protocol.barrier()
                        .filter(b -> b.onDeadline() == OnDeadline.BREAK)
                        .map(b ->
                                b.timeout()
                                        .plus(b.poll())
                                        .plus(b.gap())
                                        .plus(
                                                b.work()
                                                        .map(StabilisationBound::high)
                                                        .orElse(Duration.ZERO)))
                        .orElse(Duration.ZERO);
        var sync = protocol.ghosts().map(g -> g.interval().plus(g.timeout())).orElse(Duration.ZERO);
        var byReports =
                longer(round, sync)
                        .multipliedBy(suspicion.strikes())
                        .plus(suspicion.confirm())
                        .plus(suspicion.poll());
        return longer(bySilence, byReports);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /// Every partition may have to be recovered, so many at once, each with all its attempts.
    private static Duration recoveries(Topology topology, Protocol protocol) {
        var settings = protocol.recovery();
        var recovery = Duration.ZERO;
        for (var level : settings.strategy().levels(settings)) {
            var phases = level.phases();
            var work =
                    high(phases.detecting())
                            .plus(high(phases.redistributing()))
                            .plus(
                                    high(phases.rebalancing())
                                            .multipliedBy(
                                                    level.movesEntities()
                                                            ? settings.rounds(
                                                                    RecoveryPhase.REBALANCING,
                                                                    topology.partitions())
                                                            : 1))
                            .plus(high(phases.validating()))
                            .plus(
                                    level.movesEntities()
                                            ? transfers(topology, settings)
                                            : Duration.ZERO);
            var attempt = settings.pauseTimeout().plus(shorter(work, settings.timeout()));
            recovery = recovery.plus(attempt.multipliedBy(settings.attempts()));
            recovery = recovery.plus(backoffs(settings));
        }
        int turns = Math.max(1, Math.ceilDiv(atOnce(topology), settings.maxConcurrent()));
        return shorter(recovery, LONGEST).multipliedBy(turns + waves(topology, protocol) - 1);
    }

    /// All waits between attempts, which may be very many.
    private static Duration backoffs(RecoverySettings settings) {
        var backoff = settings.backoff();
        var sum = Duration.ZERO;
        int k = 1;
        for (; k < settings.attempts() && backoff.grows(); k++) {
            var wait = backoff.after(k);
            if (wait.equals(backoff.cap())) {
                break;
            }
            sum = sum.plus(backoff.jitter().longest(wait));
        }
        return sum.plus(
                backoff.jitter().longest(backoff.after(k)).multipliedBy(settings.attempts() - k));
    }

    /// How often, at worst, failures are found only after recoveries that were due to others.
    private static int waves(Topology topology, Protocol protocol) {
        return protocol.detector().map(d -> d.waves(atOnce(topology))).orElse(1);
    }

    /// How many partitions may be down at once.
    private static int atOnce(Topology topology) {
        return topology.partitions() / 2;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /// The entities of a partition go to others and come back, sent by one and taken in by one.
    private static Duration transfers(Topology topology, RecoverySettings settings) {
        return settings.transfer()
                .map(transfer -> transfer.moving(topology.entities()).multipliedBy(2))
                .orElse(Duration.ZERO);
    }

    private static Duration delay(NetworkSettings network) {
        var longest =
                network.roundTrips().values().stream()
                        .flatMap(row -> row.values().stream())
                        .map(roundTrip -> roundTrip.dividedBy(2))
                        .reduce(high(network.latency()), (a, b) -> a.compareTo(b) > 0 ? a : b);
        return longest.plus(high(network.jitter()));
    }

    static Duration high(Distribution distribution) {
        double max = distribution.max();
        return Duration.ofNanos(
                Math.round(Double.isFinite(max) ? max : distribution.quantile(HIGH)));
    }

    /// The sum.
    public Duration total() {
        return sum(terms.stream());
    }

    /// The sum without what faults leave behind.
    public Duration usual() {
        return sum(terms.stream().filter(term -> !term.isLeftBehind()));
    }

    private static Duration sum(Stream<Term> terms) {
        return terms.map(Term::delay).reduce(Duration.ZERO, Duration::plus);
    }

    /// The sum as it was made: `detection 5.600s + recovery 16.975s + network 0.640s`.
    @Override
    public String toString() {
        return terms.stream().map(Term::toString).collect(Collectors.joining(" + "));
    }
}
