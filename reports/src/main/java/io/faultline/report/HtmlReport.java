package io.faultline.report;

import io.faultline.kernel.SimTime;
import io.faultline.model.Kind;
import io.faultline.report.chart.Figure;
import io.faultline.report.chart.Figure.Legend;
import io.faultline.report.diagnosis.Certificate;
import io.faultline.report.diagnosis.Certificate.Fact;
import io.faultline.report.metric.Most;
import io.faultline.report.metric.Ratio;
import io.faultline.report.metric.Samples;
import io.faultline.report.metric.Statistic;
import io.faultline.report.metric.Tally;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Judgement;
import io.faultline.report.verdict.Verdict;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// `report.html`: a run on one page, in the order of the questions that are asked of it: did it
/// hold, where and when did it go wrong, why, and what next.
///
/// The page is one file and fetches nothing, which its content security policy enforces; it follows
/// the reader's choice of light or dark, and can be read without colour.
public record HtmlReport() implements Report {

    private static final int MAX_EVENTS = 600;
    private static final int MAX_FACTS = 20;
    private static final int MAX_FINDINGS = 12;

    @Override
    public Path write(Result result, Path folder) throws IOException {
        return WholeFile.write(folder.resolve("report.html"), page(result));
    }

    private static String page(Result result) {
        var title =
                Kind.name(result.verdict().answer()) + ": " + result.scenario() + " – Faultline";
        return Html.page(title, Optional.of("report.js"), html -> fill(result, html));
    }

    private static void fill(Result result, Html html) {
        banner(result, html);
        facts(result, html);
        expectations(result.verdict(), html);
        findings(result, html);
        var figures = Figure.all();
        section("when", "Where and when", html);
        figure(figures.get(0), result, html);
        alerts(Alert.of(result.trace()), html);
        section("why", "Why", html);
        figure(figures.get(1), result, html);
        figure(figures.get(2), result, html);
        latencies(result, html);
        counts(result, html);
        timeline(result, html);
        next(result, html);
    }

    private static void banner(Result result, Html html) {
        var verdict = result.verdict();
        var answer = Kind.name(verdict.answer());
        html.raw("<header class=\"banner " + answer + "\">\n");
        html.raw("<div class=\"mark\" aria-hidden=\"true\">" + verdict.answer().mark() + "</div>");
        html.raw("<div><p class=\"kicker\">Faultline · run report</p>\n");
        html.raw("<h1><span class=\"word\">");
        html.text(capital(answer));
        html.raw("</span> ");
        html.text(result.scenario());
        html.raw("</h1>\n");
        html.element("p", summary(verdict));
        html.raw("</div>\n");
        html.raw("<div class=\"tally\">");
        for (var counted : List.of(Answer.VIOLATED, Answer.INCONCLUSIVE, Answer.HELD)) {
            long count = verdict.count(counted);
            html.raw("<div class=\"" + (count == 0 ? "none" : Kind.name(counted)) + "\"><b>");
            html.text(Quantity.count(count));
            html.raw("</b><span>" + counted.mark() + " " + Kind.name(counted) + "</span></div>");
        }
        html.raw("</div>\n</header>\n");
    }

    private static String summary(Verdict verdict) {
        return switch (verdict.answer()) {
            case HELD -> "Every expectation was put to the test, and held.";
            case INCONCLUSIVE ->
                    "Nothing was violated, but not everything was put to the test: this run proves"
                            + " less than it seems to.";
            case VIOLATED ->
                    capital(String.join(", ", verdict.violated().map(Kind::name).toList()))
                            + " violated. What happened first is usually what matters.";
        };
    }

    private static void facts(Result result, Html html) {
        var outcome = result.outcome();
        var facts = new LinkedHashMap<String, String>();
        facts.put("Seed", Long.toString(result.seed()));
        facts.put("Virtual time", outcome.clock().toString());
        facts.put("Events", Quantity.count(outcome.events()));
        facts.put("Observations", Quantity.count(result.trace().size()));
        facts.put("Exit code", Integer.toString(result.verdict().exitCode()));
        facts.put("Version", result.version());
        html.raw("<dl class=\"facts\">");
        facts.forEach((name, value) -> {
            html.raw("<div>");
            html.element("dt", name);
            html.element("dd", value);
            html.raw("</div>");
        });
        html.raw("<div class=\"wide\"><dt>Ended</dt><dd>");
        html.text("at " + outcome.clock() + ": " + TextSummary.ending(outcome.ending()));
        html.raw("</dd></div>\n");
        html.raw("<div class=\"wide\"><dt>Fingerprint</dt><dd><code>");
        html.text(result.fingerprint());
        html.raw("</code></dd></div></dl>\n");
    }

