package io.faultline.report;

import io.faultline.kernel.Outcome;
import io.faultline.model.Kind;
import io.faultline.report.diagnosis.Finding;
import io.faultline.report.metric.Measurement;
import io.faultline.report.metric.Samples;
import io.faultline.report.metric.Statistic;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Judgement;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A run on one screen, for a terminal: at most [#MAX_LINES] lines, what calls for attention first,
/// and understandable without colour.
///
/// @param colour whether to colour the answers by ANSI escape codes
public record TextSummary(boolean colour) {

    /// How many lines are printed at most.
    public static final int MAX_LINES = 25;

    private static final List<String> LATENCIES =
            List.of("suspicion.latency", "detection.latency", "recovery.latency");

    // Facts and latencies take 12 lines, the last word two.
    private static final int MAX_JUDGEMENTS = MAX_LINES - 14;
    private static final int MAX_NAME = 60;
    private static final int MAX_FINDINGS = 3;

    /// Prints a summary.
    public void print(Result result, Appendable out) throws IOException {
        for (var line : lines(result)) {
            out.append(line).append('\n');
        }
    }

    private List<String> lines(Result result) {
        var lines = new ArrayList<String>();
        lines.add(
                painted(result.verdict().answer(), result.answerInWords().toUpperCase(Locale.ROOT))
                        + "  "
                        + result.scenario());
        lines.add("");
        facts(result, lines);
        lines.add("");
        latencies(result.measurements(), lines);
        lines.add("");
        var found = findings(result.findings());
        judgements(result.verdict().byUrgency(), MAX_JUDGEMENTS - found.size(), lines);
        lines.addAll(found);
        if (result.verdict().answer() != Answer.HELD) {
            lines.add("");
            lines.add("reproduce: " + result.replay());
        }
        return lines;
    }

    private static void facts(Result result, List<String> lines) {
        lines.add("  seed          " + result.seed());
        lines.add("  fingerprint   " + result.fingerprint());
        lines.add(
                "  virtual time  "
                        + result.outcome().clock()
                        + " ("
                        + ending(result.outcome().ending())
                        + ")");
        lines.add(
                "  events        "
                        + Quantity.count(result.outcome().events())
                        + ", of which observed: "
                        + Quantity.count(result.trace().size()));
    }

    static String ending(Outcome.Ending ending) {
        return switch (ending) {
            case EXHAUSTED -> "nothing was left to happen";
            case END_TIME -> "the end time was reached";
            case STOPPED -> "the run was stopped";
            case INTERRUPTED -> "the run was interrupted";
            case BUDGET -> "the budget of events was used up";
        };
    }

    private static void latencies(
            Map<String, ? extends Measurement> measurements, List<String> lines) {
        lines.add(row("", "n", "p50", "p99", "max"));
        for (var name : LATENCIES) {
            if (measurements.get(name) instanceof Samples samples) {
                lines.add(
                        row(
                                name,
                                Quantity.count(samples.count()),
                                time(samples, Statistic.p(50)),
                                time(samples, Statistic.p(99)),
                                time(samples, Statistic.Plain.MAX)));
            }
        }
    }

    private static String time(Samples samples, Statistic statistic) {
        var value = samples.value(statistic);
        return value.isPresent() ? Quantity.time(Math.round(value.getAsDouble())) : "–";
    }

    private static String row(String name, String n, String p50, String p99, String max) {
        return String.format(Locale.ROOT, "  %-18s %8s %10s %10s %10s", name, n, p50, p99, max);
    }

    /// What is wrong with the run, after an empty line.
    private static List<String> findings(List<Finding> findings) {
        var lines = new ArrayList<String>();
        boolean all = findings.size() <= MAX_FINDINGS;
        var shown =
                findings.stream()
                        .sorted(Comparator.comparing(Finding::certainty))
                        .limit(all ? MAX_FINDINGS : MAX_FINDINGS - 1)
                        .toList();
        if (!shown.isEmpty()) {
            lines.add("");
        }
        for (var finding : shown) {
            lines.add(
                    String.format(Locale.ROOT, "  %-14s ", Kind.name(finding.certainty()))
                            + finding.label()
                            + "  from "
                            + finding.from()
                            + ": "
                            + finding.sentence());
        }
        if (!all) {
            lines.add("  … and " + (findings.size() - shown.size()) + " more found or suspected");
        }
        return lines;
    }

    private void judgements(List<Judgement> judgements, int most, List<String> lines) {
        boolean all = judgements.size() <= most;
        var shown = all ? judgements : judgements.subList(0, most - 1);
        int longest =
                shown.stream().mapToInt(judgement -> judgement.name().length()).max().orElse(0);
        int width = Math.min(longest, MAX_NAME);
        for (var judgement : shown) {
            var answer = judgement.answer();
            var word = String.format(Locale.ROOT, "%-12s", Kind.name(answer));
            lines.add(
                    "  "
                            + painted(answer, answer.mark() + " " + word)
                            + " "
                            + padded(judgement.name(), width)
                            + "  "
                            + judgement.remark());
        }
        if (!all) {
            lines.add("  … and " + more(judgements.subList(shown.size(), judgements.size())));
        }
    }

    private static String padded(String text, int width) {
        return text.length() <= width
                ? text + " ".repeat(width - text.length())
                : text.substring(0, width - 1) + "…";
    }

    /// Such as `3 more violated, 12 more held`.
    private static String more(List<Judgement> judgements) {
        var parts = new ArrayList<String>();
        for (var answer : List.of(Answer.VIOLATED, Answer.INCONCLUSIVE, Answer.HELD)) {
            long count = judgements.stream().filter(j -> j.answer() == answer).count();
            if (count > 0) {
                parts.add(count + " more " + Kind.name(answer));
            }
        }
        return String.join(", ", parts);
    }

    private String painted(Answer answer, String text) {
        if (!colour) {
            return text;
        }
        int code =
                switch (answer) {
                    case HELD -> 32;
                    case VIOLATED -> 31;
                    case INCONCLUSIVE -> 33;
                };
        return "\u001b[1;" + code + "m" + text + "\u001b[0m";
    }
}
