package io.faultline.scenario.campaign;

import io.faultline.kernel.Outcome;
import io.faultline.kernel.SimTime;
import io.faultline.model.Kind;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.report.Json;
import io.faultline.report.Quantity;
import io.faultline.report.metric.Measurement;
import io.faultline.report.metric.Most;
import io.faultline.report.metric.Ratio;
import io.faultline.report.metric.Samples;
import io.faultline.report.metric.Tally;
import io.faultline.report.verdict.Answer;
import io.faultline.scenario.Run;

import tools.jackson.core.JsonGenerator;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/// What is kept of one run of a campaign: a value that can be sent anywhere, and nothing in it
/// depends on when or where the run took place.
///
/// @param cell which scenario of the campaign it belongs to
/// @param seed the source of all chance in the run
/// @param fingerprint the fingerprint of its trace
/// @param eventHash the rolling hash over its events
/// @param answer what became of its expectations
/// @param exitCode the exit code of the run
/// @param signature what went wrong
/// @param findings what was found by the judgements that did not hold, in one sentence each, by
///   name, that of the signature first; for a run that broke down or went differently a second
///   time, a sentence about that
/// @param outcome how it ended
/// @param effective the positions of the faults that changed anything
/// @param coverage which faults and phases were hit together
/// @param measurements what the metrics found, by name
/// @param vacuous whether nothing is open but what the run did not exercise
/// @param twice whether it was run twice and compared
public record RunRecord(
        int cell,
        long seed,
        String fingerprint,
        long eventHash,
        Answer answer,
        int exitCode,
        Signature signature,
        SequencedMap<String, String> findings,
        Outcome outcome,
        List<Integer> effective,
        Coverage coverage,
        SequencedMap<String, Measurement> measurements,
        boolean vacuous,
        boolean twice) {

    /// Goes up when a reader of a record could break.
    public static final int SCHEMA_VERSION = 1;

    /// The exit code of a run that went differently a second time.
    public static final int NOT_REPEATABLE = 5;

    /// The exit code of a run that broke down.
    public static final int BROKEN_DOWN = 70;

    /// In place of a fingerprint.
    static final String NOTHING = "0".repeat(64);

    /// From bad to better; see [#worse].
    private static final List<Integer> PRECEDENCE =
            List.of(NOT_REPEATABLE, BROKEN_DOWN, 1, 3, 4, 2, 0);

    public RunRecord {
        findings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(findings));
        effective = List.copyOf(effective);
        measurements = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(measurements));
    }

    /// What is kept of a run.
    static RunRecord of(Task task, Run run, long eventHash) {
        var result = run.result();
        var findings = new LinkedHashMap<String, String>();
        run.failure().ifPresent(broken -> findings.put("broken down", broken.getMessage()));
        Stream.concat(
                        Signature.first(result.verdict()).stream(),
                        result.verdict().byUrgency().stream())
                .filter(judgement -> judgement.answer() != Answer.HELD)
                .forEach(judgement -> findings.put(judgement.name(), judgement.finding()));
        return new RunRecord(
                task.cell(),
                task.seed(),
                result.fingerprint(),
                eventHash,
                result.verdict().answer(),
                run.failure().isPresent() ? BROKEN_DOWN : result.verdict().exitCode(),
                Signature.of(run),
                findings,
                result.outcome(),
                result.trace()
                        .all(FaultTookEffect.class)
                        .map(FaultTookEffect::fault)
                        .distinct()
                        .toList(),
                Coverage.of(result.trace()),
                result.measurements(),
                run.failure().isEmpty() && result.verdict().isVacuous(),
                task.twice());
    }

    /// What is kept of a run of which nothing is left, since it could not be prepared or judged.
    static RunRecord brokenDown(Task task, Throwable failure) {
        var findings = new LinkedHashMap<String, String>();
        findings.put(
                "broken down",
                "%s%s; seed %d; replay with: %s"
                        .formatted(
                                failure,
                                Signature.place(failure).map(at -> ", at " + at).orElse(""),
                                task.seed(),
                                task.command()));
        return new RunRecord(
                task.cell(),
                task.seed(),
                NOTHING,
                0,
                Answer.INCONCLUSIVE,
                BROKEN_DOWN,
                Signature.of(failure),
                findings,
                new Outcome(Outcome.Ending.STOPPED, SimTime.ZERO, 0),
                List.of(),
                Coverage.NONE,
                new LinkedHashMap<>(),
                false,
                task.twice());
    }

    /// This record, unless a second run of the same went differently: then one that says so.
    RunRecord comparedWith(RunRecord second) {
        if (fingerprint.equals(second.fingerprint)
                && eventHash == second.eventHash
                && outcome.equals(second.outcome)) {
            return this;
        }
        var sentence =
                "seed %d went differently a second time: %s and %s, %s and %s"
                        .formatted(
                                seed,
                                identity(),
                                second.identity(),
                                Quantity.count(outcome.events(), "event"),
                                Quantity.count(second.outcome.events(), "event"));
        var findings = new LinkedHashMap<String, String>();
        findings.put("repeatable", sentence);
        findings.putAll(this.findings);
        return new RunRecord(
                cell,
                seed,
                fingerprint,
                eventHash,
                answer,
                NOT_REPEATABLE,
                Signature.NOT_REPEATABLE,
                findings,
                outcome,
                effective,
                coverage,
                measurements,
                false,
                twice);
    }

    private String identity() {
        return "fingerprint %s, event hash %016x"
                .formatted(fingerprint.substring(0, 12), eventHash);
    }

    /// The exit code of both together: 5 before 70, 1, 3, 4, 2 and 0.
    public static int worse(int first, int second) {
        return gravity(first) <= gravity(second) ? first : second;
    }

    /// A smaller number for a graver exit code.
    static int gravity(int exitCode) {
        return PRECEDENCE.indexOf(exitCode);
    }

    /// The record as a line of JSON, without the end of the line.
    public String toJson() {
        var bytes = new ByteArrayOutputStream();
        try (var json = Json.compact(bytes)) {
            json.writeStartObject();
            json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
            json.writeNumberProperty("cell", cell);
            json.writeNumberProperty("seed", seed);
            json.writeStringProperty("fingerprint", fingerprint);
            json.writeStringProperty("eventHash", "%016x".formatted(eventHash));
            json.writeStringProperty("answer", Kind.name(answer));
            json.writeNumberProperty("exitCode", exitCode);
            json.writeStringProperty("signature", signature.text());
            json.writeObjectPropertyStart("findings");
            findings.forEach(json::writeStringProperty);
            json.writeEndObject();
            json.writeStringProperty("ending", Kind.name(outcome.ending()));
            json.writeNumberProperty("virtualTime", outcome.clock().nanos());
            json.writeNumberProperty("events", outcome.events());
            json.writeArrayPropertyStart("effective");
            effective.forEach(json::writeNumber);
            json.writeEndArray();
            json.writeName("coverage");
            write(json, coverage);
            json.writeObjectPropertyStart("measurements");
            measurements.forEach((name, measurement) -> {
                json.writeName(name);
                write(json, measurement);
            });
            json.writeEndObject();
            json.writeBooleanProperty("vacuous", vacuous);
            json.writeBooleanProperty("twice", twice);
            json.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    static void write(JsonGenerator json, Coverage coverage) {
        json.writeStartObject();
        coverage.runs()
                .forEach((kind, phases) -> {
                    json.writeObjectPropertyStart(kind);
                    phases.forEach(json::writeNumberProperty);
                    json.writeEndObject();
                });
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Measurement measurement) {
        switch (measurement) {
            case Tally(long count) -> json.writeNumber(count);
            case Most(long number) -> json.writeArray(new long[] {number}, 0, 1);
            case Ratio(long hits, long of) -> json.writeArray(new long[] {hits, of}, 0, 2);
            case Samples samples -> json.writeString(packed(samples.encode()));
        }
    }

    static String packed(byte[] bytes) {
        var deflated = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(deflated)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(deflated.toByteArray());
    }

    private static byte[] unpacked(String text) {
        var deflated = new ByteArrayInputStream(Base64.getDecoder().decode(text));
        try (var in = new InflaterInputStream(deflated)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalArgumentException("this is no measurement: " + text, e);
        }
    }

    /// Reads what [#toJson] has written.
    ///
    /// @throws IllegalArgumentException if it is something else
    public static RunRecord ofJson(String line) {
        try {
            return of(Fields.read(line));
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("this is no record of a run", e);
        }
    }

    private static RunRecord of(Fields fields) {
        var findings = new LinkedHashMap<String, String>();
        fields.fields("findings")
                .values()
                .forEach((name, finding) -> findings.put(name, (String) finding));
        var measurements = new LinkedHashMap<String, Measurement>();
        fields.fields("measurements")
                .values()
                .forEach((name, value) -> measurements.put(name, measurement(value)));
        return new RunRecord(
                (int) fields.number("cell"),
                fields.number("seed"),
                fields.text("fingerprint"),
                Long.parseUnsignedLong(fields.text("eventHash"), 16),
                constant(Answer.class, fields.text("answer")),
                (int) fields.number("exitCode"),
                new Signature(fields.text("signature")),
                findings,
                new Outcome(
                        constant(Outcome.Ending.class, fields.text("ending")),
                        new SimTime(fields.number("virtualTime")),
                        fields.number("events")),
                fields.list("effective").stream().map(fault -> ((Long) fault).intValue()).toList(),
                coverage(fields.fields("coverage")),
                measurements,
                fields.flag("vacuous"),
                fields.flag("twice"));
    }

    private static Coverage coverage(Fields fields) {
        var runs = new TreeMap<String, SortedMap<String, Long>>();
        fields.values()
                .forEach((kind, phases) -> {
                    var row = new TreeMap<String, Long>();
                    ((Fields) phases)
                            .values()
                            .forEach((phase, count) -> row.put(phase, (Long) count));
                    runs.put(kind, row);
                });
        return new Coverage(runs);
    }

    private static Measurement measurement(Object value) {
        return switch (value) {
            case Long count -> new Tally(count);
            case List<?> most when most.size() == 1 -> new Most((Long) most.getFirst());
            case List<?> ratio -> new Ratio((Long) ratio.get(0), (Long) ratio.get(1));
            case String samples -> Samples.decode(unpacked(samples));
            default -> throw new IllegalArgumentException("this is no measurement: " + value);
        };
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
