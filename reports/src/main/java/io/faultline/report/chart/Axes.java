package io.faultline.report.chart;

import io.faultline.report.chart.FigureGraphics.Anchor;

import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The axes of our figures, and the plots that they span.
final class Axes {

    static final double FONT_SIZE = 12;

    private Axes() {}

    /// A text at a place on an axis.
    record Label(double at, String text) {}

    /// Virtual time in seconds, from left to right, with about so many labels.
    static NumberAxis time(double from, double to, int labels) {
        var axis = new TimeAxis();
        plain(axis);
        axis.setRange(from, to);
        axis.setTickLabelPaint(Ink.MUTED.paint());
        axis.setTickMarksVisible(true);
        axis.setTickMarkPaint(Ink.GRID.paint());
        axis.setAxisLineVisible(true);
        axis.setAxisLinePaint(Ink.GRID.paint());
        var unit = unit((to - from) / labels);
        axis.setTickUnit(new NumberTickUnit(unit));
        axis.setNumberFormatOverride(
                new DecimalFormat(
                        "0" + fraction(unit) + "'s'",
                        DecimalFormatSymbols.getInstance(Locale.ROOT)));
        return axis;
    }

    /// The smallest of 1, 2, 5, 10, 20, … and their tenths, hundredths, … that is not below
    /// `least`.
    private static double unit(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double digit : new double[] {1, 2, 5}) {
            if (digit * power >= least) {
                return digit * power;
            }
        }
        return 10 * power;
    }

    private static String fraction(double unit) {
        int digits = (int) Math.max(0, Math.ceil(-Math.log10(unit) - 1e-9));
        return digits == 0 ? "" : "." + "0".repeat(digits);
    }

    /// An axis from top to bottom with texts at given places.
    static NumberAxis labelled(double from, double to, List<Label> labels, Ink ink) {
        var axis = new LabelledAxis(labels);
        plain(axis);
        axis.setInverted(true);
        axis.setRange(from, to);
        axis.setTickLabelPaint(ink.paint());
        return axis;
    }

    /// A logarithmic axis with texts at given places.
    static LogAxis logarithmic(double from, double to, List<Label> labels) {
        var axis = new LabelledLogAxis(labels);
        plain(axis);
        axis.setRange(from, to);
        axis.setTickLabelPaint(Ink.MUTED.paint());
        axis.setAxisLineVisible(false);
        return axis;
    }

    private static void plain(ValueAxis axis) {
        axis.setTickLabelFont(BundledFont.of(FONT_SIZE));
        axis.setTickMarksVisible(false);
        axis.setAxisLineVisible(false);
        axis.setTickLabelInsets(new RectangleInsets(3, 4, 3, 6));
        axis.setLowerMargin(0);
        axis.setUpperMargin(0);
    }

    /// A plot without decoration but thin vertical lines at the labels of its domain axis.
    static XYPlot plot(ValueAxis domain, ValueAxis range) {
        var plot = new XYPlot(null, domain, range, new XYLineAndShapeRenderer());
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setInsets(RectangleInsets.ZERO_INSETS);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setRangeGridlinesVisible(false);
        plot.setDomainGridlinePaint(Ink.GRID.paint());
        plot.setDomainGridlineStroke(new BasicStroke(1));
        plot.setRangeGridlinePaint(Ink.GRID.paint());
        plot.setRangeGridlineStroke(new BasicStroke(1));
        return plot;
    }

    private static Anchor anchor(RectangleEdge edge) {
        if (edge == RectangleEdge.LEFT) {
            return Anchor.END;
        }
        return edge == RectangleEdge.RIGHT ? Anchor.START : Anchor.MIDDLE;
    }

    private static List<NumberTick> ticks(List<Label> labels, ValueAxis axis, RectangleEdge edge) {
        var ticks = new ArrayList<NumberTick>();
        var anchor = edge == RectangleEdge.LEFT ? TextAnchor.CENTER_RIGHT : TextAnchor.TOP_CENTER;
        for (var label : labels) {
            if (axis.getRange().contains(label.at())) {
                ticks.add(new NumberTick(label.at(), label.text(), anchor, anchor, 0));
            }
        }
        return ticks;
    }

    private static final class TimeAxis extends NumberAxis {
        @Override
        protected AxisState drawTickMarksAndLabels(
                Graphics2D g2,
                double cursor,
                Rectangle2D plotArea,
                Rectangle2D dataArea,
                RectangleEdge edge) {
            g2.setRenderingHint(FigureGraphics.ANCHOR, anchor(edge));
            return super.drawTickMarksAndLabels(g2, cursor, plotArea, dataArea, edge);
        }
    }

    private static final class LabelledAxis extends NumberAxis {
        private final transient List<Label> labels;

        LabelledAxis(List<Label> labels) {
            this.labels = labels;
        }

        @Override
        public List<NumberTick> refreshTicks(
                Graphics2D g2, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
            return ticks(labels, this, edge);
        }

        @Override
        protected AxisState drawTickMarksAndLabels(
                Graphics2D g2,
                double cursor,
                Rectangle2D plotArea,
                Rectangle2D dataArea,
                RectangleEdge edge) {
            g2.setRenderingHint(FigureGraphics.ANCHOR, anchor(edge));
            return super.drawTickMarksAndLabels(g2, cursor, plotArea, dataArea, edge);
        }
    }

    private static final class LabelledLogAxis extends LogAxis {
        private final transient List<Label> labels;

        LabelledLogAxis(List<Label> labels) {
            this.labels = labels;
        }

        @Override
        public List<NumberTick> refreshTicks(
                Graphics2D g2, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
            return ticks(labels, this, edge);
        }

        @Override
        protected AxisState drawTickMarksAndLabels(
                Graphics2D g2,
                double cursor,
                Rectangle2D plotArea,
                Rectangle2D dataArea,
                RectangleEdge edge) {
            g2.setRenderingHint(FigureGraphics.ANCHOR, anchor(edge));
            return super.drawTickMarksAndLabels(g2, cursor, plotArea, dataArea, edge);
        }
    }
}
