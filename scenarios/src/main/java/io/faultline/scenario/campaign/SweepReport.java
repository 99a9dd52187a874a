package io.faultline.scenario.campaign;

import io.faultline.model.Kind;
import io.faultline.report.Json;
import io.faultline.report.JsonResult;
import io.faultline.report.Quantity;
import io.faultline.report.metric.Measurement;
import io.faultline.report.metric.Ratio;
import io.faultline.report.metric.Samples;
import io.faultline.report.metric.Statistic;
import io.faultline.report.verdict.Answer;

import tools.jackson.core.JsonGenerator;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a sweep has found: `runs.csv` with every run, `cells.csv` with every number of every cell,
/// `sweep.json` with both, and `samples.csv` with every sample. scenarios/campaigns.md describes
/// them.
///
/// A number is a metric, if that is one number, or a statistic of it: `detection.latency p99`.
/// Times are in nanoseconds. Of every run there are its numbers here, and of every cell what the
/// metrics found in all of its runs together; the runs themselves are read from the log.
public final class SweepReport {

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
                    Statistic.p(99.9),
                    Statistic.Plain.MAX);

    /// The columns of quantiles, by the percentage of the values that do not exceed them.
    private static final SequencedMap<String, Double> QUANTILES = new LinkedHashMap<>();

    static {
        QUANTILES.put("min", 0.0);
        QUANTILES.put("p50", 50.0);
        QUANTILES.put("p90", 90.0);
        QUANTILES.put("p99", 99.0);
        QUANTILES.put("p999", 99.9);
        QUANTILES.put("max", 100.0);
    }

    private static final List<String> SHOWN =
            List.of("detection.latency mean", "recovery.latency mean");

    private final Sweep sweep;
    private final String version;
    private final SequencedMap<String, Integer> names = new LinkedHashMap<>();
    private final List<Found> cells;

    /// @param sweep what was run
    /// @param version the version of the product
    public SweepReport(Sweep sweep, String version) {
        this.sweep = sweep;
        this.version = version;
        this.cells = sweep.plan().cells().stream().map(this::found).toList();
    }

    /// How a run went.
    ///
    /// @param finding what was found first, if anything is wrong
    /// @param numbers by the position of their names; not a number where it has none
    private record Row(
            long seed,
            Answer answer,
            int exitCode,
            String signature,
            String fingerprint,
            String finding,
            double[] numbers) {

        boolean isFault() {
            return exitCode == RunRecord.NOT_REPEATABLE || exitCode == RunRecord.BROKEN_DOWN;
        }

        OptionalDouble number(int name) {
            return name < numbers.length && !Double.isNaN(numbers[name])
                    ? OptionalDouble.of(numbers[name])
                    : OptionalDouble.empty();
        }
    }

    /// How the runs of a cell went.
    ///
    /// @param pooled what the metrics found in all of them together, by name
    private record Found(
            Sweep.Cell cell, List<Row> rows, SequencedMap<String, Measurement> pooled) {

        long count(Answer answer) {
            return rows.stream().filter(run -> run.answer() == answer).count();
        }

        long conclusive() {
            return rows.size() - count(Answer.INCONCLUSIVE);
        }

        /// The share of conclusive runs that violate something, of all seeds there are.
        Optional<Confidence> violated() {
            return conclusive() == 0
                    ? Optional.empty()
                    : Optional.of(Confidence.ofShare(count(Answer.VIOLATED), conclusive()));
        }
    }

    /// A number of a cell: how it varies from run to run.
    ///
    /// @param values its value in each run that has one, in ascending order
    private record Number(double[] values) {

        double mean() {
            return Confidence.mean(values);
        }

        OptionalDouble deviation() {
            return values.length < 2
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Confidence.deviation(values));
        }

        Optional<Confidence> interval() {
            return values.length < 2 ? Optional.empty() : Optional.of(Confidence.ofMean(values));
        }

        /// The smallest value that at least so many percent of the values do not exceed.
        double quantile(double percent) {
            int rank = (int) Math.ceil(Math.nextDown(percent / 100 * values.length));
            return values[Math.clamp(rank, 1, values.length) - 1];
        }
    }

    private Found found(Sweep.Cell cell) {
        var rows = new ArrayList<Row>();
        var parts = new LinkedHashMap<String, List<Measurement>>();
        sweep.records(cell)
                .forEach(record -> {
                    rows.add(row(record));
                    record.measurements()
                            .forEach((name, measurement) ->
                                    parts.computeIfAbsent(name, _ -> new ArrayList<>())
                                            .add(measurement));
                });
        var pooled = new LinkedHashMap<String, Measurement>();
        parts.forEach((name, list) -> pooled.put(name, Measurement.merge(list)));
        return new Found(cell, rows, pooled);
    }

    private Row row(RunRecord record) {
        var numbers = numbers(record);
        numbers.sequencedKeySet().forEach(name -> names.putIfAbsent(name, names.size()));
        var values = new double[names.size()];
        Arrays.fill(values, Double.NaN);
        numbers.forEach((name, value) -> values[names.get(name)] = value);
        var finding = record.findings().firstEntry();
        return new Row(
                record.seed(),
                record.answer(),
                record.exitCode(),
                record.signature().text(),
                record.fingerprint(),
                finding == null ? "" : finding.getValue(),
                values);
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

    private SequencedMap<String, Number> numbers(Found found) {
        var numbers = new LinkedHashMap<String, Number>();
        names.forEach((name, position) -> {
            var values =
                    found.rows().stream()
                            .map(row -> row.number(position))
                            .flatMapToDouble(OptionalDouble::stream)
                            .sorted()
                            .toArray();
            if (values.length > 0) {
                numbers.put(name, new Number(values));
            }
        });
        return numbers;
    }

    /// Whether every run was made.
    public boolean isComplete() {
        return sweep.done() == sweep.plan().size();
    }

    /// What is wrong with the sweep itself.
    ///
    /// @param exitCode the exit code of the run
    /// @param finding what was found in it
    /// @param command the command that repeats it
    public record Fault(int exitCode, String finding, String command) {}

    /// What is wrong with the sweep itself, the worst of it: a run that broke down or could not be
    /// repeated. What the runs found is what the sweep was made for.
    public Optional<Fault> worst() {
        return cells.stream()
                .flatMap(found ->
                        found.rows().stream()
                                .filter(Row::isFault)
                                .map(row ->
                                        new Fault(
                                                row.exitCode(),
                                                row.finding(),
                                                found.cell().replay() + " --seed " + row.seed())))
                .reduce((one, other) ->
                        RunRecord.gravity(other.exitCode()) < RunRecord.gravity(one.exitCode())
                                ? other
                                : one);
    }

    private List<String> paths() {
        return cells.isEmpty()
                ? List.of()
                : List.copyOf(cells.getFirst().cell().values().sequencedKeySet());
    }

    private static List<String> start(Found found) {
        var start = new ArrayList<>(List.of("" + found.cell().number()));
        start.addAll(found.cell().values().sequencedValues());
        return start;
    }

    /// `runs.csv`.
    void writeRuns(OutputStream out) throws IOException {
        var csv = writer(out);
        var head = new ArrayList<>(List.of("cell"));
        head.addAll(paths());
        head.addAll(List.of("seed", "answer", "exit_code", "signature", "fingerprint"));
        head.addAll(names.sequencedKeySet());
        line(csv, head);
        for (var found : cells) {
            for (var row : found.rows()) {
                var line = start(found);
                line.add("" + row.seed());
                line.add(Kind.name(row.answer()));
                line.add("" + row.exitCode());
                line.add(row.signature());
                line.add(row.fingerprint());
                IntStream.range(0, names.size())
                        .forEach(name -> line.add(number(row.number(name))));
                line(csv, line);
            }
        }
        csv.flush();
    }

    /// `cells.csv`.
    void writeCells(OutputStream out) throws IOException {
        var csv = writer(out);
        var head = new ArrayList<>(List.of("cell"));
        head.addAll(paths());
        head.addAll(List.of("runs", "held", "violated", "inconclusive"));
        head.addAll(List.of("violated_share", "violated_low95", "violated_high95"));
        head.addAll(List.of("number", "over", "n", "mean", "sd", "low95", "high95"));
        head.addAll(QUANTILES.sequencedKeySet());
        line(csv, head);
        for (var found : cells) {
            var start = start(found);
            start.add("" + found.rows().size());
            for (var answer : Answer.values()) {
                start.add("" + found.count(answer));
            }
            var violated = found.violated();
            start.add(
                    violated.map(_ ->
                                    number(
                                            (double) found.count(Answer.VIOLATED)
                                                    / found.conclusive()))
                            .orElse(""));
            start.add(violated.map(interval -> number(interval.low())).orElse(""));
            start.add(violated.map(interval -> number(interval.high())).orElse(""));
            for (var number : numbers(found).entrySet()) {
                line(csv, row(start, number.getKey(), number.getValue()));
            }
            for (var pooled : found.pooled().entrySet()) {
                var row = pooledRow(start, pooled.getKey(), pooled.getValue());
                if (row.isPresent()) {
                    line(csv, row.get());
                }
            }
        }
        csv.flush();
    }

    private static List<String> row(List<String> start, String name, Number number) {
        var line = new ArrayList<>(start);
        line.addAll(List.of(name, "runs", "" + number.values().length, number(number.mean())));
        line.add(number(number.deviation()));
        line.add(number.interval().map(interval -> number(interval.low())).orElse(""));
        line.add(number.interval().map(interval -> number(interval.high())).orElse(""));
        QUANTILES.sequencedValues().forEach(share -> line.add(number(number.quantile(share))));
        return line;
    }

    /// All samples of all runs as one distribution, and all cases that a share is of. What happens
    /// in one run is not independent, so there is no interval.
    private static Optional<List<String>> pooledRow(
            List<String> start, String name, Measurement pooled) {
        if (pooled.isEmpty()) {
            return Optional.empty();
        }
        var line = new ArrayList<>(start);
        line.addAll(List.of(name, "samples"));
        switch (pooled) {
            case Samples samples -> {
                line.add("" + samples.count());
                line.add(number(samples.value(Statistic.Plain.MEAN)));
                line.add(number(samples.deviation()));
                line.addAll(List.of("", ""));
                QUANTILES
                        .sequencedValues()
                        .forEach(share -> line.add("" + samples.percentile(share)));
            }
            case Ratio ratio -> {
                line.add("" + ratio.of());
                line.add(number(ratio.share()));
                line.addAll(List.of("", "", ""));
                QUANTILES.forEach((_, _) -> line.add(""));
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(line);
    }

    /// `samples.csv`.
    void writeSamples(OutputStream out) throws IOException {
        var csv = writer(out);
        line(csv, List.of("cell", "seed", "metric", "nanos", "count"));
        for (var cell : sweep.plan().cells()) {
            for (var records = sweep.records(cell).iterator(); records.hasNext(); ) {
                var record = records.next();
                for (var measured : record.measurements().entrySet()) {
                    if (measured.getValue() instanceof Samples samples) {
                        for (var sample : samples.counts().entrySet()) {
                            line(
                                    csv,
                                    List.of(
                                            "" + cell.number(),
                                            "" + record.seed(),
                                            measured.getKey(),
                                            "" + sample.getKey(),
                                            "" + sample.getValue()));
                        }
                    }
                }
            }
        }
        csv.flush();
    }

    private static Writer writer(OutputStream out) {
        return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    private static void line(Writer csv, List<String> fields) throws IOException {
        csv.append(fields.stream().map(SweepReport::field).collect(Collectors.joining(",")))
                .append('\n');
    }

    private static String field(String text) {
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n')
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "";
    }

    /// Whole numbers without a point, others with all of their digits.
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /// `sweep.json` as a text.
    public String json() {
        var bytes = new ByteArrayOutputStream();
        writeJson(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// `sweep.json`: JSON that people can read.
    void writeJson(OutputStream out) {
        var plan = sweep.plan();
        try (var json = Json.indented(out)) {
            json.writeStartObject();
            json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
            json.writeStringProperty("version", version);
            json.writeStringProperty("scenario", plan.name());
            json.writeStringProperty("seeds", plan.seeds().toString());
            json.writeStringProperty(
                    "ended",
                    Kind.name(isComplete() ? Search.Ending.ALL : Search.Ending.INTERRUPTED));
            json.writeBooleanProperty("complete", isComplete());
            json.writeNumberProperty("leftOut", plan.leftOut());
            json.writeArrayPropertyStart("cells");
            cells.forEach(found -> write(json, found));
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private void write(JsonGenerator json, Found found) {
        var cell = found.cell();
        json.writeStartObject();
        json.writeNumberProperty("cell", cell.number());
        json.writeObjectPropertyStart("values");
        cell.values().forEach(json::writeStringProperty);
        json.writeEndObject();
        if (cell.isSkipped()) {
            json.writeStringProperty("skipped", cell.skipped());
            json.writeEndObject();
            return;
        }
        json.writeStringProperty("replay", cell.replay());
        json.writeObjectPropertyStart("answers");
        for (var answer : Answer.values()) {
            json.writeNumberProperty(Kind.name(answer), found.count(answer));
        }
        json.writeEndObject();
        found.violated().ifPresent(interval -> write(json, found, interval));
        json.writeObjectPropertyStart("numbers");
        numbers(found)
                .forEach((name, number) -> {
                    json.writeName(name);
                    write(json, number);
                });
        json.writeEndObject();
        json.writeObjectPropertyStart("pooled");
        found.pooled()
                .forEach((name, measurement) -> {
                    json.writeObjectPropertyStart(name);
                    JsonResult.measurement(json, measurement);
                    json.writeEndObject();
                });
        json.writeEndObject();
        json.writeArrayPropertyStart("runs");
        found.rows().forEach(row -> write(json, row));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Found found, Confidence interval) {
        json.writeObjectPropertyStart("violatedShare");
        json.writeNumberProperty("of", found.conclusive());
        json.writeNumberProperty(
                "share", (double) found.count(Answer.VIOLATED) / found.conclusive());
        json.writeNumberProperty("low95", interval.low());
        json.writeNumberProperty("high95", interval.high());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Number number) {
        json.writeStartObject();
        json.writeNumberProperty("n", number.values().length);
        json.writeNumberProperty("mean", number.mean());
        number.deviation().ifPresent(sd -> json.writeNumberProperty("sd", sd));
        number.interval()
                .ifPresent(interval -> {
                    json.writeNumberProperty("low95", interval.low());
                    json.writeNumberProperty("high95", interval.high());
                });
        QUANTILES.forEach((name, share) -> json.writeNumberProperty(name, number.quantile(share)));
        json.writeEndObject();
    }

    private void write(JsonGenerator json, Row row) {
        json.writeStartObject();
        json.writeNumberProperty("seed", row.seed());
        json.writeStringProperty("answer", Kind.name(row.answer()));
        json.writeNumberProperty("exitCode", row.exitCode());
        json.writeStringProperty("signature", row.signature());
        json.writeStringProperty("fingerprint", row.fingerprint());
        json.writeObjectPropertyStart("numbers");
        names.forEach((name, position) ->
                row.number(position).ifPresent(value -> json.writeNumberProperty(name, value)));
        json.writeEndObject();
        json.writeEndObject();
    }

    /// A line for each cell.
    public String text() {
        var plan = sweep.plan();
        var lines = new ArrayList<String>();
        lines.add(
                plan.name()
                        + (plan.seeds().count() == 1 ? ", seed " : ", seeds ")
                        + plan.seeds()
                        + " in every cell");
        if (plan.leftOut() > 0) {
            lines.add(
                    plan.leftOut()
                            + " of "
                            + Quantity.count(plan.leftOut() + cells.size(), "cell")
                            + (plan.leftOut() == 1
                                    ? " does not meet the constraints and is left out"
                                    : " do not meet the constraints and are left out"));
        }
        for (var found : cells) {
            var cell = found.cell();
            var values = cell.words();
            if (cell.isSkipped()) {
                lines.add(values + "  skipped: " + cell.skipped());
                continue;
            }
            var line = new StringBuilder(values).append(" ");
            for (var answer : Answer.values()) {
                line.append(' ').append(found.count(answer)).append(' ').append(Kind.name(answer));
            }
            found.violated()
                    .ifPresent(interval ->
                            line.append(" (violated: ")
                                    .append(String.join(" to ", interval.percent()))
                                    .append(')'));
            var numbers = numbers(found);
            for (var name : SHOWN) {
                var number = numbers.get(name);
                if (number != null) {
                    line.append(" | ").append(name).append(' ').append(time(number.mean()));
                    number.interval()
                            .ifPresent(interval ->
                                    line.append(" ± ")
                                            .append(time(interval.high() - number.mean())));
                }
            }
            lines.add(line.toString());
        }
        return String.join("\n", lines) + "\n";
    }

    private static String time(double nanos) {
        return Quantity.time(Math.round(nanos));
    }
}
