package io.faultline.scenario.campaign;

import io.faultline.scenario.Scenario;
import io.faultline.scenario.ScenarioException;
import io.faultline.scenario.ScenarioWriter;
import io.faultline.scenario.format.Problem;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Runs a scenario with many values of some settings. Every cell is run with the same seeds, so
/// that cells differ by their settings and not by chance.
public final class Sweep {

    private final List<Cell> cells;
    private final Seeds seeds;
    private final int leftOut;
    private final List<SortedMap<Long, RunRecord>> records;
    private volatile boolean interrupted;

    /// A point of the sweep.
    ///
    /// @param number its position, from 0
    /// @param values the value of each setting that is varied
    /// @param scenario the scenario with these values; empty where it cannot be run
    /// @param replay the command that repeats a run, but for its seed
    /// @param skipped why it cannot be run; empty where it can
    public record Cell(
            int number,
            SequencedMap<String, String> values,
            String scenario,
            String replay,
            String skipped) {

        public Cell {
            values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        }

        /// Its values, as in `suspect=3s topology.partitions=4`.
        public String words() {
            return values.entrySet().stream()
                    .map(value -> value.getKey() + "=" + value.getValue())
                    .collect(Collectors.joining(" "));
        }

        public boolean isSkipped() {
            return !skipped.isEmpty();
        }
    }

    /// @param points the values of each cell that there could be
    /// @param wanted whether there shall be a cell with these values
    /// @param read reads the scenario with these values
    /// @param replay the command that repeats a run with these values, but for its seed
    /// @param seeds the seeds of every cell
    public Sweep(
            List<SequencedMap<String, String>> points,
            Predicate<Map<String, String>> wanted,
            Function<Map<String, String>, Scenario> read,
            Function<Map<String, String>, String> replay,
            Seeds seeds) {
        var chosen = points.stream().filter(wanted).toList();
        this.seeds = seeds;
        this.leftOut = points.size() - chosen.size();
        this.cells =
                IntStream.range(0, chosen.size())
                        .mapToObj(i -> cell(i, chosen.get(i), read, replay))
                        .toList();
        this.records =
                cells.stream().<SortedMap<Long, RunRecord>>map(_ -> new TreeMap<>()).toList();
    }

    private static Cell cell(
            int number,
            SequencedMap<String, String> values,
            Function<Map<String, String>, Scenario> read,
            Function<Map<String, String>, String> replay) {
        try {
            var text = ScenarioWriter.write(read.apply(values));
            return new Cell(number, values, text, replay.apply(values), "");
        } catch (ScenarioException invalid) {
            var why =
                    invalid.problems().stream()
                            .map(Problem::message)
                            .collect(Collectors.joining("; "));
            return new Cell(number, values, "", replay.apply(values), why);
        }
    }

    public List<Cell> cells() {
        return cells;
    }

    /// How many cells there could have been that are not wanted.
    public int leftOut() {
        return leftOut;
    }

    public Seeds seeds() {
        return seeds;
    }

    /// The records of a cell, by seed.
    public List<RunRecord> records(Cell cell) {
        synchronized (records) {
            return List.copyOf(records.get(cell.number()).values());
        }
    }

    /// How many runs there will be.
    public long size() {
        return cells.stream().filter(cell -> !cell.isSkipped()).count() * seeds.count();
    }

    /// How many runs there have been.
    public long done() {
        synchronized (records) {
            return records.stream().mapToLong(SortedMap::size).sum();
        }
    }

    /// Runs every cell that can be run.
    public void run(Engine engine) {
        engine.run(
                tasks(),
                record -> {
                    synchronized (records) {
                        records.get(record.cell()).put(record.seed(), record);
                    }
                });
    }

    /// Gives out no more tasks.
    public void interrupt() {
        interrupted = true;
    }

    public boolean isInterrupted() {
        return interrupted;
    }

    private Iterator<Task> tasks() {
        var all =
                cells.stream()
                        .filter(cell -> !cell.isSkipped())
                        .flatMap(cell -> tasks(cell).stream())
                        .iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !interrupted && all.hasNext();
            }

            @Override
            public Task next() {
                return all.next();
            }
        };
    }

    private List<Task> tasks(Cell cell) {
        var tasks = new ArrayList<Task>();
        for (long seed : seeds) {
            tasks.add(
                    new Task(
                            cell.number(),
                            cell.scenario(),
                            cell.replay(),
                            seed,
                            Task.isSampled(seed, Task.SAMPLED)));
        }
        return tasks;
    }

    /// What is wrong with the sweep itself, the worst of it: a run that broke down or could not be
    /// repeated. What the runs found is what the sweep was made for.
    public Optional<RunRecord> worst() {
        synchronized (records) {
            return records.stream()
                    .flatMap(cell -> cell.values().stream())
                    .filter(record ->
                            record.exitCode() == RunRecord.NOT_REPEATABLE
                                    || record.exitCode() == RunRecord.BROKEN_DOWN)
                    .min(Comparator.comparingInt(record -> RunRecord.gravity(record.exitCode())));
        }
    }
}
