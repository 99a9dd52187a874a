package io.faultline.scenario.campaign;

import io.faultline.report.Json;
import io.faultline.scenario.Scenario;
import io.faultline.scenario.ScenarioException;
import io.faultline.scenario.ScenarioWriter;
import io.faultline.scenario.format.Problem;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Runs a scenario with many values of some settings. Every cell is run with the same seeds, so
/// that cells differ by their settings and not by chance.
///
/// Runs are written down as they come and read again for the report, so what is reported is the
/// same in one go or resumed, on one core or many.
public final class Sweep {

    private final Plan plan;
    private final RunLog log;
    private long done;
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

    /// What is run.
    ///
    /// @param name the name of the scenario
    /// @param classPath where classes are that the scenario names, as in [Task]
    /// @param cells the cells
    /// @param leftOut how many further cells there could have been that are not wanted
    /// @param seeds the seeds of every cell
    public record Plan(
            String name, List<String> classPath, List<Cell> cells, int leftOut, Seeds seeds) {

        public Plan {
            cells = List.copyOf(cells);
        }

        /// @param name the name of the scenario
        /// @param classPath where classes are that the scenario names, as in [Task]
        /// @param points the values of each cell that there could be
        /// @param wanted whether there shall be a cell with these values
        /// @param read reads the scenario with these values
        /// @param replay the command that repeats a run with these values, but for its seed
        /// @param seeds the seeds of every cell
        public static Plan of(
                String name,
                List<String> classPath,
                List<SequencedMap<String, String>> points,
                Predicate<Map<String, String>> wanted,
                Function<Map<String, String>, Scenario> read,
                Function<Map<String, String>, String> replay,
                Seeds seeds) {
            var chosen = points.stream().filter(wanted).toList();
            var cells =
                    IntStream.range(0, chosen.size())
                            .mapToObj(i -> cell(i, chosen.get(i), read, replay))
                            .toList();
            return new Plan(name, classPath, cells, points.size() - chosen.size(), seeds);
        }

        /// How many runs there will be.
        public long size() {
            return cells.stream().filter(cell -> !cell.isSkipped()).count() * seeds.count();
        }

        /// What the folder of the sweep keeps of it, a line for each cell: all that its runs depend
        /// on, but for their seeds.
        public String text(String version) {
            var bytes = new ByteArrayOutputStream();
            for (var cell : cells) {
                try (var json = Json.compact(bytes)) {
                    json.writeStartObject();
                    json.writeNumberProperty("schemaVersion", RunRecord.SCHEMA_VERSION);
                    json.writeStringProperty("version", version);
                    json.writeNumberProperty("cell", cell.number());
                    json.writeObjectPropertyStart("values");
                    cell.values().forEach(json::writeStringProperty);
                    json.writeEndObject();
                    json.writeStringProperty("scenario", cell.scenario());
                    json.writeStringProperty("replay", cell.replay());
                    json.writeStringProperty("skipped", cell.skipped());
                    json.writeEndObject();
                }
                bytes.write('\n');
            }
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    /// @param log what was run before, and where records are written
    public Sweep(Plan plan, RunLog log) {
        this.plan = plan;
        this.log = log;
        for (var cell : plan.cells()) {
            for (long seed : plan.seeds()) {
                done += log.has(cell.number(), seed) ? 1 : 0;
            }
        }
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

    public Plan plan() {
        return plan;
    }

    /// The records of a cell, in the order of their seeds.
    public Stream<RunRecord> records(Cell cell) {
        return StreamSupport.stream(plan.seeds().spliterator(), false)
                .flatMap(seed -> log.find(cell.number(), seed).stream());
    }

    /// How many runs there have been.
    public synchronized long done() {
        return done;
    }

    /// Runs what can be run and has not been yet.
    public void run(Engine engine) {
        engine.run(
                tasks(),
                record -> {
                    log.append(record);
                    synchronized (this) {
                        done++;
                    }
                });
    }

    /// Gives out no more tasks.
    public void interrupt() {
        interrupted = true;
    }

    private Iterator<Task> tasks() {
        var all =
                plan.cells().stream()
                        .filter(cell -> !cell.isSkipped())
                        .flatMap(this::tasks)
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

    private Stream<Task> tasks(Cell cell) {
        return StreamSupport.stream(plan.seeds().spliterator(), false)
                .filter(seed -> !log.has(cell.number(), seed))
                .map(seed ->
                        new Task(
                                cell.number(),
                                cell.scenario(),
                                plan.classPath(),
                                cell.replay(),
                                seed,
                                Task.isSampled(seed, Task.SAMPLED)));
    }
}
