package io.faultline.scenario.campaign;

import io.faultline.model.Kind;
import io.faultline.report.metric.Measurement;
import io.faultline.report.metric.Ratio;
import io.faultline.report.metric.Samples;
import io.faultline.report.metric.Statistic;
import io.faultline.report.verdict.Answer;
import io.faultline.scenario.campaign.SweepCells.Found;
import io.faultline.scenario.campaign.SweepCells.Number;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// What a sweep has found as tables for spreadsheets and data frames (RFC 4180, but with a line
/// feed at the end of each line): `runs.csv`, `cells.csv` and `samples.csv`. scenarios/campaigns.md
/// describes them.
///
/// @param sweep what was run
/// @param cells what its runs have found
record SweepTables(Sweep sweep, SweepCells cells) {

    /// `runs.csv`.
    void writeRuns(OutputStream out) throws IOException {
        var csv = writer(out);
        var head = new ArrayList<>(List.of("cell"));
        head.addAll(paths());
        head.addAll(List.of("seed", "answer", "exit_code", "signature", "fingerprint"));
        head.addAll(cells.names());
        line(csv, head);
        for (var found : cells.all()) {
            for (var row : found.rows()) {
                var line = start(found);
                line.add("" + row.seed());
                line.add(Kind.name(row.answer()));
                line.add("" + row.exitCode());
                line.add(row.signature());
                line.add(row.fingerprint());
                cells.names().forEach(name -> line.add(number(cells.number(row, name))));
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
        head.addAll(SweepCells.QUANTILES.sequencedKeySet());
        line(csv, head);
        for (var found : cells.all()) {
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
            for (var number : cells.numbers(found).entrySet()) {
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
        SweepCells.QUANTILES
                .sequencedValues()
                .forEach(share -> line.add(number(number.quantile(share))));
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
                SweepCells.QUANTILES
                        .sequencedValues()
                        .forEach(share -> line.add("" + samples.percentile(share)));
            }
            case Ratio ratio -> {
                line.add("" + ratio.of());
                line.add(number(ratio.share()));
                line.addAll(List.of("", "", ""));
                SweepCells.QUANTILES.forEach((_, _) -> line.add(""));
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
        csv.append(fields.stream().map(SweepTables::field).collect(Collectors.joining(",")))
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

    private List<String> paths() {
        return cells.all().isEmpty()
                ? List.of()
                : List.copyOf(cells.all().getFirst().cell().values().sequencedKeySet());
    }

    private static List<String> start(Found found) {
        var start = new ArrayList<>(List.of("" + found.cell().number()));
        start.addAll(found.cell().values().sequencedValues());
        return start;
    }
}
