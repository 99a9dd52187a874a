package io.faultline.report.chart;

import io.faultline.model.Kind;
import io.faultline.report.Kinds;
import io.faultline.report.Result;

import java.util.List;

/// A picture of a run, and the numbers behind it.
///
/// A kind is a record; the `permits` clause is the catalogue, in the order in which pages show
/// them.
public sealed interface Figure permits HealthMap, RecoveryGantt, LatencyPercentiles {

    /// Its name in files and ids, such as `health-map`.
    default String name() {
        return Kind.name(this);
    }

    /// What it shows.
    String title();

    /// Draws a run.
    Drawing draw(Result result);

    /// A figure of one run.
    ///
    /// @param lookFor what there is to see in it, or why there is nothing, in a sentence or two
    /// @param svg the figure as an `svg` element, which is painted by classes of the page's style
    ///   sheet; empty if there is nothing to draw
    /// @param legend what is painted how
    /// @param csv the numbers behind it, with a line of headings
    record Drawing(String lookFor, String svg, List<Legend> legend, String csv) {

        static Drawing nothing(String why) {
            return new Drawing(why, "", List.of(), "");
        }

        /// Whether there was nothing to draw.
        public boolean isEmpty() {
            return svg.isEmpty();
        }
    }

    /// A sign in a figure, and what it means.
    ///
    /// @param sign an `svg` element
    record Legend(String sign, String meaning) {

        /// A box as in the figure, with a letter on it if it has one.
        static Legend box(Ink ink, String letter, String meaning) {
            return box(ink, letter, Ink.LETTER, meaning);
        }

        /// A box as in the figure, with a letter on it in an ink of its own.
        static Legend box(Ink ink, String letter, Ink letterInk, String meaning) {
            return new Legend(
                    "<svg class=\"sign\" width=\"26\" height=\"16\" aria-hidden=\"true\"><rect"
                            + " width=\"26\" height=\"16\" class=\"f-"
                            + ink.cssName()
                            + "\"/>"
                            + (letter.isEmpty() ? "" : text(letter, letterInk))
                            + "</svg>",
                    meaning);
        }

        /// A letter.
        static Legend letter(String letter, Ink ink, String meaning) {
            return new Legend(
                    "<svg class=\"sign\" width=\"16\" height=\"16\" viewBox=\"5 0 16 16\""
                            + " aria-hidden=\"true\">"
                            + text(letter, ink)
                            + "</svg>",
                    meaning);
        }

        private static String text(String letter, Ink ink) {
            return "<text x=\"13\" y=\"12\" font-size=\"11\" text-anchor=\"middle\" class=\"f-"
                    + ink.cssName()
                    + "\">"
                    + letter
                    + "</text>";
        }
    }

    /// All figures.
    static List<Figure> all() {
        return Kinds.of(Figure.class);
    }
}
