package io.faultline.report.chart;

import io.faultline.report.chart.FigureGraphics.Anchor;

import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/// Something drawn into a plot, at a place given in the plot's own units.
abstract class Mark extends AbstractXYAnnotation {

    private static final double LETTER_SIZE = 10.5;
    private static final double CAP_HEIGHT = 0.73;

    /// Where the plot puts its units.
    interface Place {
        double x(double value);

        double y(double value);
    }

    abstract void draw(FigureGraphics graphics, Place place);

    @Override
    public void draw(
            Graphics2D g2,
            XYPlot plot,
            Rectangle2D dataArea,
            ValueAxis domain,
            ValueAxis range,
            int rendererIndex,
            PlotRenderingInfo info) {
        draw(
                (FigureGraphics) g2,
                new Place() {
                    @Override
                    public double x(double value) {
                        return domain.valueToJava2D(value, dataArea, RectangleEdge.BOTTOM);
                    }

                    @Override
                    public double y(double value) {
                        return range.valueToJava2D(value, dataArea, RectangleEdge.LEFT);
                    }
                });
    }

    /// A box from `x1` to `x2`, at least `least` pixels wide.
    ///
    /// @param title what is said to who points at it
    static Mark box(
            double x1, double x2, double y1, double y2, Ink ink, double least, String title) {
        return new Mark() {
            @Override
            void draw(FigureGraphics g2, Place place) {
                double left = place.x(x1);
                double width = Math.max(least, place.x(x2) - left);
                double top = Math.min(place.y(y1), place.y(y2));
                double height = Math.abs(place.y(y2) - place.y(y1));
                g2.box(new Rectangle2D.Double(left, top, width, height), ink, title);
            }
        };
    }

    /// A text in the middle of a box, if there is room for it.
    static Mark caption(double x1, double x2, double y1, double y2, Ink ink, String text) {
        return new Mark() {
            @Override
            void draw(FigureGraphics g2, Place place) {
                g2.setFont(BundledFont.of(LETTER_SIZE));
                double width = g2.getFontMetrics().stringWidth(text);
                double room = place.x(x2) - place.x(x1);
                if (width + 3 <= room && Math.abs(place.y(y2) - place.y(y1)) >= LETTER_SIZE) {
                    g2.setPaint(ink.paint());
                    g2.setRenderingHint(FigureGraphics.ANCHOR, Anchor.MIDDLE);
                    double middle = (place.x(x1) + place.x(x2)) / 2;
                    g2.drawString(
                            text, (float) (middle - width / 2), baseline(place.y((y1 + y2) / 2)));
                }
            }
        };
    }

    /// Where letters stand whose middle is at `y`.
    private static float baseline(double y) {
        return (float) (y + CAP_HEIGHT * LETTER_SIZE / 2);
    }

    /// A line.
    static Mark line(
            double x1, double y1, double x2, double y2, Ink ink, float width, float... dash) {
        return new Mark() {
            @Override
            void draw(FigureGraphics g2, Place place) {
                g2.setPaint(ink.paint());
                g2.setStroke(
                        dash.length == 0
                                ? new BasicStroke(width)
                                : new BasicStroke(
                                        width,
                                        BasicStroke.CAP_BUTT,
                                        BasicStroke.JOIN_MITER,
                                        10,
                                        dash,
                                        0));
                g2.draw(new Line2D.Double(place.x(x1), place.y(y1), place.x(x2), place.y(y2)));
            }
        };
    }

    /// A cross over a place, `size` pixels wide.
    static Mark cross(double x, double y, double size, Ink ink) {
        return new Mark() {
            @Override
            void draw(FigureGraphics g2, Place place) {
                double px = place.x(x);
                double py = place.y(y);
                double r = size / 2;
                g2.setPaint(ink.paint());
                g2.setStroke(new BasicStroke(2.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
                g2.draw(new Line2D.Double(px - r, py - r, px + r, py + r));
                g2.draw(new Line2D.Double(px - r, py + r, px + r, py - r));
            }
        };
    }

    /// A text that begins `dx` pixels to the right of a place, or ends so far to the left of it if
    /// `dx` is negative.
    static Mark text(double x, double y, String text, Ink ink, double dx) {
        return new Mark() {
            @Override
            void draw(FigureGraphics g2, Place place) {
                g2.setFont(BundledFont.of(LETTER_SIZE));
                g2.setPaint(ink.paint());
                boolean ends = dx < 0;
                double width = ends ? g2.getFontMetrics().stringWidth(text) : 0;
                g2.setRenderingHint(FigureGraphics.ANCHOR, ends ? Anchor.END : Anchor.START);
                g2.drawString(text, (float) (place.x(x) + dx - width), baseline(place.y(y)));
            }
        };
    }
}
