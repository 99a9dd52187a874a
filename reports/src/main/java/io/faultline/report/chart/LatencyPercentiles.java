package io.faultline.report.chart;

import io.faultline.report.Quantity;
import io.faultline.report.Result;
import io.faultline.report.chart.Axes.Label;
import io.faultline.report.metric.Latency;
import io.faultline.report.metric.Metric;
import io.faultline.report.metric.Samples;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The distributions of latencies, without those that are parts of others: latency over percentile,
/// with the tail stretched out.
public record LatencyPercentiles() implements Figure {

    private static final String LOOK_FOR =
            "Each step to the right leaves out nine tenths of what is left. A curve that rises"
                    + " steeply there has a tail that its median hides. A curve ends where the"
                    + " samples do: what lies beyond was not measured.";
    private static final int WIDTH = 1040;
    private static final int HEIGHT = 380;
    private static final int STEPS_PER_DECADE = 24;
    private static final double MAX_TAIL = 1e6;
    private static final double BREAK = 0.12;

    // Told apart by dash and marker as well as by colour.
    private static final float[][] DASHES = {
        {}, {8, 4}, {2, 3}, {10, 3, 2, 3}, {5, 3}, {14, 4}, {1, 2}, {8, 3, 2, 3, 2, 3}
    };

    @Override
    public String title() {
        return "Latencies by percentile";
    }

    private static final String ZERO =
            " A logarithmic axis has no place for 0: what took no time at all is on the line marked"
                    + " 0s, below the dashed break.";

    @Override
    public Drawing draw(Result result) {
        var curves = new LinkedHashMap<String, List<Point>>();
        result.latencies()
                .forEach((name, samples) -> {
                    if (!samples.isEmpty() && isDrawn(result.metric(name))) {
                        curves.put(name, points(samples));
                    }
                });
        return curves.isEmpty()
                ? Drawing.nothing("No latency was measured in this run.")
                : new Drawing(
                        hasZeros(curves) ? LOOK_FOR + ZERO : LOOK_FOR,
                        svg(curves),
                        legend(curves),
                        csv(curves));
    }

    private static boolean hasZeros(SequencedMap<String, List<Point>> curves) {
        return curves.values().stream().flatMap(List::stream).anyMatch(point -> point.nanos() == 0);
    }

    private static boolean isDrawn(Metric metric) {
        return metric instanceof Latency latency && latency.isDrawn();
    }

    private static List<Legend> legend(SequencedMap<String, List<Point>> curves) {
        var legend = new ArrayList<Legend>();
        for (var metric : curves.keySet()) {
            legend.add(new Legend(sign(legend.size() + 1), metric));
        }
        return legend;
    }

    private static String csv(SequencedMap<String, List<Point>> curves) {
        var csv = new StringBuilder("metric,percentile,latency_ns\n");
        curves.forEach((name, points) -> {
            for (var point : points) {
                csv.append(name)
                        .append(',')
                        .append(point.percent())
                        .append(',')
                        .append(point.nanos())
                        .append('\n');
            }
        });
        return csv.toString();
    }

    /// A point of a curve.
    ///
    /// @param tail 1/(1−p), where p is the percentile as a share
    private record Point(double tail, double percent, long nanos) {}

    /// The points of a curve, equally far from each other, from the smallest sample to the largest;
    /// of n samples, the largest is put where one in n is left out.
    private static List<Point> points(Samples samples) {
        double last = Math.min(samples.count(), MAX_TAIL);
        var points = new ArrayList<Point>();
        for (int i = 0; ; i++) {
            double tail = Math.pow(10, (double) i / STEPS_PER_DECADE);
            if (tail >= last) {
                double percent = last == samples.count() ? 100 : percent(last);
                points.add(new Point(last, percent, samples.percentile(percent)));
                return points;
            }
            points.add(new Point(tail, percent(tail), samples.percentile(percent(tail))));
        }
    }

    /// Rounded, so that equal points are equal whatever the last bits of a logarithm are.
    private static double percent(double tail) {
        return Math.round((1 - 1 / tail) * 1e9) / 1e7;
    }

    private String svg(SequencedMap<String, List<Point>> curves) {
        double lastTail = 10;
        double most = 1;
        double positive = Double.MAX_VALUE;
        for (var points : curves.values()) {
            for (var point : points) {
                lastTail = Math.max(lastTail, point.tail());
                most = Math.max(most, point.nanos());
                positive = point.nanos() > 0 ? Math.min(positive, point.nanos()) : positive;
            }
        }
        double least = Math.min(positive, most / 2);
        // As far below the least, in the figure, as a part of what the positive ones take.
        double zero = hasZeros(curves) ? least / Math.pow(most / least, BREAK) / 1.5 : least;
        var data = new XYSeriesCollection();
        curves.forEach((name, points) -> {
            var series = new XYSeries(name);
            points.forEach(p -> series.add(p.tail(), p.nanos() == 0 ? zero : p.nanos()));
            data.addSeries(series);
        });
        var domain = Axes.logarithmic(1 / 1.15, lastTail * 1.15, percentiles());
        var labels = new ArrayList<>(times(least, most));
        if (zero < least) {
            labels.add(new Label(zero, "0s"));
        }
        var range = Axes.logarithmic(zero / 1.3, most * 1.3, labels);
        var plot = Axes.plot(domain, range);
        plot.setRangeGridlinesVisible(true);
        if (zero < least) {
            double gap = Math.sqrt(zero * least);
            plot.addAnnotation(Mark.line(1 / 1.15, gap, lastTail * 1.15, gap, Ink.MUTED, 1, 6, 4));
        }
        plot.setDataset(data);
        plot.setRenderer(renderer(data));
        plot.setInsets(new RectangleInsets(8, 0, 0, 24));
        var chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        return FigureGraphics.svg(title(), chart, WIDTH, HEIGHT);
    }

