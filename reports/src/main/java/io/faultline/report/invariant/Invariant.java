package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.report.Kinds;
import io.faultline.report.Quantity;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Concern;
import io.faultline.report.verdict.Judgement;

import java.util.List;
import java.util.OptionalInt;

/// Something that holds at every moment of a run: a [Law] in every run, a [Promise] unless the
/// scenario says otherwise.
///
/// A kind is a record; its class name in kebab-case is its name: [LegalStatusTransitions] is
/// `legal-status-transitions`. The `permits` clauses of the two families are the catalogue.
public sealed interface Invariant permits Law, Promise {

    /// The name in files, such as `time-monotone`.
    default String name() {
        return Kind.name(this);
    }

    /// What holds, in one sentence.
    String description();

    /// The places where it does not hold, in order of the trace.
    List<Violation> check(Trace trace, Rules rules);

    /// Checks a run, and says so in one sentence.
    default Judgement judge(Trace trace, Rules rules) {
        var violations = check(trace, rules);
        if (violations.isEmpty()) {
            return new Judgement(
                    name(),
                    Concern.SAFETY,
                    Answer.HELD,
                    "checked " + Quantity.count(trace.size(), "observation"));
        }
        return new Judgement(
                name(),
                Concern.SAFETY,
                Answer.VIOLATED,
                Violation.sentence(violations),
                OptionalInt.of(violations.getFirst().entry()));
    }

    /// All invariants.
    static List<Invariant> all() {
        return Kinds.of(Invariant.class);
    }

    /// Checks a run for all of them, in the order of [#all].
    static List<Judgement> judgeAll(Trace trace, Rules rules) {
        return all().stream().map(invariant -> invariant.judge(trace, rules)).toList();
    }
}
