package io.faultline.report.verdict;

import io.faultline.kernel.SimTime;

import java.util.Objects;
import java.util.OptionalInt;

/// What became of one expectation.
///
/// @param name what was expected, such as `max-concurrent-recoveries` or `suspicion.latency
///   p99<2600ms`
/// @param concern what it is about
/// @param answer what became of it
/// @param finding what was found, in one sentence without a full stop
/// @param witness the index in the trace of the first observation that violates it, if it is one
///   that does
public record Judgement(
        String name, Concern concern, Answer answer, String finding, OptionalInt witness) {

    /// A judgement that no single observation led to.
    public Judgement(String name, Concern concern, Answer answer, String finding) {
        this(name, concern, answer, finding, OptionalInt.empty());
    }

    public Judgement {
        Objects.requireNonNull(name);
        Objects.requireNonNull(finding);
        boolean isAboutTheRun = concern == Concern.COVERAGE || concern == Concern.COMPLETION;
        if (isAboutTheRun && answer == Answer.VIOLATED) {
            throw new IllegalArgumentException(
                    "what a run did not exercise makes it inconclusive, and violates nothing: "
                            + name);
        }
    }

    /// Whether it says that the run has not shown what it should: a pass would be a vacuous one.
    public boolean isVacuous() {
        return concern == Concern.COVERAGE && answer == Answer.INCONCLUSIVE;
    }

    /// The same expectation, left open by a run that was ended early.
    ///
    /// @param end when it was
    public Judgement undecided(SimTime end) {
        return new Judgement(
                name, concern, Answer.INCONCLUSIVE, "not decided yet at " + end + ": " + finding);
    }

    /// What was found, without the name of what was expected if it begins with that: for those who
    /// show the name beside it.
    public String remark() {
        var prefix = name + ", ";
        return finding.startsWith(prefix) ? finding.substring(prefix.length()) : finding;
    }
}
