package io.faultline.scenario;

import io.faultline.kernel.Agenda;
import io.faultline.kernel.Outcome;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.SimulationException;
import io.faultline.model.ModelSettings;
import io.faultline.model.World;
import io.faultline.model.fault.FaultPlan;
import io.faultline.model.script.Script;
import io.faultline.report.Result;
import io.faultline.report.TextSummary;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Verdict;
import io.faultline.scenario.AbortWatch.Ended;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;

/// A scenario and what became of it.
///
/// This is the whole of it on one screen: a world is built inside a simulation, faults and actions
/// are planned, the simulation runs, and what it leaves behind, the trace, is judged.
///
/// @param result what was observed and measured, and the verdict
/// @param failure the fault of our own that broke the run down, if one did; the result is then what
///   there was until that moment
public record Run(Result result, Optional<SimulationException> failure) {

    /// Somebody who watches a run.
    @FunctionalInterface
    public interface Watcher {

        /// The simulation begins, and may be followed, and perhaps interrupted, from another
        /// thread.
        void runs(Simulation simulation);

        /// The simulation is over, and what happened is judged.
        default void judges() {}
    }

    /// Runs a scenario.
    ///
    /// @param replay the command that repeats the run
    /// @param version the version of the product
    public static Run of(Scenario scenario, String replay, String version) {
        return of(scenario, replay, version, _ -> {});
    }

    /// Runs a scenario while somebody watches.
    ///
    /// @param watcher is told before it runs, and when that is over
    public static Run of(Scenario scenario, String replay, String version, Watcher watcher) {
        return of(scenario, replay, version, Agenda.LADDER, watcher);
    }

    /// Runs a scenario with a certain agenda of events, while somebody watches.
    public static Run of(
            Scenario written, String replay, String version, Agenda agenda, Watcher watcher) {
        return of(written, Alteration.NONE, replay, version, agenda, watcher);
    }

    /// Runs a scenario as if some of its faults were not planned. The others keep their numbers,
    /// and so all their chances.
    ///
    /// @param without the positions of the faults that are left out, from 0
    public static Run without(
            Set<Integer> without, Scenario scenario, String replay, String version) {
        return of(scenario, Alteration.without(without), replay, version, Agenda.LADDER, _ -> {});
    }

    /// Runs a scenario with something altered.
    public static Run of(
            Scenario written,
            Alteration alteration,
            String replay,
            String version,
            Agenda agenda,
            Watcher watcher) {
        var scenario = written.drawn();
        var simulation = ready(scenario, alteration, replay, agenda);
        var failure = Optional.<SimulationException>empty();
        Ended ended;
        try {
            watcher.runs(simulation);
            alteration.reroll().ifPresent(reroll -> reroll(simulation, reroll));
            ended = AbortWatch.of(scenario).run(simulation);
        } catch (SimulationException broken) {
            failure = Optional.of(broken);
            ended =
                    Ended.byItself(
                            new Outcome(
                                    Outcome.Ending.STOPPED,
                                    simulation.now(),
                                    simulation.executed()));
        }
        watcher.judges();
        var judge = new Judge(scenario, alteration.without());
        var findings = judge.diagnose(simulation.trace(), ended.outcome());
        var measurements = judge.measure(simulation.trace());
        var result =
                new Result(
                        scenario.name(),
                        scenario.seed(),
                        simulation.fingerprint(),
                        ended.outcome(),
                        scenario.phases().parts(),
                        simulation.trace(),
                        measurements,
                        judge.ownMetrics(),
                        findings,
                        new Verdict(
                                judge.judge(
                                        simulation.trace(),
                                        ended.outcome(),
                                        findings,
                                        measurements,
                                        ended.failed())),
                        scenario.topology().places(),
                        replay,
                        version);
        return new Run(result, failure);
    }

    /// Whether all expectations held.
    public boolean held() {
        return failure.isEmpty() && result.verdict().answer() == Answer.HELD;
    }

    /// Fails, for a test, unless all expectations held, and says how it went.
    public Run mustHold() {
        failure.ifPresent(broken -> {
            throw broken;
        });
        if (!held()) {
            throw new AssertionError(summary());
        }
        return this;
    }

    /// How it went, on one screen.
    public String summary() {
        var text = new StringBuilder();
        try {
            new TextSummary(false).print(result, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /// Runs a simulation that is [#ready] to its end.
    public static void finish(Scenario scenario, Simulation simulation) {
        AbortWatch.of(scenario).run(simulation);
    }

    /// A simulation in which everything is prepared, and which has run nothing yet.
    public static Simulation ready(Scenario scenario, String replay, Agenda agenda) {
        return ready(scenario, Alteration.NONE, replay, agenda);
    }

    private static Simulation ready(
            Scenario scenario, Alteration alteration, String replay, Agenda agenda) {
        var simulation =
                new Simulation(
                        new Simulation.Settings(
                                scenario.seed(), scenario.limits().events(), replay, agenda));
        simulation.within(() -> prepare(scenario.drawn(), alteration));
        return simulation;
    }

    /// Has the chances change where they are to.
    private static void reroll(Simulation simulation, Alteration.Reroll reroll) {
        if (reroll.at().isAfter(SimTime.ZERO)) {
            simulation.runUntil(new SimTime(reroll.at().nanos() - 1));
        }
        simulation.reseed(reroll.seed());
    }

    private static void prepare(Scenario scenario, Alteration alteration) {
        var world =
                new World(
                        new ModelSettings(
                                scenario.topology(),
                                scenario.protocol(),
                                scenario.workload(),
                                scenario.observe().messages()));
        world.coordinator().prevent(alteration.prevented());
        var phases = scenario.phases();
        var faults = new FaultPlan(world, scenario.budget());
        for (int i = 0; i < scenario.faults().size(); i++) {
            var planned = scenario.faults().get(i);
            var fault = faults.next(planned.fault());
            if (!alteration.without().contains(i)) {
                planned.plan(fault, phases);
            }
        }
        var script = new Script(world);
        for (int i = 0; i < scenario.script().size(); i++) {
            var planned = scenario.script().get(i);
            if (alteration.unscripted().contains(i)) {
                script.skip();
            } else {
                script.plan(planned.action(), planned.at().plus(phases.warmup()));
            }
        }
        world.start();
    }
}
