package io.faultline.scenario.explain;

import io.faultline.report.Html;
import io.faultline.report.Quantity;
import io.faultline.report.chart.Figure.Drawing;
import io.faultline.report.chart.Likelihood;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `explain.html`: an explanation on one page.
///
/// @param report the explanation
public record ExplainPage(ExplainReport report) {

    private static final String LOOK_FOR =
            "Each point is a run that is repeated up to that instant, with other chances from then"
                    + " on. Where the curve jumps, something was decided; after that, hardly"
                    + " anything else could have come. A curve at 100 % from the start means that"
                    + " chance had no part in it.";

    private static final String LOOK_FOR_CAUSES =
            "A line leads from a cause, on the left, to what did not happen in a run without it;"
                    + " from a dashed one, only in a run without others as well. Rounded: what was"
                    + " planned. Grey: damage, which is a partition that no fault concerns and that"
                    + " failed and was out of service; with a dotted border, it was out of service"
                    + " only. White: a failure that is no damage. With a thick border: what is"
                    + " explained. Point at a box for all there is to say of it.";

    /// The page.
    public String html() {
        var explanation = report.explanation();
        var name = explanation.run().scenario();
        return Html.page("why: " + name + " – Faultline", Optional.empty(), this::fill);
    }

    private void fill(Html html) {
        var explanation = report.explanation();
        banner(explanation, html);
        section("What led to it", html);
        lines(report.chain(), html);
        explanation
                .consequences()
                .ifPresent(consequences -> {
                    section("What would not have happened without what", html);
                    tree(consequences, html);
                    numbers(consequences, html);
                });
        explanation
                .noReturn()
                .ifPresent(noReturn -> {
                    section("When it was decided", html);
                    figure(noReturn, html);
                });
        section("What next", html);
        html.raw("<div class=\"card\"><p>Repeat the run, event for event:</p>");
        html.raw("<div class=\"command\">");
        html.element("code", report.replay());
        html.raw("</div></div>\n");
    }

    private static void banner(Explanation explanation, Html html) {
        var run = explanation.run();
        html.raw("<header class=\"banner violated\">\n");
        html.raw("<div class=\"mark\" aria-hidden=\"true\">?</div><div>");
        html.raw("<p class=\"kicker\">Faultline · explanation</p>\n");
        html.raw("<h1><span class=\"word\">Why</span> ");
        html.text(explanation.subject().name() + explanation.subject().fate());
        html.raw("</h1>\n");
        html.element("p", explanation.subject().finding());
        html.raw("<p class=\"kicker\">");
        html.text(
                run.scenario()
                        + ", seed "
                        + run.seed()
                        + ", fingerprint "
                        + run.fingerprint().substring(0, 12));
        html.raw("</p></div></header>\n");
    }

    private static void section(String title, Html html) {
        html.element("h2", title);
        html.raw("\n");
    }

    private static void lines(List<String> lines, Html html) {
        html.raw("<div class=\"card scroll\">");
        html.element("pre", String.join("\n", lines));
        html.raw("</div>\n");
    }

    private static void tree(Consequences consequences, Html html) {
        html.raw("<figure class=\"card\">\n<p class=\"look\"><b>What to look for.</b> ");
        html.text(LOOK_FOR_CAUSES);
        html.raw("</p>\n<div class=\"scroll\">" + new ConsequencesDrawing(consequences).svg());
        html.raw("</div>\n<details><summary>In words</summary><div class=\"scroll\">");
        html.element("pre", String.join("\n", consequences.tree()));
        html.raw("</div></details></figure>\n");
    }

    private static void numbers(Consequences consequences, Html html) {
        html.raw("<div class=\"card\">");
        ExplainReport.damage(consequences).forEach(sentence -> html.element("p", sentence));
        html.raw("<dl class=\"counts\">");
        number("damage", Integer.toString(consequences.pieces()), html);
        number(
                "damage for each fault (R)",
                String.format(Locale.ROOT, "%.2f", consequences.reproduction()),
                html);
        number(
                "failures that a failure led to",
                String.format(Locale.ROOT, "%.2f", consequences.offspring()),
                html);
        number(
                "failures one after the other (depth)",
                Integer.toString(consequences.depth()),
                html);
        number(
                "most of them at one step (breadth)",
                Integer.toString(consequences.breadth()),
                html);
        number("from first failure to last", Quantity.time(consequences.spread().toNanos()), html);
        number("self-sustaining", consequences.isSelfSustaining() ? "yes" : "no", html);
        number("out of service if longer than", Quantity.time(consequences.slo().toNanos()), html);
        number(
                "same if not further apart than",
                Quantity.time(consequences.window().toNanos()),
                html);
        number("runs", Integer.toString(consequences.runs()), html);
        number(
                "pairs of causes tried",
                consequences.pairs().tried() + " of " + consequences.pairs().all(),
                html);
        html.raw("</dl>\n<div class=\"scroll\"><table class=\"numbers\"><thead><tr>");
        html.raw("<th>Without</th><th>Is all the same until</th>");
        html.raw("<th class=\"number\">Same of what does not follow from it</th>");
        html.raw("<th class=\"number\">Streams with as many draws</th></tr></thead><tbody>\n");
        for (var of : consequences.alignments()) {
            var alignment = of.alignment();
            html.raw("<tr>");
            html.element("td", "fault " + of.fault());
            html.element("td", alignment.diverged().map(Object::toString).orElse("the end"));
            cell(Quantity.share(alignment.score()), html);
            cell(alignment.alike() + " of " + alignment.streams(), html);
            html.raw("</tr>\n");
        }
        html.raw("</tbody></table></div></div>\n");
    }

    private static void number(String name, String value, Html html) {
        html.raw("<div>");
        html.element("dt", name);
        html.element("dd", value);
        html.raw("</div>");
    }

    private static void cell(String value, Html html) {
        html.raw("<td class=\"number\">");
        html.text(value);
        html.raw("</td>");
    }

    private void figure(NoReturn noReturn, Html html) {
        var drawing = drawing(noReturn);
        html.raw("<figure class=\"card\" id=\"likelihood\">\n<figcaption>");
        html.element("h3", "Share of runs that end in the same way");
        html.raw("<p class=\"look\">");
        html.raw(drawing.isEmpty() ? "" : "<b>What to look for.</b> ");
        html.text(drawing.lookFor());
        html.raw("</p></figcaption>\n");
        if (!drawing.isEmpty()) {
            html.raw("<div class=\"scroll\">" + drawing.svg() + "</div>\n<ul class=\"legend\">");
            for (var entry : drawing.legend()) {
                html.raw("<li>" + entry.sign());
                html.element("span", entry.meaning());
                html.raw("</li>");
            }
            html.raw("</ul>\n<p class=\"source\"><a download=\"likelihood.csv\"");
            html.raw(" href=\"data:text/csv;charset=utf-8;base64,");
            html.raw(
                    Base64.getEncoder()
                            .encodeToString(drawing.csv().getBytes(StandardCharsets.UTF_8)));
            html.raw("\">Download the data (CSV)</a></p>\n");
        }
        html.raw("</figure>\n<div class=\"card\">");
        report.decided(noReturn).forEach(sentence -> html.element("p", sentence));
        html.raw("</div>\n");
    }

    private static Drawing drawing(NoReturn noReturn) {
        var points =
                noReturn.points().stream()
                        .map(point ->
                                new Likelihood.Point(
                                        point.at().nanos() / 1e9,
                                        point.share(),
                                        point.confidence().low(),
                                        point.confidence().high()))
                        .toList();
        return new Likelihood("Share of runs that end in the same way", points).draw(LOOK_FOR);
    }
}
