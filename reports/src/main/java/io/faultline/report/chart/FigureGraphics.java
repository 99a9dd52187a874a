package io.faultline.report.chart;

import org.apache.batik.svggen.DOMGroupManager;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;

import java.awt.Color;
import java.awt.Graphics;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/// Draws a chart as SVG to be put into a page: small, the same every time, with text that is text,
/// and painted in [Ink]s.
final class FigureGraphics extends SVGGraphics2D {

    /// How the texts are anchored that are drawn next. Browsers have other fonts than we measure
    /// with: a text that was placed by its end has to end there in every font.
    static final RenderingHints.Key ANCHOR = new AnchorKey();

    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final Map<String, Ink> INKS = inks();
    private static final Set<String> PAINTS = Set.of("fill", "stroke");
    private static final Set<String> KEPT =
            Set.of(
                    ("x y x1 x2 y1 y2 cx cy r width height d points transform font-size"
                                    + " stroke-width stroke-dasharray stroke-linecap text-anchor")
                            .split(" "));

    /// Where a text is held.
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    private FigureGraphics(SVGGeneratorContext context) {
        super(context, false);
        setRenderingHint(ANCHOR, Anchor.MIDDLE);
    }

    private FigureGraphics(FigureGraphics other) {
        super(other);
    }

    @Override
    public Graphics create() {
        return new FigureGraphics(this);
    }

    /// The chart as an `svg` element.
    ///
    /// @param label what it shows, for those who cannot see it
    static String svg(String label, JFreeChart chart, int width, int height) {
        var graphics = new FigureGraphics(context());
        chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
        var svg = new StringBuilder();
        svg.append("<svg class=\"figure\" role=\"img\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" aria-label=\"")
                .append(escaped(label))
                .append("\">");
        write(graphics.getRoot(), svg);
        return svg.append("</svg>").toString();
    }

    private static SVGGeneratorContext context() {
        try {
            var document =
                    DocumentBuilderFactory.newDefaultInstance()
                            .newDocumentBuilder()
                            .getDOMImplementation()
                            .createDocument(SVG, "svg", null);
            var context = SVGGeneratorContext.createDefault(document);
            context.setPrecision(2);
            return context;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK has no DOM", e);
        }
    }

    @Override
    public void drawString(String text, float x, float y) {
        if (text.isBlank()) {
            return;
        }
        // As JFreeChart measures it.
        double width = getFontMetrics().stringWidth(text);
        var anchor = (Anchor) getRenderingHint(ANCHOR);
        var element = element("text");
        switch (anchor) {
            case START -> attribute(element, "x", x);
            case MIDDLE -> attribute(element, "x", x + width / 2);
            case END -> attribute(element, "x", x + width);
        }
        attribute(element, "y", y);
        if (anchor != Anchor.START) {
            element.setAttribute("text-anchor", anchor.name().toLowerCase(Locale.ROOT));
        }
        element.appendChild(document().createTextNode(text));
        domGroupManager.addElement(element, DOMGroupManager.FILL);
    }

    /// Fills a rectangle, and says what it is to who points at it.
    void box(Rectangle2D box, Ink ink, String title) {
        var element = element("rect");
        attribute(element, "x", box.getX());
        attribute(element, "y", box.getY());
        attribute(element, "width", box.getWidth());
        attribute(element, "height", box.getHeight());
        element.setAttribute("class", "f-" + ink.cssName() + " s-none");
        if (!title.isEmpty()) {
            var what = element("title");
            what.appendChild(document().createTextNode(title));
            element.appendChild(what);
        }
        // Its own class says how it is painted; the paint of the group is of no matter.
        domGroupManager.addElement(element, DOMGroupManager.FILL);
    }

    private Document document() {
        return getDOMFactory();
    }

    private Element element(String name) {
        return document().createElementNS(SVG, name);
    }

    private static void attribute(Element element, String name, double value) {
        element.setAttribute(name, number(value));
    }

    /// A number with one digit after the point at most, which is a tenth of a pixel.
    private static String number(double value) {
        long tenths = Math.round(value * 10);
        return tenths % 10 == 0
                ? Long.toString(tenths / 10)
                : (tenths < 0 ? "-" : "") + Math.abs(tenths) / 10 + "." + Math.abs(tenths) % 10;
    }

    // From here on: writing what Batik made.

    private static void write(Node node, StringBuilder svg) {
        switch (node) {
            case Text text -> svg.append(escaped(text.getData()));
            case Element element -> write(element, svg);
            default -> {}
        }
    }

    private static void write(Element element, StringBuilder svg) {
        var name = element.getTagName();
        boolean isBare = name.equals("svg") || name.equals("g") && attributes(element).isEmpty();
        // Definitions hold nothing but clips, and nothing that we draw leaves its plot.
        if (name.equals("defs") || name.equals("g") && isEmpty(element)) {
            return;
        }
        if (!isBare) {
            svg.append('<').append(name).append(attributes(element));
            if (!element.hasChildNodes()) {
                svg.append("/>");
                return;
            }
            svg.append('>');
        }
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            write(child, svg);
        }
        if (!isBare) {
            svg.append("</").append(name).append('>');
        }
    }

    private static boolean isEmpty(Element group) {
        for (var child = group.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element) {
                return false;
            }
        }
        return true;
    }

    private static String attributes(Element element) {
        var classes = new TreeSet<String>();
        var written = new StringBuilder();
        var attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            var attribute = attributes.item(i);
            var name = attribute.getNodeName();
            var value = attribute.getNodeValue();
            if (name.equals("class")) {
                classes.add(value);
            } else if (KEPT.contains(name)) {
                written.append(pair(name, value));
            } else if (PAINTS.contains(name) && !element.hasAttribute("class")) {
                // A box knows by its own class what it is filled with.
                classes.add(name.charAt(0) + "-" + ink(value));
            }
        }
        return classes.isEmpty()
                ? written.toString()
                : pair("class", String.join(" ", classes)) + written;
    }

    private static String ink(String paint) {
        return Optional.ofNullable(INKS.get(paint)).map(Ink::cssName).orElse("none");
    }

    private static String pair(String name, String value) {
        return " " + name + "=\"" + escaped(value) + "\"";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static Map<String, Ink> inks() {
        var inks = new HashMap<String, Ink>();
        for (var ink : Ink.values()) {
            Color paint = ink.paint();
            inks.put(
                    "rgb(" + paint.getRed() + "," + paint.getGreen() + "," + paint.getBlue() + ")",
                    ink);
        }
        return inks;
    }

    private static final class AnchorKey extends RenderingHints.Key {
        AnchorKey() {
            super(0x5AFE);
        }

        @Override
        public boolean isCompatibleValue(Object value) {
            return value instanceof Anchor;
        }
    }
}
