package io.faultline.report.chart;

import io.faultline.kernel.SimTime;
import io.faultline.model.Kind;
import io.faultline.model.cluster.PartitionId;
import io.faultline.report.Quantity;
import io.faultline.report.Result;
import io.faultline.report.chart.Axes.Label;
import io.faultline.report.chart.Recoveries.Activity;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Recoveries: waits, phases and ends of every attempt.
///
/// A few of them are drawn over virtual time, a row for each partition; where nothing is recovered
/// for long, time is cut out, and each panel has an axis of its own. If they are many, and short
/// against the times that they are scattered over, they are lined up at the failure instead, a row
/// for each.
public record RecoveryGantt() implements Figure {

    private static final String LOOK_FOR =
            "One phase that dwarfs the others is where recovery time goes; long waits mean too few"
                    + " permits or no quorum; a row of crosses is a recovery that keeps failing in"
                    + " the same place.";
    private static final int WIDTH = 1040;
    private static final int AXIS = 34;
    private static final int MAX_PANELS = 4;
    private static final int MAX_ROWS = 50;
    private static final int FEW = 6;
    private static final double SCATTERED = 8;
    private static final double WORTH_CUTTING = 0.2;
    private static final double LEAST_SHARE = 0.22;
    private static final double MARGIN = 0.04;
    private static final double NANOS = 1e9;
    private static final double LEAST = 1.5;

    @Override
    public String title() {
        return "Recoveries, phase by phase";
    }

    @Override
    public Drawing draw(Result result) {
        var recoveries = Recoveries.of(result);
        if (recoveries.episodes().isEmpty()) {
            return Drawing.nothing("Nothing was recovered in this run.");
        }
        boolean scattered = isScattered(recoveries);
        var rows = scattered ? linedUp(recoveries) : byPartition(recoveries);
        var linedUp =
                "Every row is one recovery, from the moment at which its partition was declared"
                        + " failed"
                        + cut(recoveries)
                        + ". ";
        return new Drawing(
                scattered ? linedUp + LOOK_FOR : LOOK_FOR, svg(rows), legend(), recoveries.csv());
    }

    private static String cut(Recoveries recoveries) {
        int all = recoveries.episodes().size();
        return all > MAX_ROWS ? "; the longest " + MAX_ROWS + " of " + all + " are shown" : "";
    }

    private static List<Legend> legend() {
        return Stream.concat(
                        Stream.of(Activity.values())
                                .map(activity ->
                                        Legend.box(
                                                ink(activity),
                                                letter(activity),
                                                meaning(activity))),
                        Stream.of(
                                Legend.letter("✕", Ink.BAD, "attempt failed"),
                                Legend.letter("▲", Ink.BAD, "left to an operator")))
                .toList();
    }

