package io.faultline.scenario;

import io.faultline.kernel.Outcome;
import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.report.diagnosis.Circumstances;
import io.faultline.report.diagnosis.Diagnosis;
import io.faultline.report.diagnosis.Finding;
import io.faultline.report.invariant.Invariant;
import io.faultline.report.invariant.Promise;
import io.faultline.report.invariant.Rules;
import io.faultline.report.metric.Metric;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Concern;
import io.faultline.report.verdict.Goal;
import io.faultline.report.verdict.Judgement;
import io.faultline.report.verdict.Occurrence;
import io.faultline.report.verdict.Threshold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Judges a run by what its scenario expects, and by what every run must keep to.
///
/// @param scenario what was run
public record Judge(Scenario scenario) {

    /// The names that scenarios may use for what this class can judge.
    public static final Vocabulary VOCABULARY =
            new Vocabulary(
                    Invariant.all().stream().map(Invariant::name).collect(Collectors.toSet()),
                    Promise.promises().stream().map(Promise::name).collect(Collectors.toSet()),
                    labels(diagnosis -> diagnosis.concern().isPresent()),
                    labels(_ -> true),
                    Arrays.stream(Goal.values()).map(Goal::label).collect(Collectors.toSet()),
                    Metric.all().stream().map(Metric::name).collect(Collectors.toSet()),
                    Threshold::parse);

    private static Set<String> labels(Predicate<Diagnosis> which) {
        return Stream.concat(
                        Arrays.stream(Occurrence.values()).map(Occurrence::label),
                        Diagnosis.all().stream().filter(which).flatMap(Diagnosis::labels))
                .collect(Collectors.toSet());
    }

    /// What is wrong with a run, whatever its scenario expects.
    List<Finding> diagnose(Trace trace, Outcome outcome) {
        var bound = StabilisationBound.of(scenario);
        return Diagnosis.of(
                trace,
                new Circumstances(
                        Rules.of(scenario.protocol()),
                        scenario.phases().ofRun(),
                        outcome.clock(),
                        bound.total(),
                        bound.toString()));
    }

    List<Judgement> judge(Trace trace, Outcome outcome, List<Finding> findings) {
        var judgements = new ArrayList<Judgement>();
        var expect = scenario.expect();
        for (var finding : expect.judge(trace, scenario.phases())) {
            judgements.add(
                    new Judgement(
                            finding.expected(),
                            Concern.SAFETY,
                            finding.held() ? Answer.HELD : Answer.VIOLATED,
                            finding.text()));
        }
        for (var label : expect.never()) {
            judgements.add(
                    Diagnosis.named(label)
                            .map(diagnosis -> diagnosis.never(label, findings))
                            .orElseGet(() -> Occurrence.named(label).never(trace)));
        }
        for (var label : expect.sometimes()) {
            judgements.add(
                    Diagnosis.named(label)
                            .map(diagnosis -> diagnosis.sometimes(label, findings))
                            .orElseGet(() -> Occurrence.named(label).sometimes(trace)));
        }
        expect.eventually().forEach(goal -> judgements.add(eventually(goal, trace, outcome)));
        thresholds(trace, judgements);
        invariants(trace, judgements);
        effects(trace, judgements);
        completion(outcome, judgements);
        return judgements;
    }

    private Judgement eventually(Eventually expected, Trace trace, Outcome outcome) {
        var phases = scenario.phases();
        var bound = StabilisationBound.of(scenario);
        return Goal.named(expected.goal())
                .judge(
                        trace,
                        phases.at(phases.chaos()),
                        expected.within().limit().orElse(bound.total()),
                        expected.within().limit().isPresent() ? "" : bound.toString(),
                        outcome.clock());
    }

    private void thresholds(Trace trace, List<Judgement> judgements) {
        scenario.thresholds()
                .forEach((metric, conditions) -> {
                    var measurement = Metric.named(metric).of(trace);
                    for (var condition : conditions) {
                        judgements.add(Threshold.parse(metric, condition).judge(measurement));
                    }
                });
    }

    /// Those that the scenario names, and those that do not hold, one by one; the others together.
    private void invariants(Trace trace, List<Judgement> judgements) {
        var rules = Rules.of(scenario.protocol());
        var expect = scenario.expect();
        int others = 0;
        for (var invariant : Invariant.all()) {
            var name = invariant.name();
            if (invariant instanceof Promise promise && expect.breaks().contains(name)) {
                judgements.add(promise.judgeBroken(trace, rules));
            } else if (invariant instanceof Promise promise && expect.tolerates().contains(name)) {
                judgements.add(promise.judgeTolerated(trace, rules));
            } else {
                var judgement = invariant.judge(trace, rules);
                if (expect.always().contains(name) || judgement.answer() != Answer.HELD) {
                    judgements.add(judgement);
                } else {
                    others++;
                }
            }
        }
        if (others > 0) {
            judgements.add(
                    new Judgement(
                            "invariants",
                            Concern.SAFETY,
                            Answer.HELD,
                            others + " that were not named, over all observations"));
        }
    }

    /// A run in which nothing happened that was planned has proved nothing.
    private void effects(Trace trace, List<Judgement> judgements) {
        int planned = scenario.faults().size();
        if (planned > 0) {
            long taken = trace.all(FaultTookEffect.class).count();
            judgements.add(
                    new Judgement(
                            "faults took effect",
                            Concern.COVERAGE,
                            taken > 0 ? Answer.HELD : Answer.INCONCLUSIVE,
                            taken + " of " + planned));
        } else if (scenario.script().isEmpty() && isNothingExpected()) {
            judgements.add(
                    new Judgement(
                            "something was put to the test",
                            Concern.COVERAGE,
                            Answer.INCONCLUSIVE,
                            "no fault, no script and no expectation: such a run proves nothing"));
        }
    }

    private boolean isNothingExpected() {
        return scenario.expect().isEmpty() && scenario.thresholds().isEmpty();
    }

    private void completion(Outcome outcome, List<Judgement> judgements) {
        if (outcome.clock().isBefore(scenario.phases().end())) {
            judgements.add(
                    new Judgement(
                            "the run was completed",
                            Concern.COVERAGE,
                            Answer.INCONCLUSIVE,
                            outcome.ending() == Outcome.Ending.BUDGET
                                    ? "its budget of "
                                            + scenario.limits().events()
                                            + " events was used up at "
                                            + outcome.clock()
                                    : "it ended at " + outcome.clock()));
        }
    }
}
