package io.faultline.scenario;

import io.faultline.kernel.Outcome;
import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.FaultSkipped;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.report.Quantity;
import io.faultline.report.diagnosis.Circumstances;
import io.faultline.report.diagnosis.Diagnosis;
import io.faultline.report.diagnosis.Finding;
import io.faultline.report.goal.Aftermath;
import io.faultline.report.goal.Goal;
import io.faultline.report.goal.OwnGoal;
import io.faultline.report.invariant.Invariant;
import io.faultline.report.invariant.OwnInvariant;
import io.faultline.report.invariant.Promise;
import io.faultline.report.invariant.Rules;
import io.faultline.report.metric.Frame;
import io.faultline.report.metric.Measurement;
import io.faultline.report.metric.Measuring;
import io.faultline.report.metric.Metric;
import io.faultline.report.metric.Part;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Concern;
import io.faultline.report.verdict.HealedCore;
import io.faultline.report.verdict.Judgement;
import io.faultline.report.verdict.Occurrence;
import io.faultline.report.verdict.Threshold;
import io.faultline.scenario.format.Own;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Judges a run by what its scenario expects, and by what every run must keep to.
///
/// @param scenario what was run
/// @param without the positions of the faults that were left out
public record Judge(Scenario scenario, Set<Integer> without) {

    public Judge {
        without = Set.copyOf(without);
    }

    /// The names that scenarios may use for what this class can judge.
    public static final Vocabulary VOCABULARY =
            new Vocabulary(
                    Invariant.all().stream().map(Invariant::name).collect(Collectors.toSet()),
                    Promise.promises().stream().map(Promise::name).collect(Collectors.toSet()),
                    labels(diagnosis -> diagnosis.concern().isPresent()),
                    labels(_ -> true),
                    Goal.all().stream().map(Goal::name).collect(Collectors.toSet()),
                    Metric.all().stream().map(Metric::name).collect(Collectors.toSet()),
                    Judge::tags,
                    (measured, condition) -> Threshold.parse(part(measured), condition));

    private static Set<String> labels(Predicate<Diagnosis> which) {
        return Stream.concat(
                        Arrays.stream(Occurrence.values()).map(Occurrence::label),
                        Diagnosis.all().stream().filter(which).flatMap(Diagnosis::labels))
                .collect(Collectors.toSet());
    }

    private static Metric metric(String name) {
        return Own.isMeant(name) ? Own.named(Metric.class, name) : Metric.named(name);
    }

    /// The metrics that the scenario names and that are no part of this program.
    List<Metric> ownMetrics() {
        return scenario.thresholds().keySet().stream()
                .map(Judge::part)
                .map(Part::metric)
                .filter(metric -> Own.isMeant(metric.name()))
                .distinct()
                .toList();
    }

    /// A metric, or a part of it.
    static Part part(String measured) {
        return Part.parse(measured, Judge::metric);
    }

    private static Map<String, List<String>> tags(String metric) {
        return Part.allowed(metric(metric));
    }

    /// What has to be known to tell the parts of a run from each other.
    static Frame frame(Scenario scenario) {
        return new Frame(scenario.phases().parts(), scenario.topology()::location);
    }

    /// Measures a run by every metric, and by those parts of metrics that the scenario names.
    SequencedMap<String, Measurement> measure(Trace trace) {
        var measuring = new Measuring(trace);
        Metric.all().forEach(measuring::add);
        ownMetrics().forEach(measuring::add);
        scenario.thresholds()
                .keySet()
                .forEach(measured -> measuring.add(part(measured), frame(scenario)));
        measuring.catchUp();
        return measuring.found();
    }

    /// What is wrong with a run, whatever its scenario expects.
    List<Finding> diagnose(Trace trace, Outcome outcome) {
        var bound = StabilisationBound.of(scenario);
        return Diagnosis.of(
                trace,
                new Circumstances(
                        Rules.of(scenario.protocol()),
                        scenario.phases().parts(),
                        outcome.clock(),
                        HealedCore.of(trace, isAnybodyLooking()),
                        bound.total(),
                        bound.usual(),
                        scenario.expect().slo(),
                        bound.toString()));
    }