    private static void expectations(Verdict verdict, Html html) {
        section("expectations", "Did it hold?", html);
        var urgent = new ArrayList<Judgement>();
        var held = new ArrayList<Judgement>();
        for (var judgement : verdict.byUrgency()) {
            (judgement.answer() == Answer.HELD ? held : urgent).add(judgement);
        }
        if (!urgent.isEmpty()) {
            judgements(urgent, html);
        }
        if (!held.isEmpty()) {
            boolean open = urgent.isEmpty();
            html.raw("<details" + (open ? " open" : "") + "><summary>");
            html.text(Quantity.count(held.size(), "expectation") + " held");
            html.raw("</summary>\n");
            judgements(held, html);
            html.raw("</details>\n");
        }
    }

    private static void judgements(List<Judgement> judgements, Html html) {
        html.raw("<div class=\"scroll\"><table class=\"judgements\"><thead><tr><th>Answer</th>");
        html.raw("<th>Expectation</th><th>Concern</th><th>Finding</th></tr></thead><tbody>\n");
        for (var judgement : judgements) {
            var answer = Kind.name(judgement.answer());
            html.raw("<tr><td><span class=\"badge " + answer + "\">");
            html.text(judgement.answer().mark() + " " + answer);
            html.raw("</span></td><td><code>");
            html.text(judgement.name());
            html.raw("</code></td>");
            html.element("td", Kind.name(judgement.concern()));
            html.element("td", capital(judgement.remark()));
            html.raw("</tr>\n");
        }
        html.raw("</tbody></table></div>\n");
    }

    private static void findings(Result result, Html html) {
        if (result.findings().isEmpty()) {
            return;
        }
        section("found", "What was found", html);
        var kinds = new LinkedHashMap<String, List<Integer>>();
        for (int i = 0; i < result.findings().size(); i++) {
            var finding = result.findings().get(i);
            kinds.computeIfAbsent(finding.label() + finding.certainty(), _ -> new ArrayList<>())
                    .add(i);
        }
        kinds.values().forEach(indices -> findings(indices, result, html));
        html.raw("<p class=\"note\">Found whether or not the scenario expects otherwise; the");
        html.raw(" numbers are those in the figure below. B is the sum of the delays on the");
        html.raw(" slowest way to recovery; <code>result.json</code> has the certificates in");
        html.raw(" full.</p>\n");
    }

    /// The findings of one kind.
    private static void findings(List<Integer> indices, Result result, Html html) {
        var first = result.findings().get(indices.getFirst());
        html.raw("<div class=\"card finding\"><h3><span class=\"badge ");
        html.raw(first.isCertain() ? "violated" : "inconclusive");
        html.raw("\">");
        html.text(Kind.name(first.certainty()));
        html.raw("</span> ");
        html.element("code", first.label());
        html.raw("</h3>\n");
        for (int index : indices.subList(0, Math.min(MAX_FINDINGS, indices.size()))) {
            var finding = result.findings().get(index);
            html.raw("<p><b class=\"no\">" + (index + 1) + "</b> ");
            html.text(
                    "From "
                            + finding.from()
                            + " to "
                            + finding.to()
                            + ": "
                            + finding.sentence()
                            + ".");
            html.raw("</p>\n");
            certificate(finding.certificate(), result, html);
        }
        if (indices.size() > MAX_FINDINGS) {
            html.element("p", "… and " + Quantity.count(indices.size() - MAX_FINDINGS) + " more.");
        }
        html.raw("</div>\n");
    }

    /// The sets, facts and cycle on which a finding rests.
    private static void certificate(Certificate certificate, Result result, Html html) {
        var facts = certificate.facts();
        html.raw("<details><summary>");
        html.text("Certificate: " + words(Kind.name(certificate)));
        html.text(facts.isEmpty() ? "" : ", " + Quantity.count(facts.size(), "fact"));
        html.raw("</summary>\n");
        var inShort = certificate.inShort(result.trace());
        if (!inShort.isEmpty()) {
            html.raw("<ul>");
            inShort.forEach(line -> html.element("li", capital(line)));
            html.raw("</ul>\n");
        }
        if (!facts.isEmpty()) {
            facts(facts.subList(0, Math.min(MAX_FACTS, facts.size())), result, html);
        }
        if (facts.size() > MAX_FACTS) {
            html.element("p", "… and " + Quantity.count(facts.size() - MAX_FACTS) + " more.");
        }
        if (!certificate.details().isEmpty()) {
            html.raw("<ol>");
            certificate.details().forEach(detail -> html.element("li", detail));
            html.raw("</ol>\n");
        }
        html.raw("</details>\n");
    }