    private String svg(List<Row> rows) {
        var panels = panels(rows);
        int rowHeight = Math.clamp(900 / rows.size(), 16, 30);
        var labels = new ArrayList<Label>();
        for (int row = 0; row < rows.size(); row++) {
            labels.add(new Label(row + 0.5, rows.get(row).name()));
        }
        var all = new CombinedRangeXYPlot(Axes.labelled(0, rows.size(), labels, Ink.TEXT));
        all.setGap(18);
        all.setInsets(new RectangleInsets(4, 0, 0, 24));
        all.setAxisOffset(RectangleInsets.ZERO_INSETS);
        all.setOutlineVisible(false);
        all.setBackgroundPaint(null);
        double total = panels.stream().mapToDouble(Panel::length).sum();
        for (var panel : panels) {
            double share = Math.max(LEAST_SHARE, panel.length() / total);
            int labelsInPanel = (int) Math.max(3, Math.round(9 * share));
            all.add(panel(panel, rows, labelsInPanel), (int) Math.round(1000 * share));
        }
        var chart = new JFreeChart(null, null, all, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        return FigureGraphics.svg(title(), chart, WIDTH, rows.size() * rowHeight + AXIS);
    }

    /// A row of the figure.
    ///
    /// @param zero what is 0 on its axis, in seconds
    private record Row(String name, double zero, List<Recoveries.Episode> episodes) {
        double at(SimTime time) {
            return seconds(time) - zero;
        }
    }

    private static List<Row> byPartition(Recoveries recoveries) {
        var rows = new TreeMap<PartitionId, List<Recoveries.Episode>>();
        for (var episode : recoveries.episodes()) {
            rows.computeIfAbsent(episode.partition(), _ -> new ArrayList<>()).add(episode);
        }
        return rows.entrySet().stream()
                .map(row -> new Row(row.getKey().toString(), 0, row.getValue()))
                .toList();
    }

    private static List<Row> linedUp(Recoveries recoveries) {
        return recoveries.episodes().stream()
                .sorted(Comparator.comparingLong(Recoveries.Episode::nanos).reversed())
                .limit(MAX_ROWS)
                .sorted(
                        Comparator.comparing(Recoveries.Episode::failed)
                                .thenComparing(Recoveries.Episode::partition))
                .map(episode ->
                        new Row(
                                episode.partition() + " at " + episode.failed(),
                                seconds(episode.failed()),
                                List.of(episode)))
                .toList();
    }

    /// Whether phases would be slivers if they were drawn over virtual time.
    private static boolean isScattered(Recoveries recoveries) {
        var lengths =
                recoveries.episodes().stream()
                        .mapToLong(Recoveries.Episode::nanos)
                        .sorted()
                        .toArray();
        if (lengths.length <= FEW) {
            return false;
        }
        double typical = Math.max(lengths[lengths.length / 2] / NANOS, 1e-9);
        double shown = panels(byPartition(recoveries)).stream().mapToDouble(Panel::length).sum();
        return shown > SCATTERED * typical;
    }

    /// A stretch of time in which something is recovered, in seconds.
    private record Panel(double from, double to) {
        double length() {
            return to - from;
        }

        boolean contains(double second) {
            return second >= from && second <= to;
        }
    }

    /// Cuts out the longest times in which nothing happens, if they are long enough to matter.
    private static List<Panel> panels(List<Row> rows) {
        var steps = new ArrayList<Panel>();
        for (var row : rows) {
            for (var episode : row.episodes()) {
                for (var step : episode.steps()) {
                    steps.add(new Panel(row.at(step.from()), row.at(step.to())));
                }
            }
        }
        steps.sort(Comparator.comparingDouble(Panel::from));
        var busy = new ArrayList<Panel>();
        for (var next : steps) {
            if (!busy.isEmpty() && next.from() <= busy.getLast().to()) {
                var last = busy.removeLast();
                busy.add(new Panel(last.from(), Math.max(last.to(), next.to())));
            } else {
                busy.add(next);
            }
        }
        double total = Math.max(busy.stream().mapToDouble(Panel::length).sum(), 1e-6);
        while (busy.size() > 1) {
            int narrowest = 0;
            for (int i = 1; i < busy.size() - 1; i++) {
                if (gap(busy, i) < gap(busy, narrowest)) {
                    narrowest = i;
                }
            }
            if (busy.size() <= MAX_PANELS && gap(busy, narrowest) > WORTH_CUTTING * total) {
                break;
            }
            var after = busy.remove(narrowest + 1);
            busy.set(narrowest, new Panel(busy.get(narrowest).from(), after.to()));
        }
        return busy.stream()
                .map(panel -> {
                    double margin = Math.max(panel.length(), 1e-6) * MARGIN;
                    return new Panel(panel.from() - margin, panel.to() + margin);
                })
                .toList();
    }

    private static double gap(List<Panel> panels, int index) {
        return panels.get(index + 1).from() - panels.get(index).to();
    }

    private static XYPlot panel(Panel panel, List<Row> rows, int labels) {
        var plot = Axes.plot(Axes.time(panel.from(), panel.to(), labels), null);
        for (int y = 1; y < rows.size(); y++) {
            plot.addAnnotation(Mark.line(panel.from(), y, panel.to(), y, Ink.GRID, 1));
        }
        for (int y = 0; y < rows.size(); y++) {
            var row = rows.get(y);
            for (var episode : row.episodes()) {
                for (var step : episode.steps()) {
                    if (panel.contains(row.at(step.from()))) {
                        bar(episode.partition(), step, row, y, plot);
                    }
                }
                for (var end : episode.ends()) {
                    if (panel.contains(row.at(end.at()))) {
                        end(end, row, y, plot);
                    }
                }
            }
        }
        return plot;
    }

    private static void bar(
            PartitionId partition, Recoveries.Step step, Row row, int y, XYPlot plot) {
        boolean waits = step.attempt() == 0;
        double x1 = row.at(step.from());
        double x2 = row.at(step.to());
        double y1 = y + (waits ? 0.36 : 0.16);
        double y2 = y + (waits ? 0.64 : 0.84);
        var title =
                partition
                        + " "
                        + meaning(step.activity())
                        + (waits ? "" : " (attempt " + step.attempt() + ")")
                        + ", "
                        + step.from()
                        + " to "
                        + step.to()
                        + " ("
                        + Quantity.time(step.to().nanos() - step.from().nanos())
                        + ")";
        plot.addAnnotation(Mark.box(x1, x2, y1, y2, ink(step.activity()), LEAST, title));
        if (!waits) {
            var letter = letter(step.activity());
            plot.addAnnotation(Mark.caption(x1, x2, y1, y2, Ink.LETTER, letter));
        }
    }

    private static void end(Recoveries.End end, Row row, int y, XYPlot plot) {
        double at = row.at(end.at());
        switch (end.how()) {
            case SUCCEEDED -> {}
            case FAILED -> plot.addAnnotation(Mark.cross(at, y + 0.5, 9, Ink.BAD));
            case ESCALATED -> plot.addAnnotation(Mark.text(at, y + 0.5, "▲", Ink.BAD, 8));
        }
    }

    private static Ink ink(Activity activity) {
        return Ink.valueOf(activity.name());
    }

    private static String letter(Activity activity) {
        return switch (activity) {
            case DETECTING -> "D";
            case REDISTRIBUTING -> "R";
            case REBALANCING -> "B";
            case VALIDATING -> "V";
            case QUEUED, WAITING, PAUSING, BACKOFF -> "";
        };
    }

    private static String meaning(Activity activity) {
        return switch (activity) {
            case QUEUED -> "queued for a quorum";
            case WAITING -> "waiting for a permit";
            case PAUSING -> "waiting for quiescence";
            case BACKOFF -> "backing off";
            case DETECTING, REDISTRIBUTING, REBALANCING, VALIDATING ->
                    Kind.name(activity).toLowerCase(Locale.ROOT);
        };
    }

    private static double seconds(SimTime time) {
        return time.nanos() / NANOS;
    }
}
