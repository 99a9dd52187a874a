package io.faultline.scenario.explain;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.kernel.random.RandomStreams;
import io.faultline.report.Said;
import io.faultline.scenario.Alteration;
import io.faultline.scenario.OwnCode;
import io.faultline.scenario.Scenario;
import io.faultline.scenario.ScenarioWriter;
import io.faultline.scenario.campaign.Confidence;
import io.faultline.scenario.campaign.Engine;
import io.faultline.scenario.campaign.Task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;

/// How likely a run was to end as it did, seen from instants on its way: the share of runs that end
/// in the same way if all is as it was before an instant, and the dice are rolled anew from then
/// on.
///
/// Where the share rises something was decided; before, it could have gone otherwise. What does not
/// depend on chance at all has a share of 1 from the start.
///
/// @param points in order of time
/// @param runs how many runs it took
/// @param complete whether there was time for all points that were wanted
public record NoReturn(List<Point> points, int runs, boolean complete) {

    /// Instants to begin with, equally far from each other.
    private static final int INSTANTS = 12;

    /// How often the steepest rise is halved.
    private static final int HALVINGS = 10;

    /// A rise smaller than this may be chance.
    private static final double NOTABLE = 0.2;

    /// Instants need not be closer than this.
    private static final long CLOSE = Duration.ofMillis(1).toNanos();

    /// From when on hardly anything else could have come.
    private static final double SETTLED = 0.95;

    /// An instant from which on the dice were rolled anew.
    ///
    /// @param at events at this time and later have other chances
    /// @param same how many of the rolls ended in the same way
    public record Point(SimTime at, int same, int rolls) {

        /// The share of them.
        public double share() {
            return (double) same / rolls;
        }

        /// Where the probability lies, at 95 % confidence.
        public Confidence confidence() {
            return Confidence.ofShare(same, rolls);
        }
    }

    /// The steepest rise between two neighbours.
    ///
    /// @param event what happened last before `after`, if anything worth a sentence did
    public record Rise(Point before, Point after, Optional<Trace.Entry> event) {}

    public NoReturn {
        points = List.copyOf(points);
    }

    /// Finds it.
    ///
    /// @param until when the run had come to its end, for good or bad: later instants are of no
    ///   interest
    /// @param rolls how many runs are made from each instant
    /// @param over asked before each run whether it is time to end
    static NoReturn find(
            Scenario scenario,
            Subject subject,
            SimTime until,
            int rolls,
            Engine engine,
            BooleanSupplier over) {
        var search = new Looking(scenario, subject, rolls, engine, over);
        var instants = new ArrayList<SimTime>();
        for (int i = 0; i < INSTANTS; i++) {
            instants.add(tidy(until.nanos() / INSTANTS * i, 0));
        }
        instants.add(until);
        instants.add(until.plus(Duration.ofNanos(1)));
        search.look(instants.stream().distinct().toList());
        for (int halving = 0; halving < HALVINGS && search.complete; halving++) {
            var between = between(search.points);
            if (between.isEmpty()) {
                break;
            }
            search.look(List.of(between.get()));
        }
        return new NoReturn(List.copyOf(search.points.values()), search.runs, search.complete);
    }

    /// The middle of the steepest notable rise; nothing if there is none that could be halved.
    private static Optional<SimTime> between(NavigableMap<SimTime, Point> points) {
        double steepest = NOTABLE;
        Optional<SimTime> middle = Optional.empty();
        for (var point : points.values()) {
            var next = points.higherEntry(point.at());
            if (next == null) {
                break;
            }
            long apart = next.getKey().nanos() - point.at().nanos();
            double rise = next.getValue().share() - point.share();
            if (rise >= steepest && apart > CLOSE) {
                steepest = Math.nextUp(rise);
                middle = Optional.of(tidy(point.at().nanos() + apart / 2, point.at().nanos()));
            }
        }
        return middle;
    }

    /// A time in whole milliseconds, if that is after another.
    private static SimTime tidy(long nanos, long after) {
        long whole = nanos / CLOSE * CLOSE;
        return new SimTime(whole > after ? whole : nanos);
    }

    /// The steepest rise; nothing if the share never rises notably.
    public Optional<Rise> steepest(Trace trace) {
        Optional<Rise> steepest = Optional.empty();
        double most = NOTABLE;
        for (int i = 1; i < points.size(); i++) {
            double rise = points.get(i).share() - points.get(i - 1).share();
            if (rise >= most) {
                most = Math.nextUp(rise);
                steepest =
                        Optional.of(
                                new Rise(
                                        points.get(i - 1),
                                        points.get(i),
                                        lastBefore(points.get(i).at(), trace)));
            }
        }
        return steepest;
    }

    private static Optional<Trace.Entry> lastBefore(SimTime time, Trace trace) {
        return trace.stream()
                .filter(entry -> entry.time().isBefore(time))
                .filter(entry -> Said.of(entry.what()).isPresent())
                .reduce((_, last) -> last);
    }

    /// The first instant from which on hardly anything else could have come.
    public Optional<SimTime> settled() {
        Optional<SimTime> settled = Optional.empty();
        for (var point : points.reversed()) {
            if (point.share() < SETTLED) {
                break;
            }
            settled = Optional.of(point.at());
        }
        return settled;
    }

    /// The runs that are being made.
    private static final class Looking {
        private final String text;
        private final Scenario scenario;
        private final Subject subject;
        private final long[] seeds;
        private final Engine engine;
        private final BooleanSupplier over;
        private final TreeMap<SimTime, Point> points = new TreeMap<>();
        private int runs;
        private boolean complete = true;

        Looking(
                Scenario scenario,
                Subject subject,
                int rolls,
                Engine engine,
                BooleanSupplier over) {
            this.text = ScenarioWriter.write(scenario.withoutParams());
            this.scenario = scenario;
            this.subject = subject;
            this.engine = engine;
            this.over = over;
            // The same for each instant, so that neighbours differ in nothing but the instant.
            var dice = new RandomStreams(scenario.seed()).stream("explain/rolls");
            this.seeds = new long[rolls];
            java.util.Arrays.setAll(seeds, _ -> dice.nextLong());
        }

        /// Makes the runs of some instants; those of which not all were made are left out.
        void look(List<SimTime> instants) {
            var tasks = new ArrayList<Task>();
            for (int i = 0; i < instants.size(); i++) {
                for (long seed : seeds) {
                    tasks.add(
                            new Task(
                                    i,
                                    text,
                                    OwnCode.places(),
                                    "",
                                    scenario.seed(),
                                    false,
                                    Alteration.rerolled(instants.get(i), seed)));
                }
            }
            var made = new AtomicIntegerArray(instants.size());
            var same = new AtomicIntegerArray(instants.size());
            var all = tasks.iterator();
            engine.run(
                    new java.util.Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return all.hasNext() && !over.getAsBoolean();
                        }

                        @Override
                        public Task next() {
                            return all.next();
                        }
                    },
                    record -> {
                        made.incrementAndGet(record.cell());
                        if (subject.isIn(record)) {
                            same.incrementAndGet(record.cell());
                        }
                    });
            for (int i = 0; i < instants.size(); i++) {
                runs += made.get(i);
                if (made.get(i) == seeds.length) {
                    points.put(
                            instants.get(i), new Point(instants.get(i), same.get(i), seeds.length));
                } else {
                    complete = false;
                }
            }
        }
    }
}