    private static void facts(List<Fact> facts, Result result, Html html) {
        html.raw("<div class=\"scroll\"><table class=\"numbers\"><thead><tr>");
        html.raw("<th class=\"number\">Time</th><th class=\"number\">Entry</th><th>Fact</th>");
        html.raw("<th>What was observed</th></tr></thead><tbody>\n");
        for (var fact : facts) {
            var entry = result.trace().get(fact.entry());
            html.raw("<tr>");
            number(entry.time().toString(), html);
            number(Quantity.count(fact.entry()), html);
            html.element("td", capital(fact.text()));
            html.element(
                    "td",
                    Said.of(entry.what()).map(Said::text).map(HtmlReport::capital).orElse("–"));
            html.raw("</tr>\n");
        }
        html.raw("</tbody></table></div>\n");
    }

    private static String words(String name) {
        return name.replace('-', ' ');
    }

    private static void figure(Figure figure, Result result, Html html) {
        html.raw("<figure class=\"card\" id=\"" + figure.name() + "\">\n<figcaption>");
        html.element("h3", figure.title());
        var drawing = figure.draw(result);
        html.raw("<p class=\"look\">");
        html.raw(drawing.isEmpty() ? "" : "<b>What to look for.</b> ");
        html.text(drawing.lookFor());
        html.raw("</p></figcaption>\n");
        if (drawing.isEmpty()) {
            html.raw("</figure>\n");
            return;
        }
        html.raw("<div class=\"scroll\">");
        html.raw(drawing.svg());
        html.raw("</div>\n");
        legend(drawing.legend(), html);
        html.raw("<p class=\"source\"><a download=\"");
        html.text(result.scenario() + "-" + result.seed() + "-" + figure.name() + ".csv");
        html.raw("\" href=\"data:text/csv;charset=utf-8;base64,");
        html.raw(
                Base64.getEncoder().encodeToString(drawing.csv().getBytes(StandardCharsets.UTF_8)));
        html.raw("\">Download the data (CSV)</a><span>Made by <code>");
        html.text(result.replay());
        html.raw("</code></span></p>\n</figure>\n");
    }

    private static void alerts(List<Alert> alerts, Html html) {
        if (alerts.isEmpty()) {
            return;
        }
        html.raw("<div class=\"card\" id=\"alerts\"><h3>Alerts of the monitor</h3>");
        html.raw("<div class=\"scroll\"><table class=\"numbers\"><thead><tr><th>Alert</th>");
        html.raw("<th>Reading</th><th class=\"number\">Raised</th>");
        html.raw("<th class=\"number\">Cleared</th></tr></thead><tbody>\n");
        for (var alert : alerts) {
            html.raw("<tr><td>");
            html.element("code", Kind.name(alert.rule()));
            html.raw("</td>");
            html.element("td", alert.reading());
            number(alert.from().toString(), html);
            number(alert.until().map(SimTime::toString).orElse("–"), html);
            html.raw("</tr>\n");
        }
        html.raw("</tbody></table></div></div>\n");
    }

    private static void legend(List<Legend> legend, Html html) {
        html.raw("<ul class=\"legend\">");
        for (var entry : legend) {
            html.raw("<li>" + entry.sign());
            html.element("span", entry.meaning());
            html.raw("</li>");
        }
        html.raw("</ul>\n");
    }

    private static void latencies(Result result, Html html) {
        html.raw("<div class=\"card\"><h3>Latencies</h3><div class=\"scroll\">");
        html.raw("<table class=\"numbers\"><thead><tr><th>Metric</th><th>What it measures</th>");
        for (var heading : List.of("n", "min", "mean", "p50", "p90", "p99", "p99.9", "max")) {
            html.raw("<th class=\"number\">" + heading + "</th>");
        }
        html.raw("</tr></thead><tbody>\n");
        for (var latency : result.latencies().entrySet()) {
            var samples = latency.getValue();
            html.raw("<tr><td>");
            html.element("code", latency.getKey());
            html.raw("</td>");
            html.element("td", result.metric(latency.getKey()).description());
            number(Quantity.count(samples.count()), html);
            for (var statistic : List.of("min", "mean", "p50", "p90", "p99", "p99.9", "max")) {
                number(time(samples, Statistic.parse(statistic)), html);
            }
            html.raw("</tr>\n");
        }
        html.raw("</tbody></table></div></div>\n");
    }

