package io.faultline.scenario.campaign;

import io.faultline.model.Probability;
import io.faultline.scenario.Scenario;
import io.faultline.scenario.ScenarioWriter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;

/// Runs a scenario with many seeds.
///
/// Runs are made in any order, and written down as they come; but they are counted in the order of
/// their seeds, and it is by what is counted that the search decides whether it has seen enough. So
/// the same seeds give the same summary, on one core or many, in one go or resumed. Only a budget
/// of time, which counts as far as it goes, is another one every time.
public final class Search {

    /// Records that are kept in memory because one with a lower seed is not there yet; further ones
    /// are read again from the log.
    private static final int KEPT = 1000;

    /// Runs whose measurements are merged at once.
    private static final int BATCH = 256;

    private final Plan plan;
    private final String text;
    private final RunLog log;
    private final long start = System.nanoTime();
    private final Iterator<Long> toRun;
    private final Iterator<Long> toCount;
    private final Map<Long, RunRecord> waiting = new HashMap<>();
    private final long earlier;
    private long made;
    private Long due;
    private Summary summary = Summary.EMPTY;
    private final List<Summary> unmerged = new ArrayList<>();
    private long withoutNews;
    private Optional<Ending> ending = Optional.empty();

    /// What is searched.
    ///
    /// @param scenario the scenario; its own seed does not matter
    /// @param classPath where classes are that the scenario names, as in [Task]
    /// @param replay the command that repeats a run, but for its seed
    /// @param seeds the seeds
    /// @param failures after how many failures the search ends
    /// @param stable after how many seeds in a row that brought nothing new it ends
    /// @param budget after how long it begins no more runs
    /// @param recheck the share of runs that are made twice and compared
    public record Plan(
            Scenario scenario,
            List<String> classPath,
            String replay,
            Seeds seeds,
            OptionalLong failures,
            OptionalLong stable,
            Optional<Duration> budget,
            Probability recheck) {

        /// What the folder of the search keeps of it: all that its runs depend on, but for their
        /// seeds.
        public String text(String version) {
            return "# by faultline " + version + "\n" + ScenarioWriter.write(scenario);
        }
    }

    /// Why a search ended.
    public enum Ending {
        /// Every seed was run.
        ALL("all seeds were run"),
        /// There were as many failures as were asked for.
        FAILURES("there were as many failures as asked for"),
        /// Nothing new came for as many seeds as were asked for.
        STABLE("nothing new came for as many seeds as asked for"),
        /// The time was over.
        BUDGET("the budget was used up"),
        /// Somebody interrupted it.
        INTERRUPTED("it was interrupted");

        private final String sentence;

        Ending(String sentence) {
            this.sentence = sentence;
        }

        /// It in words.
        public String sentence() {
            return sentence;
        }
    }

    /// How far a search has got.
    ///
    /// @param runs how many runs were made, in earlier parts of the search as well
    /// @param made how many of them were made in this part
    /// @param of how many there will be at most
    /// @param failures how many of those that were counted failed
    /// @param signatures how many signatures those that are not clean have
    public record Progress(long runs, long made, long of, long failures, int signatures) {}

    /// @param log what was run before, and where records are written
    public Search(Plan plan, RunLog log) {
        this.plan = plan;
        this.log = log;
        this.earlier = log.size(plan.seeds());
        this.text = ScenarioWriter.write(plan.scenario());
        this.toRun = plan.seeds().iterator();
        this.toCount = plan.seeds().iterator();
        countNext();
        count();
    }

    /// Runs what has not been run yet.
    public void run(Engine engine) {
        engine.run(tasks(), this::take);
    }

    /// Gives out no more tasks.
    public synchronized void interrupt() {
        end(Ending.INTERRUPTED);
    }

    /// Why it ended; nothing as long as it goes on.
    public synchronized Optional<Ending> ending() {
        return ending;
    }

    /// The summary of all that is counted.
    public synchronized Summary summary() {
        mergeMeasurements();
        return summary;
    }

    public synchronized Progress progress() {
        return new Progress(
                earlier + made,
                made,
                plan.seeds().count(),
                summary.failures(),
                summary.groups().size());
    }

    private Iterator<Task> tasks() {
        return new Iterator<>() {
            private Task next;

            @Override
            public boolean hasNext() {
                synchronized (Search.this) {
                    if (isOver()) {
                        return false;
                    }
                    while (next == null && toRun.hasNext()) {
                        long seed = toRun.next();
                        if (!log.has(0, seed)) {
                            boolean twice = Task.isSampled(seed, plan.recheck());
                            next = new Task(0, text, plan.classPath(), plan.replay(), seed, twice);
                        }
                    }
                    return next != null;
                }
            }

            /// Gives out what it has announced, even if the search has ended since.
            @Override
            public Task next() {
                synchronized (Search.this) {
                    if (next == null && !hasNext()) {
                        throw new NoSuchElementException();
                    }
                    var task = next;
                    next = null;
                    return task;
                }
            }
        };
    }

    private boolean isOver() {
        plan.budget()
                .filter(budget -> System.nanoTime() - start >= budget.toNanos())
                .ifPresent(_ -> end(Ending.BUDGET));
        return ending.isPresent();
    }

    private void take(RunRecord record) {
        log.append(record);
        synchronized (this) {
            made++;
            boolean isCounted = due == null || record.seed() < due;
            if (!isCounted && waiting.size() < KEPT) {
                waiting.put(record.seed(), record);
            }
            count();
        }
    }

    /// Counts what is there, in the order of the seeds, up to the first that is not.
    private void count() {
        while (due != null && (ending.isEmpty() || ending.get() == Ending.BUDGET)) {
            var record = Optional.ofNullable(waiting.remove(due)).or(() -> log.find(0, due));
            if (record.isEmpty()) {
                return;
            }
            count(record.get());
            countNext();
        }
    }

    private void countNext() {
        due = toCount.hasNext() ? toCount.next() : null;
        if (due == null) {
            end(Ending.ALL);
        }
    }

    private void count(RunRecord record) {
        boolean isNew =
                record.coverage().isNewTo(summary.coverage())
                        || !record.signature().isClean()
                                && !summary.groups().containsKey(record.signature().text());
        withoutNews = isNew ? 0 : withoutNews + 1;
        var one = Summary.of(record);
        summary = summary.merge(one.withoutMeasurements());
        unmerged.add(one);
        if (unmerged.size() == BATCH) {
            mergeMeasurements();
        }
        if (plan.failures().isPresent() && summary.failures() >= plan.failures().getAsLong()) {
            end(Ending.FAILURES);
        } else if (plan.stable().isPresent() && withoutNews >= plan.stable().getAsLong()) {
            end(Ending.STABLE);
        }
    }

    /// Takes in the measurements of the runs counted last. One by one, each would cost as much as
    /// all those before it together take up.
    private void mergeMeasurements() {
        summary = summary.withMeasurementsOf(unmerged);
        unmerged.clear();
    }

    private void end(Ending why) {
        if (ending.isEmpty() || ending.get() == Ending.BUDGET && why != Ending.INTERRUPTED) {
            ending = Optional.of(why);
        }
    }
}
