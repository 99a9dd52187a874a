package io.faultline.scenario.campaign;

import io.faultline.model.Kind;
import io.faultline.report.Json;
import io.faultline.report.Quantity;
import io.faultline.report.metric.Measurement;
import io.faultline.report.metric.Samples;
import io.faultline.report.metric.Statistic;
import io.faultline.report.verdict.Answer;

import tools.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// What a sweep has found: `runs.csv` with every run, `cells.csv` with every number of every cell,
/// and `sweep.json` with both.
///
/// A number is a metric, if that is one number, or a statistic of it: `detection.latency p99`.
/// Times are in nanoseconds.
///
/// @param scenario the name of the scenario
/// @param sweep what was run
/// @param version the version of the product
public record SweepReport(String scenario, Sweep sweep, String version) {

    /// Goes up when a reader of the files could break.
    public static final int SCHEMA_VERSION = 1;

    private static final List<Statistic> STATISTICS =
            List.of(
                    Statistic.Plain.VALUE,
                    Statistic.Plain.COUNT,
                    Statistic.Plain.MEAN,
                    Statistic.p(50),
                    Statistic.p(90),
                    Statistic.p(99),
                    Statistic.Plain.MAX);

    private static final List<String> SHOWN =
            List.of("detection.latency mean", "recovery.latency mean");

    /// A number of a cell: how it varies from run to run.
    ///
    /// @param values its value in each run that has one
    private record Number(double[] values) {

        double mean() {
            return Confidence.mean(values);
        }

        Optional<Confidence> interval() {
            return values.length < 2 ? Optional.empty() : Optional.of(Confidence.ofMean(values));
        }

        /// The smallest value that at least this share of the values do not exceed.
        double quantile(double share) {
            var sorted = values.clone();
            Arrays.sort(sorted);
            int rank = (int) Math.ceil(Math.nextDown(share * sorted.length));
            return sorted[Math.clamp(rank, 1, sorted.length) - 1];
        }
    }

