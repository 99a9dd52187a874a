package io.faultline.report.verdict;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// All that became of the expectations of a run.
///
/// @param judgements in the order in which the expectations were stated
public record Verdict(List<Judgement> judgements) {

    /// The exit code of a run in which all expectations held.
    public static final int ALL_HELD = 0;

    /// The exit code of a run that left something open, and violated nothing.
    public static final int INCONCLUSIVE = 2;

    public Verdict {
        judgements = List.copyOf(judgements);
    }

    /// Violated if anything was; else inconclusive if anything was, or if nothing was expected.
    public Answer answer() {
        if (any(Answer.VIOLATED)) {
            return Answer.VIOLATED;
        }
        return any(Answer.INCONCLUSIVE) || judgements.isEmpty() ? Answer.INCONCLUSIVE : Answer.HELD;
    }

    /// 1 if safety was violated, else 3 if liveness was, else 4 if a threshold was; 2 if nothing
    /// was violated but something is open; 0 if all held.
    public int exitCode() {
        return switch (answer()) {
            case HELD -> ALL_HELD;
            case INCONCLUSIVE -> INCONCLUSIVE;
            case VIOLATED ->
                    switch (violated().findFirst().orElseThrow()) {
                        case SAFETY -> 1;
                        case LIVENESS -> 3;
                        case THRESHOLD -> 4;
                        case COVERAGE, COMPLETION ->
                                throw new AssertionError("what a run did is never violated");
                    };
        };
    }

    /// The exit code if a run may prove nothing: as [#exitCode], but 0 where nothing is open but
    /// what the run did not exercise.
    public int exitCodeAllowingVacuous() {
        return isVacuous() ? ALL_HELD : exitCode();
    }

    /// Whether nothing was violated, and nothing is open but what the run did not exercise.
    public boolean isVacuous() {
        return answer() == Answer.INCONCLUSIVE
                && judgements.stream()
                        .filter(judgement -> judgement.answer() == Answer.INCONCLUSIVE)
                        .allMatch(Judgement::isVacuous);
    }

    /// What was violated, the gravest first.
    public Stream<Concern> violated() {
        return judgements.stream()
                .filter(judgement -> judgement.answer() == Answer.VIOLATED)
                .map(Judgement::concern)
                .distinct()
                .sorted();
    }

    /// The judgements by what calls for attention first: violated, inconclusive, held.
    public List<Judgement> byUrgency() {
        return judgements.stream().sorted(Comparator.comparing(Verdict::urgency)).toList();
    }

    public long count(Answer answer) {
        return judgements.stream().filter(judgement -> judgement.answer() == answer).count();
    }

    private static int urgency(Judgement judgement) {
        return switch (judgement.answer()) {
            case VIOLATED -> judgement.concern().ordinal();
            case INCONCLUSIVE -> Concern.values().length;
            case HELD -> Concern.values().length + 1;
        };
    }

    private boolean any(Answer answer) {
        return judgements.stream().anyMatch(judgement -> judgement.answer() == answer);
    }
}