    private static List<Label> percentiles() {
        return List.of(
                new Label(1, "0 %"),
                new Label(2, "50 %"),
                new Label(4, "75 %"),
                new Label(10, "90 %"),
                new Label(100, "99 %"),
                new Label(1e3, "99.9 %"),
                new Label(1e4, "99.99 %"),
                new Label(1e5, "99.999 %"),
                new Label(1e6, "99.9999 %"));
    }

    /// Decades; in a narrow range, also 2 and 5 times a decade.
    private static List<Label> times(double least, double most) {
        boolean narrow = most / least < 30;
        var labels = new TreeMap<Double, String>();
        for (double decade = 1; decade <= 1e15; decade *= 10) {
            for (int digit : narrow ? new int[] {1, 2, 5} : new int[] {1}) {
                labels.put(
                        digit * decade,
                        Quantity.time(Math.round(digit * decade)).replace(".000", ""));
            }
        }
        return labels.entrySet().stream()
                .filter(entry -> entry.getKey() >= least / 1.3)
                .map(entry -> new Label(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static XYLineAndShapeRenderer renderer(XYSeriesCollection data) {
        var renderer =
                new XYLineAndShapeRenderer(true, true) {
                    @Override
                    public boolean getItemShapeVisible(int series, int item) {
                        // A marker a decade, and one at the end, tells curves apart.
                        return item % STEPS_PER_DECADE == 0
                                || item == data.getItemCount(series) - 1;
                    }
                };
        for (int series = 0; series < data.getSeriesCount(); series++) {
            renderer.setSeriesPaint(series, ink(series).paint());
            renderer.setSeriesShape(series, marker(series));
            renderer.setSeriesShapesFilled(series, series < 4);
            renderer.setSeriesStroke(series, stroke(series));
        }
        renderer.setDrawSeriesLineAsPath(true);
        renderer.setDefaultOutlineStroke(new BasicStroke(1.5f));
        return renderer;
    }

    private static Ink ink(int series) {
        return Ink.values()[Ink.CURVE_1.ordinal() + series % DASHES.length];
    }

    /// Where colours come round again, dashes are other ones.
    private static float[] dash(int series) {
        return DASHES[(series + series / DASHES.length) % DASHES.length];
    }

    private static BasicStroke stroke(int series) {
        var dash = dash(series);
        return dash.length == 0
                ? new BasicStroke(2)
                : new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
    }

    private static Shape marker(int series) {
        return switch (series % 4) {
            case 0 -> new Ellipse2D.Double(-4, -4, 8, 8);
            case 1 -> new Rectangle2D.Double(-3.5, -3.5, 7, 7);
            case 2 -> polygon(0, -5, 5, 4, -5, 4);
            default -> polygon(0, -5, 5, 0, 0, 5, -5, 0);
        };
    }

    private static Path2D polygon(double... points) {
        var path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        path.closePath();
        return path;
    }

    private static String sign(int curve) {
        int series = curve - 1;
        var dash = dash(series);
        var dashes = new StringBuilder();
        for (float length : dash) {
            dashes.append(dashes.isEmpty() ? "" : " ").append((int) length);
        }
        var ink = ink(series).cssName();
        var fill = series < 4 ? "f-" + ink : "f-none";
        var shape =
                switch (series % 4) {
                    case 0 -> "<circle cx=\"18\" cy=\"7\" r=\"4\"/>";
                    case 1 -> "<rect x=\"14.5\" y=\"3.5\" width=\"7\" height=\"7\"/>";
                    case 2 -> "<path d=\"M18 2 L23 11 L13 11 Z\"/>";
                    default -> "<path d=\"M18 2 L23 7 L18 12 L13 7 Z\"/>";
                };
        return "<svg class=\"sign\" width=\"36\" height=\"14\" aria-hidden=\"true\"><line x1=\"0\""
                + " y1=\"7\" x2=\"36\" y2=\"7\" class=\"s-"
                + ink
                + "\" stroke-width=\"2\""
                + (dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"")
                + "/><g class=\"s-"
                + ink
                + " "
                + fill
                + "\" stroke-width=\"1.5\">"
                + shape
                + "</g></svg>";
    }
}
