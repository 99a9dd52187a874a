package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.report.Kinds;

import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// A question about a run with a number, or many, for an answer: a fold over its trace.
///
/// A kind is a record; its class name, in lower case and with dots, is its name in thresholds,
/// files and charts: [SuspicionLatency] is `suspicion.latency`. The `permits` clauses of the four
/// families are the catalogue.
public sealed interface Metric permits Latency, Count, Peak, Share {

    /// The name in files, such as `suspicion.latency`.
    default String name() {
        return Kind.name(this).replace('-', '.');
    }

    /// What it is, in one sentence.
    String description();

    /// By what its finds can be told apart.
    default List<Tag> tags() {
        return List.of();
    }

    /// Begins to measure a run, or a part of it.
    ///
    /// @param sieve what counts
    Fold<?> begin(Sieve sieve);

    /// Measures a run.
    Measurement of(Trace trace);

    /// All metrics, in the order in which reports list them.
    static List<Metric> all() {
        return Kinds.of(Metric.class);
    }

    /// The metric of that name.
    ///
    /// @throws IllegalArgumentException if there is none
    static Metric named(String name) {
        return all().stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "unknown metric '"
                                        + name
                                        + "'; known: "
                                        + all().stream()
                                                .map(Metric::name)
                                                .sorted()
                                                .collect(Collectors.joining(", "))));
    }

    /// Measures a run by every metric: measurements by name, in the order of [#all].
    static SequencedMap<String, Measurement> measure(Trace trace) {
        return measure(trace, List.of());
    }

    /// Measures a run by every metric, and by some that are no part of this program.
    static SequencedMap<String, Measurement> measure(Trace trace, List<Metric> own) {
        var measuring = new Measuring(trace);
        all().forEach(measuring::add);
        own.forEach(measuring::add);
        measuring.catchUp();
        return measuring.found();
    }
}