    private static String time(Samples samples, Statistic statistic) {
        var value = samples.value(statistic);
        return value.isPresent() ? Quantity.time(Math.round(value.getAsDouble())) : "–";
    }

    private static void counts(Result result, Html html) {
        html.raw("<div class=\"card\"><h3>Counts</h3><dl class=\"counts\">");
        result.measurements()
                .forEach((name, measurement) -> {
                    var value =
                            switch (measurement) {
                                case Tally(var count) -> Quantity.count(count);
                                case Most(var number) -> Quantity.count(number);
                                case Ratio ratio when ratio.isEmpty() -> "–";
                                case Ratio ratio -> Quantity.share(ratio.share());
                                case Samples _ -> "";
                            };
                    if (!value.isEmpty()) {
                        html.raw("<div title=\"");
                        html.text(result.metric(name).description());
                        html.raw("\"><dt><code>");
                        html.text(name);
                        html.raw("</code></dt>");
                        html.element("dd", value);
                        html.raw("</div>");
                    }
                });
        html.raw("</dl></div>\n");
    }

    private static void number(String value, Html html) {
        html.raw("<td class=\"number\">");
        html.text(value);
        html.raw("</td>");
    }

    private static void timeline(Result result, Html html) {
        section("timeline", "What happened", html);
        var rows = new ArrayList<String>();
        for (var entry : result.trace()) {
            Said.of(entry.what())
                    .ifPresent(said -> rows.add(row(entry.time().toString(), said, entry.actor())));
        }
        html.raw("<div class=\"filter\"><input id=\"filter\" type=\"search\" placeholder=\"");
        html.raw("Filter, for example P3 or recovery\" aria-label=\"Filter events\">");
        html.raw("<span id=\"shown\" role=\"status\">");
        html.text(Quantity.count(rows.size(), "event"));
        html.raw(
                "</span></div>\n<div class=\"scroll tall\"><table class=\"events\" id=\"events\">");
        html.raw("<thead><tr><th class=\"number\">Time</th><th>Topic</th><th>Event</th>");
        html.raw("<th>Actor</th></tr></thead><tbody>\n");
        if (rows.size() <= MAX_EVENTS) {
            rows.forEach(html::raw);
        } else {
            int head = MAX_EVENTS * 3 / 4;
            rows.subList(0, head).forEach(html::raw);
            html.raw("<tr class=\"cut\"><td></td><td></td><td>");
            html.text(
                    "… "
                            + Quantity.count(rows.size() - MAX_EVENTS)
                            + " more, all of them in events.ndjson …");
            html.raw("</td><td></td></tr>\n");
            rows.subList(rows.size() - (MAX_EVENTS - head), rows.size()).forEach(html::raw);
        }
        html.raw("</tbody></table></div>\n");
        html.raw("<p class=\"note\">Messages, operations and rounds that went well are left out");
        html.raw(" here; the file <code>events.ndjson</code> has everything.</p>\n");
    }

    private static String row(String time, Said said, String actor) {
        var row = Html.part();
        var topic = Kind.name(said.topic());
        row.raw("<tr><td class=\"number\">" + time + "</td><td><span class=\"topic t-" + topic);
        row.raw("\">" + topic + "</span></td>");
        row.element("td", capital(said.text()));
        row.raw("<td class=\"actor\">");
        row.text(actor);
        row.raw("</td></tr>\n");
        return row.toString();
    }

    private static void next(Result result, Html html) {
        section("next", "What next", html);
        html.raw("<div class=\"card\"><p>Repeat this run, event for event:</p>");
        html.raw("<div class=\"command\"><code id=\"command\">");
        html.text(result.replay());
        html.raw("</code><button type=\"button\" id=\"copy\">Copy</button></div>\n");
        html.raw("<p class=\"note\">The same version with the same seed ends with the same");
        html.raw(" fingerprint. Beside this page: <code>result.json</code> has every number,");
        html.raw(" <code>events.ndjson</code> every observation, <code>hist/</code> the");
        html.raw(" distributions.</p></div>\n");
    }

    private static void section(String id, String title, Html html) {
        html.raw("<h2 id=\"" + id + "\">");
        html.text(title);
        html.raw("</h2>\n");
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
