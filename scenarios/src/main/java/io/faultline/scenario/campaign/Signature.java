package io.faultline.scenario.campaign;

import io.faultline.kernel.SimulationException;
import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.report.Result;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Judgement;
import io.faultline.report.verdict.Verdict;
import io.faultline.scenario.Run;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What went wrong in a run, whichever partition it hit and whenever: runs with one signature have
/// most likely one cause.
///
/// It is the answer with the concerns violated, the judgement that was violated first, and the kind
/// of the observation that did: `violated (safety): never quorum-lost ← quorum-lost`. What follows
/// from that is left to the findings of the run, since a first mishap often draws different others
/// after it.
///
/// @param text what it is, for people; empty if nothing is wrong
public record Signature(String text) {

    /// Nothing is wrong.
    public static final Signature CLEAN = new Signature("");

    /// The same run went differently a second time.
    static final Signature NOT_REPEATABLE = new Signature("not repeatable");

    /// The earliest witness first; those without one have their place in the alphabet, after all
    /// others.
    private static final Comparator<Judgement> FIRST =
            Comparator.<Judgement>comparingInt(
                            judgement -> judgement.witness().orElse(Integer.MAX_VALUE))
                    .thenComparing(judgement -> withoutNumbers(judgement.name()));

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

    /// The signature of a run that could not be prepared or judged.
    static Signature of(Throwable broken) {
        return new Signature(
                "broken down: "
                        + broken.getClass().getSimpleName()
                        + place(broken)
                                .map(at -> " in " + at.getClassName() + "." + at.getMethodName())
                                .orElse(""));
    }

    /// Where something went wrong: not in the library that noticed it, but where it was called.
    /// Nothing if there was no end to the calls: how far they came is not the same every time.
    static Optional<StackTraceElement> place(Throwable broken) {
        return broken instanceof StackOverflowError
                ? Optional.empty()
                : Stream.of(broken.getStackTrace())
                        .filter(at -> !at.getClassName().startsWith("java."))
                        .findFirst();
    }

    private static Signature of(Result result) {
        var verdict = result.verdict();
        var answer = verdict.answer();
        if (answer == Answer.HELD) {
            return CLEAN;
        }
        var concerns = verdict.violated().map(Kind::name).collect(Collectors.joining(", "));
        return new Signature(
                Kind.name(answer)
                        + (concerns.isEmpty() ? "" : " (" + concerns + ")")
                        + ": "
                        + first(verdict)
                                .map(guilty ->
                                        withoutNumbers(guilty.name())
                                                + cause(guilty, result.trace()))
                                .orElse("nothing was judged"));
    }

    /// The judgement after which a run is called; nothing if all hold.
    public static Optional<Judgement> first(Verdict verdict) {
        return verdict.judgements().stream()
                .filter(judgement -> judgement.answer() == verdict.answer())
                .filter(judgement -> judgement.answer() != Answer.HELD)
                .min(FIRST);
    }

    private static String cause(Judgement guilty, Trace trace) {
        var witness = guilty.witness();
        return witness.isPresent() ? " ← " + Kind.name(trace.get(witness.getAsInt()).what()) : "";
    }

    /// A name without the numbers of partitions and nodes, and without points in time.
    private static String withoutNumbers(String name) {
        return name.replaceAll("\\b([Pn])\\d+\\b", "$1#")
                .replaceAll("\\b(at|between|and) [0-9.]+(ns|us|ms|s|m|h|d)\\b", "$1 #");
    }

    public boolean isClean() {
        return text.isEmpty();
    }

    @Override
    public String toString() {
        return text;
    }
}
