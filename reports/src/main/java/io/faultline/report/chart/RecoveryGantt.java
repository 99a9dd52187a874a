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
import java.util.stream.Stream;

/// Recoveries over virtual time: waits, phases and ends of every attempt. Where nothing is
/// recovered for long, time is cut out: each panel has an axis of its own.
public record RecoveryGantt() implements Figure {

    private static final int WIDTH = 1040;
    private static final int ROW = 30;
    private static final int AXIS = 34;
    private static final int MAX_PANELS = 4;
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
    public String lookFor() {
        return "One phase that dwarfs the others is where recovery time goes; long waits mean too"
                + " few permits or no quorum; a row of crosses is a recovery that keeps failing"
                + " in the same place.";
    }

    @Override
    public String nothingToDraw(Result result) {
        return Recoveries.of(result).steps().isEmpty() ? "Nothing was recovered in this run." : "";
    }

    @Override
    public String csv(Result result) {
        return Recoveries.of(result).csv();
    }

    @Override
    public List<Legend> legend(Result result) {
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

    @Override
    public String svg(Result result) {
        var recoveries = Recoveries.of(result);
        var rows =
                recoveries.steps().stream()
                        .map(Recoveries.Step::partition)
                        .distinct()
                        .sorted()
                        .toList();
        var labels = new ArrayList<Label>();
        for (int row = 0; row < rows.size(); row++) {
            labels.add(new Label(row + 0.5, rows.get(row).toString()));
        }
        var range = Axes.labelled(0, rows.size(), labels, Ink.TEXT);
        var all = new CombinedRangeXYPlot(range);
        all.setGap(18);
        all.setInsets(new RectangleInsets(4, 0, 0, 24));
        all.setAxisOffset(RectangleInsets.ZERO_INSETS);
        all.setOutlineVisible(false);
        all.setBackgroundPaint(null);
        var panels = panels(recoveries);
        double total = panels.stream().mapToDouble(Panel::length).sum();
        for (var panel : panels) {
            double share = Math.max(LEAST_SHARE, panel.length() / total);
            int labelsInPanel = (int) Math.max(2, Math.round(9 * share));
            all.add(panel(panel, recoveries, rows, labelsInPanel), (int) Math.round(1000 * share));
        }
        var chart = new JFreeChart(null, null, all, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        return FigureGraphics.svg(title(), chart, WIDTH, rows.size() * ROW + AXIS);
    }

    /// A stretch of time in which something is recovered, in seconds.
    private record Panel(double from, double to) {
        double length() {
            return to - from;
        }

        boolean contains(SimTime time) {
            return seconds(time) >= from && seconds(time) <= to;
        }
    }

    /// Cuts out the longest times in which nothing happens, if they are long enough to matter.
    private static List<Panel> panels(Recoveries recoveries) {
        var busy = new ArrayList<Panel>();
        var steps =
                recoveries.steps().stream()
                        .sorted(Comparator.comparing(Recoveries.Step::from))
                        .toList();
        for (var step : steps) {
            var next = new Panel(seconds(step.from()), seconds(step.to()));
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

    private static XYPlot panel(
            Panel panel, Recoveries recoveries, List<PartitionId> rows, int labels) {
        var plot = Axes.plot(Axes.time(panel.from(), panel.to(), labels), null);
        for (int row = 1; row < rows.size(); row++) {
            plot.addAnnotation(Mark.line(panel.from(), row, panel.to(), row, Ink.GRID, 1));
        }
        for (var step : recoveries.steps()) {
            if (panel.contains(step.from())) {
                bar(step, rows.indexOf(step.partition()), plot);
            }
        }
        for (var end : recoveries.ends()) {
            int row = rows.indexOf(end.partition());
            if (row >= 0 && panel.contains(end.at())) {
                end(end, row, plot);
            }
        }
        return plot;
    }

    private static void bar(Recoveries.Step step, int row, XYPlot plot) {
        boolean waits = step.attempt() == 0;
        double x1 = seconds(step.from());
        double x2 = seconds(step.to());
        double y1 = row + (waits ? 0.36 : 0.2);
        double y2 = row + (waits ? 0.64 : 0.8);
        var title =
                step.partition()
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

    private static void end(Recoveries.End end, int row, XYPlot plot) {
        double at = seconds(end.at());
        switch (end.how()) {
            case SUCCEEDED -> {}
            case FAILED -> plot.addAnnotation(Mark.cross(at, row + 0.5, 9, Ink.BAD));
            case ESCALATED -> plot.addAnnotation(Mark.text(at, row + 0.5, "▲", Ink.BAD, 8));
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
