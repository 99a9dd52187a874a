package io.faultline.benchmark;

import static io.faultline.benchmark.Engine.DSOL;
import static io.faultline.benchmark.Engine.HAND_WRITTEN;
import static io.faultline.benchmark.Engine.KALASIM;
import static io.faultline.benchmark.Engine.PRIORITY_QUEUE;
import static io.faultline.benchmark.Engine.SSJ_HENRIKSEN;
import static io.faultline.benchmark.Engine.SSJ_RED_BLACK;
import static io.faultline.benchmark.Engine.SSJ_SPLAY;
import static io.faultline.benchmark.Engine.UNORDERED;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Columns of text, the first to the left and the others to the right.
final class Table {

    private static final String NOTHING = "-";

    private final List<List<String>> rows = new ArrayList<>();

    /// Faultline's entities, workload by workload, beside everybody else.
    static Table ofComparison(Results results) {
        var table = new Table();
        table.add(
                "workload",
                "Faultline M/s",
                "(min-max)",
                "x SSJ",
                "x DSOL",
                "x kalasim",
                "x hand-written",
                "x PriorityQueue",
                "of unordered",
                "B each");
        for (var workload : Workload.values()) {
            var woven = results.of(workload, Engine.WOVEN);
            if (woven.isEmpty()) {
                continue;
            }
            var series = woven.get();
            table.add(
                    workload.toString(),
                    number(series.median()),
                    "(" + number(series.least()) + "-" + number(series.most()) + ")",
                    number(results.ratio(workload, SSJ_HENRIKSEN, SSJ_SPLAY, SSJ_RED_BLACK)),
                    number(results.ratio(workload, DSOL)),
                    number(results.ratio(workload, KALASIM)),
                    number(results.ratio(workload, HAND_WRITTEN)),
                    number(results.ratio(workload, PRIORITY_QUEUE)),
                    percent(results.ratio(workload, UNORDERED)),
                    Long.toString(Math.round(series.bytesEach())));
        }
        return table;
    }

    /// Every engine by itself.
    static Table ofEngines(Results results) {
        var table = new Table();
        table.add("workload", "engine", "M/s", "(min-max)", "B each");
        for (var workload : Workload.values()) {
            results.of(workload)
                    .forEach((engine, series) ->
                            table.add(
                                    workload.toString(),
                                    engine.toString(),
                                    number(series.median()),
                                    "("
                                            + number(series.least())
                                            + "-"
                                            + number(series.most())
                                            + ")",
                                    Long.toString(Math.round(series.bytesEach()))));
        }
        return table;
    }

    /// What a second of virtual time costs each cluster.
    static Table ofClusters(Results results) {
        var table = new Table();
        table.add("partitions", "heartbeats", "ms per virtual second", "x real time");
        for (var cluster : Cluster.all()) {
            if (results.cost(cluster).isPresent()) {
                table.add(
                        Integer.toString(cluster.partitions()),
                        cluster.heartbeats().toString(),
                        number(results.cost(cluster)),
                        number(results.speed(cluster)));
            }
        }
        return table;
    }

    private void add(String... cells) {
        rows.add(List.of(cells));
    }

    /// Two digits or so.
    static String number(double value) {
        var format = value < 0.1 ? "%.4f" : value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String number(OptionalDouble value) {
        return value.isEmpty() ? NOTHING : number(value.getAsDouble());
    }

    private static String percent(OptionalDouble value) {
        return value.isEmpty() ? NOTHING : Math.round(100 * value.getAsDouble()) + " %";
    }

    /// As Markdown has tables.
    String markdown() {
        var text = new StringBuilder();
        for (var row : rows) {
            text.append("| ").append(String.join(" | ", row)).append(" |\n");
            if (row == rows.getFirst()) {
                text.append("|---|").append("---:|".repeat(row.size() - 1)).append('\n');
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream().mapToInt(r -> r.get(at).length()).max().orElseThrow();
                var format = column == 0 ? "%-" + width + "s" : "  %" + width + "s";
                line.append(String.format(Locale.ROOT, format, row.get(column)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
