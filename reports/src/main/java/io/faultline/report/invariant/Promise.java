package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.report.Quantity;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Concern;
import io.faultline.report.verdict.Judgement;

import java.util.List;

/// What the protocol is there to give, and what it gives away under faults that it was not made
/// for, or by its own rules: it acts on what it believes, and belief may be wrong. A breach is a
/// violation unless the scenario names it: as one that it is there to show, or as one that may
/// happen.
public sealed interface Promise extends Invariant
        permits NoFalseFailure,
                NoPrematureEscalation,
                QuorumInTruth,
                RedistributionAtRest,
                LiveOwners,
                BoundedQueue,
                NoSplitBrain,
                OwnInvariant {

    /// All promises.
    static List<Promise> promises() {
        return Invariant.all().stream()
                .filter(Promise.class::isInstance)
                .map(Promise.class::cast)
                .toList();
    }

    /// Judges a run that is there to show the breach, and shows nothing without it.
    default Judgement judgeBroken(Trace trace, Rules rules) {
        var violations = check(trace, rules);
        return new Judgement(
                "breaks " + name(),
                Concern.COVERAGE,
                violations.isEmpty() ? Answer.INCONCLUSIVE : Answer.HELD,
                violations.isEmpty()
                        ? "it was kept, so the run has not shown what it should"
                        : times(violations));
    }

    /// Judges a run in which a breach is neither wanted nor held against it.
    default Judgement judgeTolerated(Trace trace, Rules rules) {
        var violations = check(trace, rules);
        return new Judgement(
                "tolerates " + name(),
                Concern.SAFETY,
                Answer.HELD,
                violations.isEmpty() ? "it was kept" : times(violations));
    }

    private static String times(List<Violation> violations) {
        return "broken "
                + Quantity.count(violations.size(), "time")
                + ": "
                + Violation.sentence(violations.subList(0, 1));
    }
}
