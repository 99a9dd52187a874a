package io.faultline.report.chart;

import io.faultline.report.chart.Axes.Label;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

import java.awt.BasicStroke;
import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.stream.IntStream;

/// Curves over the number of partitions, in logarithmic axes, as a picture that stands alone. It is
/// here, and not with the benchmarks, for the axes and inks of the figures of reports.
public final class ScalePlot {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final double MARGIN = 1.6;

    private static final String STYLE =
            "<style>svg{background:#fff;font:12px sans-serif}"
                    + ".f-none{fill:none}.s-none{stroke:none}.f-muted{fill:#5b6673}"
                    + ".s-grid{stroke:#dfe4ea}.f-grid{fill:#dfe4ea}"
                    + ".s-curve-1{stroke:#c48700}.f-curve-1{fill:#c48700}"
                    + ".s-curve-2{stroke:#c24f00}.f-curve-2{fill:#c24f00}"
                    + ".s-curve-3{stroke:#00805d}.f-curve-3{fill:#00805d}"
                    + ".s-curve-4{stroke:#0072b2}.f-curve-4{fill:#0072b2}</style>";

    private ScalePlot() {}

    /// One of up to four curves.
    public record Curve(String name, List<Point> points) {}

    /// A point of a curve, both of whose coordinates are above 0.
    public record Point(double partitions, double millis) {}

    /// Milliseconds for each second of virtual time.
    public static String svg(List<Curve> curves) {
        var data = new XYSeriesCollection();
        for (var curve : curves) {
            var series = new XYSeries(curve.name());
            curve.points().forEach(p -> series.add(p.partitions(), p.millis()));
            data.addSeries(series);
        }
        var range =
                Axes.logarithmic(
                        data.getRangeLowerBound(false) / MARGIN,
                        data.getRangeUpperBound(false) * MARGIN,
                        decades(-4, 5, " ms"));
        var domain =
                Axes.logarithmic(
                        data.getDomainLowerBound(false) / MARGIN,
                        data.getDomainUpperBound(false) * 8,
                        decades(1, 5, ""));
        var plot = Axes.plot(domain, range);
        plot.setRangeGridlinesVisible(true);
        plot.setDataset(data);
        plot.setInsets(new RectangleInsets(8, 0, 0, 8));
        var renderer = new XYLineAndShapeRenderer(true, true);
        for (int i = 0; i < curves.size(); i++) {
            var ink = Ink.values()[Ink.CURVE_1.ordinal() + i];
            renderer.setSeriesPaint(i, ink.paint());
            renderer.setSeriesStroke(i, new BasicStroke(2));
            renderer.setSeriesShape(i, new Ellipse2D.Double(-3, -3, 6, 6));
            var last = curves.get(i).points().getLast();
            var name =
                    new XYTextAnnotation(
                            " " + curves.get(i).name(), last.partitions() * 1.1, last.millis());
            name.setFont(BundledFont.of(Axes.FONT_SIZE));
            name.setPaint(ink.paint());
            name.setTextAnchor(TextAnchor.CENTER_LEFT);
            plot.addAnnotation(name);
        }
        renderer.setDrawSeriesLineAsPath(true);
        plot.setRenderer(renderer);
        var chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        var label = "Milliseconds for each second of virtual time, by the number of partitions";
        var svg = FigureGraphics.svg(label, chart, WIDTH, HEIGHT);
        int body = svg.indexOf('>') + 1;
        return svg.substring(0, body - 1)
                + " xmlns=\"http://www.w3.org/2000/svg\">"
                + STYLE
                + svg.substring(body)
                + "\n";
    }

    private static List<Label> decades(int from, int to, String unit) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(power -> {
                    var number =
                            power < 0
                                    ? "0." + "0".repeat(-power - 1) + "1"
                                    : "1" + "0".repeat(power).replaceFirst("(?=000$)", " ");
                    return new Label(Math.pow(10, power), number.strip() + unit);
                })
                .toList();
    }
}
