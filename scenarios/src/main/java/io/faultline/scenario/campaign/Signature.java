package io.faultline.scenario.campaign;

import io.faultline.kernel.SimulationException;
import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.report.Result;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Judgement;
import io.faultline.scenario.Run;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// What went wrong in a run, whichever partition it hit and whenever: runs with one signature have
/// most likely one cause.
///
/// It is the answer with the concerns violated, the names of the judgements that say so, and the
/// kind of the earliest observation that violates one: `violated (safety): never quorum-lost ←
/// quorum-lost`.
///
/// @param text what it is, for people; empty if nothing is wrong
public record Signature(String text) {

    /// Nothing is wrong.
    public static final Signature CLEAN = new Signature("");

    /// The same run went differently a second time.
    static final Signature NOT_REPEATABLE = new Signature("not repeatable");

    /// The signature of a run.
    public static Signature of(Run run) {
        return run.failure().map(Signature::of).orElseGet(() -> of(run.result()));
    }

    private static Signature of(SimulationException broken) {
        var event = broken.event();
        int arguments = event.indexOf('(');
        return new Signature(
                "broken down: "
                        + broken.getCause().getClass().getSimpleName()
                        + " in "
                        + withoutNumbers(arguments < 0 ? event : event.substring(0, arguments)));
    }

    private static Signature of(Result result) {
        var verdict = result.verdict();
        var answer = verdict.answer();
        if (answer == Answer.HELD) {
            return CLEAN;
        }
        var guilty =
                verdict.judgements().stream()
                        .filter(judgement -> judgement.answer() == answer)
                        .toList();
        var concerns = verdict.violated().map(Kind::name).collect(Collectors.joining(", "));
        return new Signature(
                Kind.name(answer)
                        + (concerns.isEmpty() ? "" : " (" + concerns + ")")
                        + ": "
                        + guilty.stream()
                                .map(judgement -> withoutNumbers(judgement.name()))
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + cause(guilty, result.trace()));
    }

    private static String cause(List<Judgement> guilty, Trace trace) {
        var first = guilty.stream().map(Judgement::witness).flatMapToInt(OptionalInt::stream).min();
        return first.isPresent() ? " ← " + Kind.name(trace.get(first.getAsInt()).what()) : "";
    }

    /// A name without the numbers of partitions and nodes, and without points in time.
    private static String withoutNumbers(String name) {
        return name.replaceAll("\\b([Pn])\\d+\\b", "$1#")
                .replaceAll("\\b(at|between|and) [0-9.]+(ns|us|ms|s|m|h|d)\\b", "$1 #");
    }

    /// Whether it names a judgement, of whatever partition and time.
    public boolean blames(String judgement) {
        int end = text.lastIndexOf(" ← ");
        var named = (end < 0 ? text : text.substring(0, end)).replaceFirst("^[^:]*: ", ", ") + ", ";
        return named.contains(", " + withoutNumbers(judgement) + ", ");
    }

    public boolean isClean() {
        return text.isEmpty();
    }

    @Override
    public String toString() {
        return text;
    }
}
