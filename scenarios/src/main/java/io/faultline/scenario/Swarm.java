package io.faultline.scenario;

import io.faultline.kernel.random.Constant;
import io.faultline.kernel.random.RandomStream;
import io.faultline.kernel.random.RandomStreams;
import io.faultline.model.Probability;
import io.faultline.model.Setting;
import io.faultline.model.fault.Fault;
import io.faultline.scenario.format.Names;
import io.faultline.scenario.format.Span;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Has the seed draw what goes wrong: which kinds of faults, how many, how strong, when and whom
/// they strike (Groce, Zhang, Eide, Chen and Regehr, *Swarm testing*, ISSTA 2012).
///
/// Each plan first tosses a coin for each kind and draws how strong its faults may be; what is left
/// out of a plan cannot mask or undo what is in it, so plans that differ find more than plans that
/// all have everything. A plan depends on the scenario and its seed and on nothing else. All faults
/// of a plan end with chaos at the latest.
///
/// The faults that the scenario plans itself may be shaken: the seed then draws when each of them
/// begins and how long it lasts, but neither its kind nor whom it strikes.
public record Swarm(
        @Setting(
                        value =
                                "how many faults a plan has at most; 0 draws none, which goes with"
                                        + " shake only",
                        byDefault = "6")
                int faults,
        @Setting(
                        value =
                                "how strong faults may be; each plan draws a strength of its own up"
                                        + " to this",
                        byDefault = "100%")
                Probability strength,
        @Setting("the kinds of faults that are drawn; every kind if left out") List<String> kinds,
        @Setting("kinds of faults that are not drawn") List<String> without,
        @Setting(
                        value = "whether the faults that the scenario plans itself are left out",
                        byDefault = "false")
                boolean replace,
        @Setting(
                        value =
                                "whether the faults that the scenario plans itself come at times"
                                        + " that the seed draws, and last half to twice as long",
                        byDefault = "false")
                boolean shake) {

    private static final int MOST = 1000;

    /// How many kinds are tried for a fault, since not every system can suffer every kind.
    private static final int KINDS = 8;

    /// The shortest fault, as a share of chaos.
    private static final double SHORTEST = 0.02;

    public Swarm {
        if (replace && shake) {
            throw new IllegalArgumentException("what is replaced cannot be shaken");
        }
        int least = shake ? 0 : 1;
        if (faults < least || faults > MOST) {
            throw new IllegalArgumentException(
                    "faults lies in [" + least + ", " + MOST + "], but was " + faults);
        }
        if (strength.value() == 0) {
            throw new IllegalArgumentException("strength must be more than 0%");
        }
        kinds = List.copyOf(kinds);
        without = List.copyOf(without);
        var known = Names.kinds(Fault.class).keySet();
        for (var kind : Stream.concat(kinds.stream(), without.stream()).toList()) {
            if (!known.contains(kind)) {
                throw new IllegalArgumentException(
                        "unknown fault '" + kind + "'" + Names.known(kind, known));
            }
        }
        if (permitted(kinds, without).isEmpty()) {
            throw new IllegalArgumentException("no kind of fault is left to be drawn");
        }
    }

    /// The kinds of faults that may be drawn.
    public List<String> permitted() {
        return permitted(kinds, without);
    }

    private static List<String> permitted(List<String> kinds, List<String> without) {
        return Names.kinds(Fault.class).keySet().stream()
                .filter(kind -> kinds.isEmpty() || kinds.contains(kind))
                .filter(kind -> !without.contains(kind))
                .toList();
    }

    /// All faults of the run with the scenario's seed, those that the scenario plans itself first.
    List<PlannedFault> plan(Scenario scenario) {
        var streams = new RandomStreams(scenario.seed());
        if (replace) {
            return drawn(scenario, streams);
        }
        var own = shake ? shaken(scenario, streams) : scenario.faults();
        return faults == 0
                ? own
                : Stream.concat(own.stream(), drawn(scenario, streams).stream()).toList();
    }

    /// The faults that the scenario plans itself at other times, each independently of the others.
    private static List<PlannedFault> shaken(Scenario scenario, RandomStreams streams) {
        var chaos = scenario.phases().chaos();
        var shaken = new ArrayList<PlannedFault>();
        for (var fault : scenario.faults()) {
            var random = streams.stream("shake/" + shaken.size());
            shaken.add(
                    fault.with(
                            switch (fault.schedule()) {
                                case At _ -> new At(share(chaos, unit(chaos), random));
                                case During(var span) -> new During(shaken(span, chaos, random));
                                case Every _, After _, Renewal _ -> fault.schedule();
                            },
                            fault.within().map(span -> shaken(span, chaos, random))));
        }
        return shaken;
    }

    /// Half to twice as long, each factor equally likely on a logarithmic scale, and anywhere in
    /// chaos.
    private static Span shaken(Span span, Duration chaos, RandomStream random) {
        long unit = unit(chaos);
        double nanos = span.to().minus(span.from()).toNanos();
        double factor = StrictMath.pow(2, 2 * random.nextUniform() - 1);
        long wanted = Math.max(unit, (long) (nanos * factor) / unit * unit);
        var length = Duration.ofNanos(Math.min(wanted, chaos.toNanos()));
        var from = share(chaos.minus(length), unit, random);
        return new Span(from, from.plus(length));
    }

    private static Duration share(Duration all, long unit, RandomStream random) {
        return Duration.ofNanos((long) (random.nextUniform() * all.toNanos()) / unit * unit);
    }

    /// What times are rounded to.
    private static long unit(Duration chaos) {
        return chaos.toNanos() < 1_000_000_000 ? 1 : 1_000_000;
    }

    /// The faults that the seed draws.
    private List<PlannedFault> drawn(Scenario scenario, RandomStreams streams) {
        var plan = streams.stream("swarm");
        double strongest = strength.value() * plan.nextUniform();
        int count = 1 + plan.nextInt(faults);
        var on = on(plan);
        var spans = new ArrayList<Span>();
        var drawn = new ArrayList<PlannedFault>();
        for (int i = 0; i < count; i++) {
            var random = streams.stream("swarm/" + i);
            var draw = new Draw(scenario, strongest, random);
            var span = span(scenario.phases().chaos(), spans, draw, random);
            Stream.generate(() -> on.get(random.nextInt(on.size())))
                    .limit(KINDS)
                    .flatMap(kind -> draw.fault(Names.kinds(Fault.class).get(kind)).stream())
                    .findFirst()
                    .ifPresent(fault -> {
                        spans.add(span);
                        drawn.add(planned(span, fault, random));
                    });
        }
        drawn.sort(Comparator.comparing(Swarm::from));
        return drawn;
    }

    private List<String> on(RandomStream plan) {
        var permitted = permitted();
        var on = permitted.stream().filter(_ -> plan.nextBoolean(0.5)).toList();
        return on.isEmpty() ? List.of(permitted.get(plan.nextInt(permitted.size()))) : on;
    }

    /// Mostly all the time, else several times.
    private static PlannedFault planned(Span span, Fault fault, RandomStream random) {
        long unit = 1_000_000;
        long length = span.to().minus(span.from()).toNanos();
        long period = length / (2 + random.nextInt(4)) / unit * unit;
        long each = (long) (random.nextUniform() * period) / unit * unit;
        if (random.nextBoolean(0.75) || each == 0) {
            return new PlannedFault(new During(span), fault);
        }
        return new PlannedFault(
                new Every(Duration.ofNanos(period)),
                Optional.of(new Constant(each)),
                Optional.empty(),
                Optional.of(span),
                Optional.empty(),
                fault);
    }

    private static Duration from(PlannedFault planned) {
        return planned.schedule() instanceof During(var span)
                ? span.from()
                : planned.within().orElseThrow().from();
    }

    /// When a fault is there: at any time of chaos, or while the system is likely to be busy with
    /// an earlier one, because that has just begun or ended, or has just been found.
    private static Span span(Duration chaos, List<Span> earlier, Draw draw, RandomStream random) {
        long all = chaos.toNanos();
        long unit = unit(chaos);
        long from = (long) (random.nextUniform() * all);
        if (!earlier.isEmpty() && random.nextBoolean(0.5)) {
            var other = earlier.get(random.nextInt(earlier.size()));
            from = (random.nextBoolean(0.5) ? other.from() : other.to()).toNanos();
            from += random.nextBoolean(0.5) ? draw.length().toNanos() : draw.aboutFound();
        }
        from = Math.min(from, all - unit) / unit * unit;
        double share = StrictMath.pow(SHORTEST, random.nextUniform());
        long to = Math.min(from + Math.max(unit, (long) (share * all) / unit * unit), all);
        return new Span(Duration.ofNanos(from), Duration.ofNanos(to));
    }
}
