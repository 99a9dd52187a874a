package io.faultline.scenario.format;

import java.util.Comparator;

/// Something wrong in a file, said to the person who can put it right.
///
/// @param file the file, or the command-line option, that it is in
/// @param line from 1; 0 if the problem is with the whole of it
/// @param column from 1; 0 if the problem is with the whole of it
/// @param message what is wrong; what is allowed — did you mean 'x'?
/// @param source the text of that line; empty if there is none
public record Problem(String file, int line, int column, String message, String source)
        implements Comparable<Problem> {

    private static final Comparator<Problem> BY_POSITION =
            Comparator.comparing(Problem::file)
                    .thenComparingInt(Problem::line)
                    .thenComparingInt(Problem::column)
                    .thenComparing(Problem::message);

    private static final int WIDTH = 100;

    @Override
    public int compareTo(Problem other) {
        return BY_POSITION.compare(this, other);
    }

    /// One line: `file:line:column: message`.
    @Override
    public String toString() {
        return line == 0
                ? file + ": " + message
                : file + ":" + line + ":" + column + ": " + message;
    }

    /// The one line, the line of the file that it is about, and a caret under the very place.
    public String withExcerpt() {
        if (line == 0 || source.isBlank()) {
            return toString();
        }
        // A tab is as wide as the terminal likes, so the caret could not be put under its place.
        var points = source.replace('\t', ' ').codePoints().toArray();
        int at = Math.min(column - 1, points.length);
        int from = Math.max(0, Math.min(at - WIDTH / 2, points.length - WIDTH));
        int to = Math.min(points.length, from + WIDTH);
        var excerpt = new String(points, from, to - from).stripTrailing();
        return toString() + "\n    " + excerpt + "\n    " + " ".repeat(at - from) + "^";
    }
}
