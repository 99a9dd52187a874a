package io.faultline.scenario.campaign;

import io.faultline.report.metric.Measurement;
import io.faultline.report.metric.Samples;
import io.faultline.report.metric.Statistic;
import io.faultline.report.verdict.Answer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedCollection;
import java.util.SequencedMap;

/// What the runs of a sweep have found, cell by cell.
///
/// A number is a metric, if that is one number, or a statistic of it: `detection.latency p99`.
/// Times are in nanoseconds. Of every run there are its numbers here, and of every cell what the
/// metrics found in all of its runs together; the runs themselves are read from the log.
final class SweepCells {

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
    static final SequencedMap<String, Double> QUANTILES = new LinkedHashMap<>();

    static {
        QUANTILES.put("min", 0.0);
        QUANTILES.put("p50", 50.0);
        QUANTILES.put("p90", 90.0);
        QUANTILES.put("p99", 99.0);
        QUANTILES.put("p999", 99.9);
        QUANTILES.put("max", 100.0);
    }

    private final SequencedMap<String, Integer> names = new LinkedHashMap<>();
    private final List<Found> all;

    SweepCells(Sweep sweep) {
        this.all = sweep.plan().cells().stream().map(cell -> found(sweep, cell)).toList();
    }

    /// The cells, in order.
    List<Found> all() {
        return all;
    }

    /// The numbers that any run has, in the order in which they came first.
    SequencedCollection<String> names() {
        return names.sequencedKeySet();
    }

    /// How a run went.
    ///
    /// @param finding what was found first, if anything is wrong
    /// @param numbers by the position of their names; not a number where it has none
    record Row(
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
    record Found(Sweep.Cell cell, List<Row> rows, SequencedMap<String, Measurement> pooled) {

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
    record Number(double[] values) {

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

    private Found found(Sweep sweep, Sweep.Cell cell) {
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

    /// The numbers of a cell, by name; without those that none of its runs has.
    SequencedMap<String, Number> numbers(Found found) {
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

    /// A number of a run, if the run has it.
    OptionalDouble number(Row row, String name) {
        return row.number(names.get(name));
    }
}
