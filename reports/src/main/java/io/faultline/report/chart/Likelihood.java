package io.faultline.report.chart;

import io.faultline.report.chart.Axes.Label;
import io.faultline.report.chart.Figure.Drawing;
import io.faultline.report.chart.Figure.Legend;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

import java.awt.BasicStroke;
import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// How likely something was, seen from instants of virtual time: a curve, and the interval in which
/// it lies.
///
/// @param title what it shows
/// @param points in order of time
public record Likelihood(String title, List<Point> points) {

    private static final int WIDTH = 1040;
    private static final int HEIGHT = 300;
    private static final int LABELS = 8;
    private static final double MARGIN = 0.03;

    /// A point of the curve.
    ///
    /// @param share an estimate of the probability
    /// @param low the lower end of its interval
    /// @param high the upper end
    public record Point(double seconds, double share, double low, double high) {}

    public Likelihood {
        points = List.copyOf(points);
    }

    /// Draws it.
    ///
    /// @param lookFor what there is to see in it
    public Drawing draw(String lookFor) {
        return points.size() < 2
                ? Drawing.nothing("There are too few points for a curve.")
                : new Drawing(lookFor, svg(), legend(), csv());
    }

    private static List<Legend> legend() {
        return List.of(
                Legend.box(Ink.CURVE_4, "", "share of the rolls"),
                Legend.box(Ink.MUTED, "", "where the probability lies, at 95 % confidence"));
    }

    private String csv() {
        var csv = new StringBuilder("seconds,share,low95,high95\n");
        for (var point : points) {
            csv.append(
                    String.format(
                            Locale.ROOT,
                            "%.9f,%.6f,%.6f,%.6f\n",
                            point.seconds(),
                            point.share(),
                            point.low(),
                            point.high()));
        }
        return csv.toString();
    }

    private String svg() {
        var data = new XYSeriesCollection();
        data.addSeries(series("share", Point::share));
        data.addSeries(series("low", Point::low));
        data.addSeries(series("high", Point::high));
        double from = points.getFirst().seconds();
        double to = Math.max(points.getLast().seconds(), from + 1e-9);
        double aside = (to - from) * MARGIN;
        var domain = Axes.time(from - aside, to + aside, LABELS);
        var shares =
                List.of(
                        new Label(0, "0 %"),
                        new Label(0.25, "25 %"),
                        new Label(0.5, "50 %"),
                        new Label(0.75, "75 %"),
                        new Label(1, "100 %"));
        var range = Axes.labelled(-MARGIN, 1 + MARGIN, shares, Ink.MUTED);
        range.setInverted(false);
        var plot = Axes.plot(domain, range);
        plot.setRangeGridlinesVisible(true);
        plot.setDataset(data);
        plot.setRenderer(renderer());
        plot.setInsets(new RectangleInsets(8, 0, 0, 24));
        var chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        return FigureGraphics.svg(title, chart, WIDTH, HEIGHT);
    }

    private XYSeries series(String name, ToDoubleFunction<Point> value) {
        var series = new XYSeries(name);
        points.forEach(point -> series.add(point.seconds(), value.applyAsDouble(point)));
        return series;
    }

    private static XYLineAndShapeRenderer renderer() {
        var renderer = new XYLineAndShapeRenderer(true, false);
        renderer.setSeriesPaint(0, Ink.CURVE_4.paint());
        renderer.setSeriesStroke(0, new BasicStroke(2));
        renderer.setSeriesShapesVisible(0, true);
        renderer.setSeriesShape(0, new Ellipse2D.Double(-3, -3, 6, 6));
        for (int bound = 1; bound <= 2; bound++) {
            renderer.setSeriesPaint(bound, Ink.MUTED.paint());
            renderer.setSeriesStroke(
                    bound,
                    new BasicStroke(
                            1,
                            BasicStroke.CAP_BUTT,
                            BasicStroke.JOIN_ROUND,
                            10,
                            new float[] {3, 3},
                            0));
        }
        renderer.setDrawSeriesLineAsPath(true);
        return renderer;
    }
}
