package io.faultline.report;

import io.faultline.kernel.SimTime;
import io.faultline.model.Kind;
import io.faultline.report.diagnosis.Finding;
import io.faultline.report.metric.Measurement;
import io.faultline.report.metric.Most;
import io.faultline.report.metric.Ratio;
import io.faultline.report.metric.Samples;
import io.faultline.report.metric.Statistic;
import io.faultline.report.metric.Tally;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Judgement;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;

/// `result.json`: everything about a run but its trace, for machines.
///
/// Times are integers, in nanoseconds of virtual time. Booleans that say whether something is fine
/// are called `passed`. There is no wall-clock time and no host name in it.
public record JsonResult() implements Report {

    /// Goes up when a reader of the file could break.
    public static final int SCHEMA_VERSION = 1;

    @Override
    public Path write(Result result, Path folder) throws IOException {
        return WholeFile.write(
                folder.resolve("result.json"),
                out -> {
                    try (var json = Json.indented(out)) {
                        write(result, json);
                        json.writeRaw('\n');
                    }
                });
    }

    private static void write(Result result, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
        json.writeStringProperty("version", result.version());
        json.writeStringProperty("scenario", result.scenario());
        json.writeNumberProperty("seed", result.seed());
        // Not every reader of JSON keeps all 64 bits of a number.
        json.writeStringProperty("seedText", Long.toString(result.seed()));
        json.writeStringProperty("fingerprint", result.fingerprint());
        json.writeBooleanProperty("passed", result.verdict().answer() == Answer.HELD);
        json.writeStringProperty("verdict", name(result.verdict().answer()));
        json.writeNumberProperty("exitCode", result.verdict().exitCode());
        json.writeStringProperty("replay", result.replay());
        json.writeObjectPropertyStart("run");
        json.writeStringProperty("ending", name(result.outcome().ending()));
        json.writeNumberProperty("virtualTime", result.outcome().clock().nanos());
        json.writeNumberProperty("events", result.outcome().events());
        json.writeNumberProperty("observations", result.trace().size());
        json.writeEndObject();
        json.writeObjectPropertyStart("phases");
        phase(json, "warmUp", SimTime.ZERO, result.phases().chaos());
        phase(json, "chaos", result.phases().chaos(), result.phases().quiet());
        phase(json, "quiet", result.phases().quiet(), result.phases().verify());
        if (result.phases().verifies()) {
            phase(json, "verify", result.phases().verify(), result.phases().end());
        }
        json.writeEndObject();
        json.writeArrayPropertyStart("judgements");
        result.verdict().judgements().forEach(judgement -> judgement(json, judgement));
        json.writeEndArray();
        json.writeArrayPropertyStart("findings");
        result.findings().forEach(finding -> finding(json, finding));
        json.writeEndArray();
        json.writeObjectPropertyStart("metrics");
        result.measurements()
                .forEach((name, measurement) -> {
                    json.writeObjectPropertyStart(name);
                    measurement(json, measurement);
                    json.writeEndObject();
                });
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void phase(JsonGenerator json, String name, SimTime from, SimTime to) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("from", from.nanos());
        json.writeNumberProperty("to", to.nanos());
        json.writeEndObject();
    }

    private static void judgement(JsonGenerator json, Judgement judgement) {
        json.writeStartObject();
        json.writeStringProperty("name", judgement.name());
        json.writeStringProperty("concern", name(judgement.concern()));
        json.writeStringProperty("answer", name(judgement.answer()));
        json.writeBooleanProperty("passed", judgement.answer() == Answer.HELD);
        json.writeStringProperty("finding", judgement.finding());
        json.writeEndObject();
    }

    private static void finding(JsonGenerator json, Finding finding) {
        json.writeStartObject();
        json.writeStringProperty("diagnosis", finding.diagnosis());
        json.writeStringProperty("subtype", finding.subtype());
        json.writeStringProperty("certainty", name(finding.certainty()));
        json.writeNumberProperty("from", finding.from().nanos());
        json.writeNumberProperty("to", finding.to().nanos());
        json.writeNumberProperty("witness", finding.witness());
        json.writeStringProperty("sentence", finding.sentence());
        json.writeObjectPropertyStart("certificate");
        json.writeStringProperty("kind", RecordJson.kind(finding.certificate()));
        json.writeName("what");
        RecordJson.write(json, finding.certificate());
        json.writeEndObject();
        json.writeEndObject();
    }

    /// Writes what a metric found as properties of an object that is open.
    public static void measurement(JsonGenerator json, Measurement measurement) {
        switch (measurement) {
            case Tally(var count) -> json.writeNumberProperty("value", count);
            case Most(var number) -> json.writeNumberProperty("value", number);
            case Ratio ratio -> {
                json.writeNumberProperty("value", ratio.share());
                json.writeNumberProperty("hits", ratio.hits());
                json.writeNumberProperty("of", ratio.of());
            }
            case Samples samples -> {
                json.writeNumberProperty("n", samples.count());
                number(json, "mean", samples.value(Statistic.Plain.MEAN));
                number(json, "sd", samples.deviation());
                statistic(json, "min", samples, Statistic.Plain.MIN);
                statistic(json, "p50", samples, Statistic.p(50));
                statistic(json, "p90", samples, Statistic.p(90));
                statistic(json, "p99", samples, Statistic.p(99));
                statistic(json, "p999", samples, Statistic.p(99.9));
                statistic(json, "max", samples, Statistic.Plain.MAX);
            }
        }
    }

    private static void statistic(
            JsonGenerator json, String name, Samples samples, Statistic statistic) {
        number(json, name, samples.value(statistic));
    }

    private static void number(JsonGenerator json, String name, OptionalDouble value) {
        if (value.isPresent()) {
            json.writeNumberProperty(name, Math.round(value.getAsDouble()));
        } else {
            json.writeNullProperty(name);
        }
    }

    private static String name(Enum<?> constant) {
        return Kind.name(constant);
    }
}
