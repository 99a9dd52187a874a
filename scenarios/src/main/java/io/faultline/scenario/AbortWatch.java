package io.faultline.scenario;

import io.faultline.kernel.Outcome;
import io.faultline.kernel.Outcome.Ending;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.report.metric.Frame;
import io.faultline.report.metric.Measuring;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Threshold;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Ends a run early if a threshold fails that shall end it.
///
/// It looks at every whole second of virtual time, after all that happens then, at what was
/// observed since it looked last. A look changes nothing, so up to its end the run is the same as
/// without.
///
/// @param end when the run ends otherwise
/// @param frame the parts of the run
/// @param armed the thresholds that may end it
record AbortWatch(SimTime end, Frame frame, List<Armed> armed) {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    /// A threshold that may end the run.
    ///
    /// @param from from when on
    record Armed(Threshold threshold, SimTime from) {}

    /// How a run ended.
    ///
    /// @param failed the thresholds that ended it; none if it ended by itself
    record Ended(Outcome outcome, List<Threshold> failed) {

        static Ended byItself(Outcome outcome) {
            return new Ended(outcome, List.of());
        }
    }

    static AbortWatch of(Scenario scenario) {
        var phases = scenario.phases();
        var armed = new ArrayList<Armed>();
        scenario.thresholds()
                .forEach((metric, conditions) ->
                        conditions.stream()
                                .filter(Condition::abortOnFail)
                                .map(condition ->
                                        new Armed(
                                                Threshold.parse(
                                                        Judge.part(metric), condition.threshold()),
                                                phases.at(condition.delayAbortEval())))
                                .forEach(armed::add));
        return new AbortWatch(phases.end(), Judge.frame(scenario), List.copyOf(armed));
    }

    /// Runs a simulation to its end, or until a threshold fails.
    Ended run(Simulation simulation) {
        int seen = -1;
        int ripe = 0;
        if (!armed.isEmpty()) {
            var measuring = new Measuring(simulation.trace());
            armed.forEach(a -> measuring.add(a.threshold.part(), frame));
            var next = SimTime.ZERO.plus(PERIOD);
            for (; next.isBefore(end); next = next.plus(PERIOD)) {
                var outcome = simulation.runUntil(next);
                if (outcome.ending() != Ending.END_TIME && outcome.ending() != Ending.EXHAUSTED) {
                    return Ended.byItself(outcome);
                }
                int before = ripe;
                ripe = (int) armed.stream().filter(a -> !a.from.isAfter(outcome.clock())).count();
                if (simulation.trace().size() > seen || ripe > before) {
                    seen = simulation.trace().size();
                    measuring.catchUp();
                    var failed = failed(measuring, next);
                    if (!failed.isEmpty()) {
                        return new Ended(
                                new Outcome(Ending.STOPPED, outcome.clock(), outcome.events()),
                                failed);
                    }
                }
            }
        }
        return Ended.byItself(simulation.runUntil(end));
    }

    private List<Threshold> failed(Measuring measuring, SimTime now) {
        return armed.stream()
                .filter(a -> !a.from.isAfter(now))
                .map(Armed::threshold)
                .filter(threshold ->
                        threshold.judge(measuring.found(threshold.part())).answer()
                                == Answer.VIOLATED)
                .toList();
    }
}
