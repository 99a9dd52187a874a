package io.faultline.scenario.campaign;

import io.faultline.report.metric.Measurement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is known of many runs together. Summaries merge in any order and grouping, so parts of a
/// campaign may be summed up wherever they are made.
///
/// @param exitCodes how many runs ended with each exit code
/// @param groups the runs that are not clean, by signature
/// @param coverage which faults and phases were hit together, in how many runs
/// @param measurements what the metrics found in all runs together, by name
/// @param vacuous how many runs were inconclusive only because of what they did not exercise
/// @param twice how many runs were made twice and compared
public record Summary(
        SortedMap<Integer, Long> exitCodes,
        SortedMap<String, Group> groups,
        Coverage coverage,
        SequencedMap<String, Measurement> measurements,
        long vacuous,
        long twice) {

    /// No runs.
    public static final Summary EMPTY =
            new Summary(
                    new TreeMap<>(), new TreeMap<>(), Coverage.NONE, new LinkedHashMap<>(), 0, 0);

    /// Runs with one signature.
    ///
    /// @param count how many they are
    /// @param exitCode the exit code of the run with the lowest seed
    /// @param seed the lowest seed
    /// @param fingerprint the fingerprint of that run
    /// @param findings what was found in that run, by judgement
    public record Group(
            long count,
            int exitCode,
            long seed,
            String fingerprint,
            SequencedMap<String, String> findings) {

        Group merge(Group other) {
            var first = seed <= other.seed ? this : other;
            return new Group(
                    count + other.count,
                    first.exitCode,
                    first.seed,
                    first.fingerprint,
                    first.findings);
        }
    }

    public Summary {
        exitCodes = Collections.unmodifiableSortedMap(new TreeMap<>(exitCodes));
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
        measurements = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(measurements));
    }

    /// The summary of one run.
    public static Summary of(RunRecord record) {
        var exitCodes = new TreeMap<Integer, Long>();
        exitCodes.put(record.exitCode(), 1L);
        var groups = new TreeMap<String, Group>();
        if (!record.signature().isClean()) {
            groups.put(
                    record.signature().text(),
                    new Group(
                            1,
                            record.exitCode(),
                            record.seed(),
                            record.fingerprint(),
                            record.findings()));
        }
        return new Summary(
                exitCodes,
                groups,
                record.coverage(),
                record.measurements(),
                record.vacuous() ? 1 : 0,
                record.twice() ? 1 : 0);
    }

    /// The summary of the runs of both.
    public Summary merge(Summary other) {
        var exitCodes = new TreeMap<>(this.exitCodes);
        other.exitCodes.forEach((code, count) -> exitCodes.merge(code, count, Long::sum));
        var groups = new TreeMap<>(this.groups);
        other.groups.forEach((signature, group) -> groups.merge(signature, group, Group::merge));
        return new Summary(
                exitCodes,
                groups,
                coverage.merge(other.coverage),
                merged(List.of(this, other)),
                vacuous + other.vacuous,
                twice + other.twice);
    }

    /// The same, but nothing is known of what metrics found.
    Summary withoutMeasurements() {
        return new Summary(exitCodes, groups, coverage, new LinkedHashMap<>(), vacuous, twice);
    }

    /// The same with what metrics found in further runs that are counted already.
    Summary withMeasurementsOf(List<Summary> others) {
        var all = new ArrayList<>(List.of(this));
        all.addAll(others);
        return new Summary(exitCodes, groups, coverage, merged(all), vacuous, twice);
    }

    private static SequencedMap<String, Measurement> merged(List<Summary> summaries) {
        var parts = new LinkedHashMap<String, List<Measurement>>();
        for (var summary : summaries) {
            summary.measurements.forEach((name, measurement) ->
                    parts.computeIfAbsent(name, _ -> new ArrayList<>()).add(measurement));
        }
        var merged = new LinkedHashMap<String, Measurement>();
        parts.forEach((name, list) ->
                merged.put(name, list.size() == 1 ? list.getFirst() : Measurement.merge(list)));
        return merged;
    }

    public long runs() {
        return exitCodes.values().stream().mapToLong(Long::longValue).sum();
    }

    /// How many runs ended with an exit code.
    public long runs(int exitCode) {
        return exitCodes.getOrDefault(exitCode, 0L);
    }

    /// How many runs failed: neither clean nor inconclusive.
    public long failures() {
        return runs() - runs(0) - runs(2);
    }

    /// The exit code of all runs together; 2 if there were none.
    public int exitCode() {
        return exitCodes.keySet().stream().reduce(RunRecord::worse).orElse(2);
    }

    /// The exit code of all runs together if a run may prove nothing; 2 if there were none.
    public int exitCodeAllowingVacuous() {
        return exitCodes.keySet().stream()
                .map(code -> code == 2 && runs(2) == vacuous ? 0 : code)
                .reduce(RunRecord::worse)
                .orElse(2);
    }
}
