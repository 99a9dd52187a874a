package io.faultline.scenario.campaign;

import io.faultline.model.Kind;
import io.faultline.report.Json;
import io.faultline.report.JsonResult;
import io.faultline.report.Quantity;
import io.faultline.report.verdict.Answer;
import io.faultline.scenario.campaign.SweepCells.Found;
import io.faultline.scenario.campaign.SweepCells.Number;
import io.faultline.scenario.campaign.SweepCells.Row;

import tools.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a sweep has found: `sweep.json` with every run and every number of every cell, the tables
/// with the same, and a text. scenarios/campaigns.md describes the files.
public final class SweepReport {

    /// Goes up when a reader of the files could break.
    public static final int SCHEMA_VERSION = 1;

    private static final List<String> SHOWN =
            List.of("detection.latency mean", "recovery.latency mean");

    private final Sweep sweep;
    private final String version;
    private final SweepCells cells;

    /// @param sweep what was run
    /// @param version the version of the product
    public SweepReport(Sweep sweep, String version) {
        this.sweep = sweep;
        this.version = version;
        this.cells = new SweepCells(sweep);
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
        return cells.all().stream()
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

    /// `runs.csv`, `cells.csv` and `samples.csv`.
    SweepTables tables() {
        return new SweepTables(sweep, cells);
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
            cells.all().forEach(found -> write(json, found));
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
        cells.numbers(found)
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
        SweepCells.QUANTILES.forEach(
                (name, share) -> json.writeNumberProperty(name, number.quantile(share)));
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
        for (var name : cells.names()) {
            cells.number(row, name).ifPresent(value -> json.writeNumberProperty(name, value));
        }
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
                            + Quantity.count(plan.leftOut() + cells.all().size(), "cell")
                            + (plan.leftOut() == 1
                                    ? " does not meet the constraints and is left out"
                                    : " do not meet the constraints and are left out"));
        }
        for (var found : cells.all()) {
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
            var numbers = cells.numbers(found);
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
