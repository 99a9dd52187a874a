package io.faultline.scenario.explain;

import io.faultline.scenario.explain.Consequences.Edge;
import io.faultline.scenario.explain.Consequences.Node;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// What would not have happened without what, as a picture: causes to the left of what they led to,
/// each in a box with its time. It is drawn the same every time.
///
/// @param consequences what is drawn
record ConsequencesDrawing(Consequences consequences) {

    private static final int WIDTH = 186;
    private static final int APART = 54;
    private static final int GAP = 10;
    private static final int LINE = 15;
    private static final int MARGIN = 12;
    private static final int PADDING = 8;
    private static final int LETTERS = 27;
    private static final int MOST_LINES = 3;

    /// A node and where it stands.
    ///
    /// @param y the middle of it
    private record Box(int id, Node node, List<String> lines, int x, double y, double height) {
        Box at(double other) {
            return new Box(id, node, lines, x, other, height);
        }
    }

    /// It as an `svg` element, as large as it has to be.
    String svg() {
        var boxes = placed();
        double bottom =
                boxes.stream().mapToDouble(box -> box.y() + box.height() / 2).max().orElse(0);
        int right = boxes.stream().mapToInt(Box::x).max().orElse(0) + WIDTH;
        var svg = new StringBuilder();
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<svg id=\"cascade\" role=\"img\" width=\"%d\" height=\"%d\""
                                + " viewBox=\"0 0 %d %d\" font-size=\"12\" aria-label=\"What would"
                                + " not have happened without what\">\n",
                        right + MARGIN,
                        (int) Math.ceil(bottom) + MARGIN,
                        right + MARGIN,
                        (int) Math.ceil(bottom) + MARGIN));
        for (var box : boxes) {
            for (var edge : box.node().causes()) {
                line(boxes.get(edge.from()), box, edge, svg);
            }
        }
        boxes.forEach(box -> box(box, svg));
        return svg.append("</svg>").toString();
    }

    // Where they stand.

    /// In the order of their numbers.
    private List<Box> placed() {
        var columns = columns();
        var byColumn = new TreeMap<Integer, List<Box>>();
        for (int id = 0; id < columns.length; id++) {
            var node = consequences.nodes().get(id);
            var lines = lines(node);
            byColumn.computeIfAbsent(columns[id], _ -> new ArrayList<>())
                    .add(
                            new Box(
                                    id,
                                    node,
                                    lines,
                                    MARGIN + columns[id] * (WIDTH + APART),
                                    0,
                                    LINE * lines.size() + PADDING));
        }
        var placed = new Box[columns.length];
        byColumn.values().forEach(column -> place(column, placed));
        double top = Double.MAX_VALUE;
        for (var box : placed) {
            top = Math.min(top, box.y() - box.height() / 2);
        }
        var boxes = new ArrayList<Box>();
        for (var box : placed) {
            boxes.add(box.at(box.y() - top + MARGIN));
        }
        return boxes;
    }

    /// Every node stands one to the right of the rightmost of its causes.
    private int[] columns() {
        int[] columns = new int[consequences.nodes().size()];
        for (int id = 0; id < columns.length; id++) {
            for (var edge : consequences.nodes().get(id).causes()) {
                columns[id] = Math.max(columns[id], columns[edge.from()] + 1);
            }
        }
        return columns;
    }

    /// A column from top to bottom, each node near the middle of its causes, then all of it moved
    /// so that it is as near to them as it can be.
    private static void place(List<Box> column, Box[] placed) {
        var sorted =
                column.stream()
                        .map(box -> box.at(wanted(box, placed)))
                        .sorted(
                                Comparator.comparingDouble(Box::y)
                                        .thenComparing(box -> box.node().time())
                                        .thenComparing(Box::id))
                        .toList();
        double free = Double.NEGATIVE_INFINITY;
        double moved = 0;
        var below = new ArrayList<Box>();
        for (var box : sorted) {
            double y = Math.max(box.y(), free + box.height() / 2);
            moved += y - box.y();
            free = y + box.height() / 2 + GAP;
            below.add(box.at(y));
        }
        double up = moved / sorted.size();
        below.forEach(box -> placed[box.id()] = box.at(box.y() - up));
    }

    private static double wanted(Box box, Box[] placed) {
        return box.node().causes().stream()
                .mapToDouble(edge -> placed[edge.from()].y())
                .average()
                .orElse(0);
    }

    // What they look like.

    /// The time, and what happened in a few lines.
    private static List<String> lines(Node node) {
        var lines = new ArrayList<String>();
        lines.add(node.time().toString());
        var line = new StringBuilder();
        for (var word : node.text().split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > LETTERS) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        if (lines.size() > MOST_LINES + 1) {
            lines.subList(MOST_LINES + 1, lines.size()).clear();
            lines.add(lines.removeLast() + " …");
        }
        return lines;
    }

    private static void line(Box from, Box to, Edge edge, StringBuilder svg) {
        int x1 = from.x() + WIDTH;
        int x2 = to.x();
        int bend = Math.max(APART / 2, (x2 - x1) / 2);
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<path class=\"f-none s-text\" opacity=\"0.6\" stroke-width=\"1.4\"%s"
                                + " d=\"M%d %.1fC%d %.1f %d %.1f %d %.1f\"/><path class=\"f-text\""
                                + " opacity=\"0.6\" d=\"M%d %.1fl-7 -3.5v7z\"/>\n",
                        edge.joint() ? " stroke-dasharray=\"6 4\"" : "",
                        x1,
                        from.y(),
                        x1 + bend,
                        from.y(),
                        x2 - bend,
                        to.y(),
                        x2 - 6,
                        to.y(),
                        x2,
                        to.y()));
    }

    private void box(Box box, StringBuilder svg) {
        var node = box.node();
        double top = box.y() - box.height() / 2;
        svg.append("<g><title>")
                .append(escaped(node.time() + "  " + node.text() + consequences.remarks(box.id())))
                .append("</title>");
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" rx=\"%d\""
                                + " class=\"%s\" stroke-width=\"%s\"%s/>",
                        box.x(),
                        top,
                        WIDTH,
                        box.height(),
                        node.what().isPlanned() ? 12 : 3,
                        paint(node),
                        node.what() == Consequences.What.VERDICT ? "2.5" : "1",
                        node.what() == Consequences.What.LOSS ? " stroke-dasharray=\"3 3\"" : ""));
        for (int i = 0; i < box.lines().size(); i++) {
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<text x=\"%d\" y=\"%.1f\" class=\"%s\"%s>",
                            box.x() + PADDING,
                            top + LINE * (i + 1) - 1,
                            i == 0 ? "f-muted" : "f-text",
                            i == 0 ? " font-size=\"11\"" : ""));
            svg.append(escaped(box.lines().get(i))).append("</text>");
        }
        svg.append("</g>\n");
    }

    private static String paint(Node node) {
        return switch (node.what()) {
            case FAULT, ACTION -> "c-fault s-curve-5";
            case FAILURE -> node.hit().isEmpty() ? "c-paper s-text" : "f-phase s-text";
            case LOSS -> "c-wait s-text";
            case VERDICT -> "c-paper s-bad";
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