    /// @param findings what [#diagnose] says
    /// @param measurements what [#measure] says
    /// @param failed the thresholds that ended the run, if it was ended early
    List<Judgement> judge(
            Trace trace,
            Outcome outcome,
            List<Finding> findings,
            Map<String, Measurement> measurements,
            List<Threshold> failed) {
        var judgements = new ArrayList<Judgement>();
        var expect = scenario.expect();
        var decided = new HashSet<String>();
        for (var finding : expect.judge(trace, scenario.phases())) {
            if (finding.isSettled(outcome.clock())) {
                decided.add(finding.expected());
            }
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
        thresholds(measurements, judgements);
        invariants(trace, judgements);
        effects(trace, judgements);
        completion(outcome, failed, judgements);
        if (!isComplete(outcome)) {
            failed.forEach(threshold -> decided.add(threshold.toString()));
            judgements.replaceAll(judgement ->
                    decided.contains(judgement.name()) || isDecided(judgement)
                            ? judgement
                            : judgement.undecided(outcome.clock()));
        }
        return judgements;
    }

    /// Whether nothing that would have followed the early end of a run could have changed an
    /// answer. What was seen has been seen, but what was not might still have come.
    private static boolean isDecided(Judgement judgement) {
        return switch (judgement.concern()) {
            case SAFETY, LIVENESS ->
                    judgement.answer() == Answer.VIOLATED && judgement.witness().isPresent();
            case THRESHOLD -> false;
            case COVERAGE, COMPLETION -> true;
        };
    }

    private Judgement eventually(Eventually expected, Trace trace, Outcome outcome) {
        var parts = scenario.phases().parts();
        var bound = StabilisationBound.of(scenario);
        var why = new ArrayList<String>();
        if (expected.within().limit().isEmpty()) {
            why.add(bound.toString());
        }
        var from = parts.quiet();
        var late = outlasting(trace);
        if (late.isPresent()) {
            from = late.get().time();
            why.add(lasting(late.get()));
        }
        var due = from.plus(expected.within().limit().orElse(bound.total()));
        if (parts.verifies() && parts.verify().isBefore(due)) {
            due = parts.verify();
            why.add("when verify begins");
        }
        var core = HealedCore.of(trace, isAnybodyLooking());
        if (!scenario.protocol().quorum().holds(core.size(), core.total()) && !core.isWhole()) {
            return new Judgement(
                    "eventually " + expected.goal(),
                    Concern.LIVENESS,
                    Answer.INCONCLUSIVE,
                    "nothing can be asked of what is no quorum: " + core);
        }
        return goal(expected.goal())
                .judge(
                        trace,
                        new Aftermath(core, from, outcome.clock()),
                        due,
                        String.join("; ", why));
    }

    private static Goal goal(String name) {
        return Own.isMeant(name) ? Own.named(OwnGoal.class, name) : Goal.named(name);
    }

    /// Whether anybody would notice that a node is down.
    private boolean isAnybodyLooking() {
        var protocol = scenario.protocol();
        return protocol.detector().isPresent()
                || protocol.barrier().isPresent()
                || protocol.ghosts().isPresent()
                || !scenario.script().isEmpty();
    }

    /// The end of the last fault, if that was after the end of chaos.
    private Optional<Trace.Entry> outlasting(Trace trace) {
        var chaosEnds = scenario.phases().parts().quiet();
        return trace.stream()
                .filter(entry -> entry.what() instanceof FaultHealed)
                .filter(entry -> entry.time().isAfter(chaosEnds))
                .reduce((_, last) -> last);
    }

    private static String lasting(Trace.Entry healed) {
        return "fault "
                + ((FaultHealed) healed.what()).fault()
                + " ended only at "
                + healed.time()
                + ", after the end of chaos";
    }

    private void thresholds(Map<String, Measurement> measurements, List<Judgement> judgements) {
        scenario.thresholds()
                .forEach((measured, conditions) -> {
                    var part = part(measured);
                    for (var condition : conditions) {
                        judgements.add(
                                Threshold.parse(part, condition.threshold()).judge(measurements));
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
        own(expect.always()).forEach(kept -> judgements.add(kept.judge(trace, rules)));
        own(expect.breaks()).forEach(kept -> judgements.add(kept.judgeBroken(trace, rules)));
        own(expect.tolerates()).forEach(kept -> judgements.add(kept.judgeTolerated(trace, rules)));
        if (others > 0) {
            judgements.add(
                    new Judgement(
                            "invariants",
                            Concern.SAFETY,
                            Answer.HELD,
                            others + " that were not named, over all observations"));
        }
    }

    private static List<OwnInvariant> own(List<String> names) {
        return names.stream()
                .filter(Own::isMeant)
                .map(name -> Own.named(OwnInvariant.class, name))
                .toList();
    }

    /// A run in which nothing happened that was planned has proved nothing.
    private void effects(Trace trace, List<Judgement> judgements) {
        int planned = scenario.faults().size() - without.size();
        if (planned > 0) {
            long taken =
                    trace.all(FaultTookEffect.class).map(FaultTookEffect::fault).distinct().count();
            judgements.add(
                    new Judgement(
                            "faults took effect",
                            Concern.COVERAGE,
                            taken > 0 ? Answer.HELD : Answer.INCONCLUSIVE,
                            taken
                                    + " of "
                                    + planned
                                    + howOften(trace)
                                    + outlasting(trace)
                                            .map(healed -> "; " + lasting(healed))
                                            .orElse("")));
        } else if (scenario.script().isEmpty() && isNothingExpected()) {
            judgements.add(
                    new Judgement(
                            "something was put to the test",
                            Concern.COVERAGE,
                            Answer.INCONCLUSIVE,
                            "no fault, no script and no expectation: such a run proves nothing"));
        }
    }

    /// As in `, 17 of 20 times, 2 skipped by the budget`, so far as there is something to say.
    private static String howOften(Trace trace) {
        long struck = trace.all(FaultInjected.class).count();
        long skipped = trace.all(FaultSkipped.class).count();
        boolean again = trace.all(FaultInjected.class).anyMatch(fault -> fault.occurrence() > 1);
        return (again
                        ? ", "
                                + trace.all(FaultTookEffect.class).count()
                                + " of "
                                + Quantity.count(struck, "time")
                        : "")
                + (skipped > 0 ? ", " + skipped + " skipped by the budget" : "");
    }

    private boolean isNothingExpected() {
        return scenario.expect().isEmpty() && scenario.thresholds().isEmpty();
    }

    private boolean isComplete(Outcome outcome) {
        return !outcome.clock().isBefore(scenario.phases().end());
    }

    private void completion(Outcome outcome, List<Threshold> failed, List<Judgement> judgements) {
        if (!isComplete(outcome)) {
            judgements.add(
                    new Judgement(
                            "the run was completed",
                            Concern.COMPLETION,
                            Answer.INCONCLUSIVE,
                            !failed.isEmpty()
                                    ? "it was ended at "
                                            + outcome.clock()
                                            + ", since this failed: "
                                            + failed.stream()
                                                    .map(Threshold::toString)
                                                    .collect(Collectors.joining(", "))
                                    : outcome.ending() == Outcome.Ending.BUDGET
                                            ? "its budget of "
                                                    + Quantity.count(
                                                            scenario.limits().events(), "event")
                                                    + " was used up at "
                                                    + outcome.clock()
                                            : "it ended at " + outcome.clock()));
        }
    }
}
