package io.faultline.scenario.explain;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.report.Result;
import io.faultline.report.diagnosis.Diagnosis;
import io.faultline.report.diagnosis.Finding;
import io.faultline.report.invariant.Promise;
import io.faultline.report.invariant.Rules;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Judgement;
import io.faultline.scenario.Scenario;
import io.faultline.scenario.campaign.RunRecord;
import io.faultline.scenario.campaign.Signature;

import java.util.Optional;
import java.util.OptionalInt;

/// What is to be explained: an expectation that was violated, or a promise that was broken in a
/// scenario that is there to show that.
///
/// @param name the name of the judgement
/// @param finding what it found
/// @param since when what is to be explained began: the time of the observation that the judgement
///   points at, or the beginning of what was diagnosed
/// @param witness the index of the observation that the judgement points at; if it points at none,
///   of the last damage that was seen
public record Subject(String name, String finding, SimTime since, OptionalInt witness) {

    private static final String BREAKS = "breaks ";
    private static final String NEVER = "never ";

    /// What there is to explain in a run: what was violated first, after which its signature is
    /// called, or else a promise that was to be broken and was.
    public static Optional<Subject> of(Scenario scenario, Result result) {
        var verdict = result.verdict();
        return Signature.first(verdict)
                .filter(_ -> verdict.answer() == Answer.VIOLATED)
                .or(() -> verdict.judgements().stream().filter(Subject::isBreach).findFirst())
                .map(judgement -> of(judgement, scenario, result));
    }

    private static boolean isBreach(Judgement judgement) {
        return judgement.name().startsWith(BREAKS) && judgement.answer() == Answer.HELD;
    }

    private static Subject of(Judgement judgement, Scenario scenario, Result result) {
        var trace = result.trace();
        var pointed =
                isBreach(judgement) ? breach(judgement, scenario, trace) : judgement.witness();
        var witness = pointed.isPresent() ? pointed : lastDamage(trace);
        var since =
                witness.isPresent()
                        ? trace.get(witness.getAsInt()).time()
                        : result.outcome().clock();
        return new Subject(
                judgement.name(),
                judgement.remark(),
                diagnosed(judgement, result).map(Finding::from).orElse(since),
                witness);
    }

    private static Optional<Finding> diagnosed(Judgement judgement, Result result) {
        return judgement.name().startsWith(NEVER)
                ? Diagnosis.first(judgement.name().substring(NEVER.length()), result.findings())
                : Optional.empty();
    }

    private static OptionalInt breach(Judgement judgement, Scenario scenario, Trace trace) {
        var name = judgement.name().substring(BREAKS.length());
        return Promise.promises().stream()
                .filter(promise -> promise.name().equals(name))
                .flatMap(promise -> promise.check(trace, Rules.of(scenario.protocol())).stream())
                .mapToInt(violation -> violation.entry())
                .findFirst();
    }

    private static OptionalInt lastDamage(Trace trace) {
        return trace.stream()
                .filter(entry -> isDamage(entry.what()))
                .mapToInt(Trace.Entry::index)
                .reduce((_, last) -> last);
    }

    private static boolean isDamage(Object what) {
        return what instanceof Escalated
                || what instanceof PartitionDown
                || what instanceof StatusChanged change && change.to() == PartitionStatus.FAILED;
    }

    /// What became of it, to be said after its name.
    String fate() {
        return name.startsWith(BREAKS) ? ", as it was meant to" : " was violated";
    }

    /// Whether another run of the scenario ends in the same way.
    public boolean isIn(Result result) {
        var wanted = name.startsWith(BREAKS) ? Answer.HELD : Answer.VIOLATED;
        return result.verdict().judgements().stream()
                .anyMatch(
                        judgement -> judgement.name().equals(name) && judgement.answer() == wanted);
    }

    /// The same, told from what is kept of a run. What that run left open counts as well if
    /// something else was violated in it, since only the findings are kept.
    public boolean isIn(RunRecord record) {
        return name.startsWith(BREAKS)
                ? !record.findings().containsKey(name)
                : record.answer() == Answer.VIOLATED && record.findings().containsKey(name);
    }
}