    /// Writes all files.
    public void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("runs.csv"), runs());
        Files.writeString(folder.resolve("cells.csv"), cells());
        Files.writeString(folder.resolve("sweep.json"), json());
    }

    /// The numbers of a run, by name.
    private static SequencedMap<String, Double> numbers(RunRecord record) {
        var numbers = new LinkedHashMap<String, Double>();
        record.measurements()
                .forEach((name, measurement) -> {
                    for (var statistic : STATISTICS) {
                        value(measurement, statistic)
                                .ifPresent(value ->
                                        numbers.put((name + " " + statistic).strip(), value));
                    }
                });
        return numbers;
    }

    /// A share of nothing is no number here, or it would look like a success.
    private static OptionalDouble value(Measurement measurement, Statistic statistic) {
        return measurement.isEmpty() && !(measurement instanceof Samples)
                ? OptionalDouble.empty()
                : measurement.value(statistic);
    }

    private SequencedMap<String, Number> numbers(Sweep.Cell cell) {
        var lists = new LinkedHashMap<String, List<Double>>();
        for (var record : sweep.records(cell)) {
            numbers(record)
                    .forEach((name, value) ->
                            lists.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
        }
        var numbers = new LinkedHashMap<String, Number>();
        lists.forEach((name, values) ->
                numbers.put(
                        name,
                        new Number(values.stream().mapToDouble(Double::doubleValue).toArray())));
        return numbers;
    }

    private List<String> paths() {
        return sweep.cells().isEmpty()
                ? List.of()
                : List.copyOf(sweep.cells().getFirst().values().sequencedKeySet());
    }

    private String runs() {
        var names =
                sweep.cells().stream()
                        .flatMap(cell -> sweep.records(cell).stream())
                        .flatMap(record -> numbers(record).sequencedKeySet().stream())
                        .distinct()
                        .toList();
        var csv = new StringBuilder();
        var head = new ArrayList<>(List.of("cell"));
        head.addAll(paths());
        head.addAll(List.of("seed", "answer", "exit_code", "signature", "fingerprint"));
        head.addAll(names);
        line(csv, head);
        for (var cell : sweep.cells()) {
            for (var record : sweep.records(cell)) {
                var line = new ArrayList<>(List.of("" + cell.number()));
                line.addAll(cell.values().sequencedValues());
                line.add("" + record.seed());
                line.add(Kind.name(record.answer()));
                line.add("" + record.exitCode());
                line.add(record.signature().text());
                line.add(record.fingerprint());
                var numbers = numbers(record);
                names.forEach(name ->
                        line.add(numbers.containsKey(name) ? number(numbers.get(name)) : ""));
                line(csv, line);
            }
        }
        return csv.toString();
    }

    private String cells() {
        var csv = new StringBuilder();
        var head = new ArrayList<>(List.of("cell"));
        head.addAll(paths());
        head.addAll(
                List.of(
                        "runs",
                        "held",
                        "violated",
                        "inconclusive",
                        "number",
                        "n",
                        "mean",
                        "low95",
                        "high95",
                        "min",
                        "p50",
                        "p90",
                        "max"));
        line(csv, head);
        for (var cell : sweep.cells()) {
            var start = new ArrayList<>(List.of("" + cell.number()));
            start.addAll(cell.values().sequencedValues());
            start.add("" + sweep.records(cell).size());
            for (var answer : Answer.values()) {
                start.add("" + count(cell, answer));
            }
            numbers(cell)
                    .forEach((name, number) -> {
                        var line = new ArrayList<>(start);
                        line.add(name);
                        line.add("" + number.values().length);
                        line.add(number(number.mean()));
                        line.add(number.interval().map(i -> number(i.low())).orElse(""));
                        line.add(number.interval().map(i -> number(i.high())).orElse(""));
                        for (double share : new double[] {0, 0.5, 0.9, 1}) {
                            line.add(number(number.quantile(share)));
                        }
                        line(csv, line);
                    });
        }
        return csv.toString();
    }

    private long count(Sweep.Cell cell, Answer answer) {
        return sweep.records(cell).stream().filter(run -> run.answer() == answer).count();
    }

    private static void line(StringBuilder csv, List<String> fields) {
        csv.append(fields.stream().map(SweepReport::field).collect(Collectors.joining(",")))
                .append('\n');
    }

    private static String field(String text) {
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n')
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }

    /// Whole numbers without a point, others with all of their digits.
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /// The same as JSON that people can read.
    public String json() {
        var bytes = new ByteArrayOutputStream();
        try (var json = Json.indented(bytes)) {
            json.writeStartObject();
            json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
            json.writeStringProperty("version", version);
            json.writeStringProperty("scenario", scenario);
            json.writeStringProperty("seeds", sweep.seeds().toString());
            json.writeBooleanProperty("complete", sweep.done() == sweep.size());
            json.writeNumberProperty("leftOut", sweep.leftOut());
            json.writeArrayPropertyStart("cells");
            sweep.cells().forEach(cell -> write(json, cell));
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void write(JsonGenerator json, Sweep.Cell cell) {
        json.writeStartObject();
        json.writeNumberProperty("cell", cell.number());
        json.writeObjectPropertyStart("values");
        cell.values().forEach(json::writeStringProperty);
        json.writeEndObject();
        if (cell.isSkipped()) {
            json.writeStringProperty("skipped", cell.skipped());
        } else {
            json.writeStringProperty("replay", cell.replay());
            json.writeObjectPropertyStart("answers");
            for (var answer : Answer.values()) {
                json.writeNumberProperty(Kind.name(answer), count(cell, answer));
            }
            json.writeEndObject();
            json.writeObjectPropertyStart("numbers");
            numbers(cell)
                    .forEach((name, number) -> {
                        json.writeObjectPropertyStart(name);
                        json.writeNumberProperty("n", number.values().length);
                        json.writeNumberProperty("mean", number.mean());
                        number.interval()
                                .ifPresent(interval -> {
                                    json.writeNumberProperty("low95", interval.low());
                                    json.writeNumberProperty("high95", interval.high());
                                });
                        json.writeNumberProperty("min", number.quantile(0));
                        json.writeNumberProperty("p50", number.quantile(0.5));
                        json.writeNumberProperty("p90", number.quantile(0.9));
                        json.writeNumberProperty("max", number.quantile(1));
                        json.writeEndObject();
                    });
            json.writeEndObject();
            json.writeArrayPropertyStart("runs");
            for (var record : sweep.records(cell)) {
                json.writeStartObject();
                json.writeNumberProperty("seed", record.seed());
                json.writeStringProperty("answer", Kind.name(record.answer()));
                json.writeNumberProperty("exitCode", record.exitCode());
                json.writeStringProperty("signature", record.signature().text());
                json.writeStringProperty("fingerprint", record.fingerprint());
                json.writeObjectPropertyStart("numbers");
                numbers(record).forEach(json::writeNumberProperty);
                json.writeEndObject();
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /// A line for each cell.
    public String text() {
        var lines = new ArrayList<String>();
        lines.add(
                scenario
                        + (sweep.seeds().count() == 1 ? ", seed " : ", seeds ")
                        + sweep.seeds()
                        + " in every cell");
        if (sweep.leftOut() > 0) {
            lines.add(
                    sweep.leftOut()
                            + " of "
                            + Quantity.count(sweep.leftOut() + sweep.cells().size(), "cell")
                            + (sweep.leftOut() == 1
                                    ? " does not meet the constraints and is left out"
                                    : " do not meet the constraints and are left out"));
        }
        for (var cell : sweep.cells()) {
            var values = cell.words();
            if (cell.isSkipped()) {
                lines.add(values + "  skipped: " + cell.skipped());
                continue;
            }
            var line = new StringBuilder(values).append(" ");
            for (var answer : Answer.values()) {
                line.append(' ').append(count(cell, answer)).append(' ').append(Kind.name(answer));
            }
            var numbers = numbers(cell);
            for (var name : SHOWN) {
                var number = numbers.get(name);
                if (number != null) {
                    line.append(" | ")
                            .append(name)
                            .append(' ')
                            .append(Quantity.time(Math.round(number.mean())));
                    number.interval()
                            .ifPresent(interval ->
                                    line.append(" ± ")
                                            .append(
                                                    Quantity.time(
                                                            Math.round(
                                                                    interval.high()
                                                                            - number.mean()))));
                }
            }
            lines.add(line.toString());
        }
        return String.join("\n", lines) + "\n";
    }
}
