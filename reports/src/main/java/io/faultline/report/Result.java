package io.faultline.report;

import io.faultline.kernel.Outcome;
import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.model.cluster.Location;
import io.faultline.model.cluster.PartitionId;
import io.faultline.report.diagnosis.Finding;
import io.faultline.report.metric.Latency;
import io.faultline.report.metric.Measurement;
import io.faultline.report.metric.Metric;
import io.faultline.report.metric.Samples;
import io.faultline.report.verdict.Judgement;
import io.faultline.report.verdict.Verdict;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// All that is known of a run when it is over: what reports are made of. Nothing in it depends on
/// when or where the run took place, so equal results make equal files.
///
/// @param scenario the name of the scenario
/// @param seed the source of all chance in the run
/// @param fingerprint the fingerprint of the trace
/// @param outcome how the run ended
/// @param phases the parts of the run
/// @param trace everything that was observed
/// @param measurements what the metrics found, by name
/// @param own metrics that are no part of this program and were measured beside the others
/// @param findings what is wrong with the run, whether or not anybody expects otherwise
/// @param verdict what became of the expectations
/// @param places where the partitions were, in order of rank, as far as is known
/// @param replay the command that repeats the run
/// @param version the version of the product
public record Result(
        String scenario,
        long seed,
        String fingerprint,
        Outcome outcome,
        Phases phases,
        Trace trace,
        SequencedMap<String, Measurement> measurements,
        List<Metric> own,
        List<Finding> findings,
        Verdict verdict,
        SequencedMap<PartitionId, Location> places,
        String replay,
        String version) {

    public Result {
        places = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(places));
        own = List.copyOf(own);
        findings = List.copyOf(findings);
        measurements = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(measurements));
    }

    /// The metric of that name, or of which a part has that name.
    public Metric metric(String name) {
        var whole = name.replaceFirst("\\{.*", "");
        return own.stream()
                .filter(metric -> metric.name().equals(whole))
                .findFirst()
                .orElseGet(() -> Metric.named(whole));
    }

    /// The latencies that were measured, empty ones included, in the order of the catalogue.
    public SequencedMap<String, Samples> latencies() {
        var latencies = new LinkedHashMap<String, Samples>();
        var metrics = Stream.concat(Kinds.of(Latency.class).stream(), own.stream()).toList();
        for (var metric : metrics) {
            if (measurements.get(metric.name()) instanceof Samples samples) {
                latencies.put(metric.name(), samples);
            }
        }
        return latencies;
    }

    /// The name of an exit code's meaning, as in `violated (safety, threshold)`.
    String answerInWords() {
        var answer = Kind.name(verdict.answer());
        var concerns = verdict.violated().map(Kind::name).toList();
        return concerns.isEmpty() ? answer : answer + " (" + String.join(", ", concerns) + ")";
    }

    /// The parts of latencies that were measured, empty ones included, by the names of the metrics
    /// and by their tags.
    public SequencedMap<String, SequencedMap<String, Samples>> parts() {
        var parts = new LinkedHashMap<String, SequencedMap<String, Samples>>();
        measurements.forEach((name, measurement) -> {
            int brace = name.indexOf('{');
            if (brace >= 0 && measurement instanceof Samples samples) {
                parts.computeIfAbsent(name.substring(0, brace), _ -> new LinkedHashMap<>())
                        .put(name.substring(brace + 1, name.length() - 1), samples);
            }
        });
        return parts;
    }

    /// A result in which every metric is measured, and some that are no part of this program.
    public static Result of(
            String scenario,
            long seed,
            String fingerprint,
            Outcome outcome,
            Phases phases,
            Trace trace,
            List<Metric> own,
            List<Finding> findings,
            List<Judgement> judgements,
            String replay,
            String version) {
        return new Result(
                scenario,
                seed,
                fingerprint,
                outcome,
                phases,
                trace,
                Metric.measure(trace, own),
                own,
                findings,
                new Verdict(judgements),
                new LinkedHashMap<>(),
                replay,
                version);
    }
}
