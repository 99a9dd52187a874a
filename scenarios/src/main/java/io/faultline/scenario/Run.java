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

import java.util.Optional;
import java.util.function.Consumer;

/// A scenario and what became of it.
///
/// This is the whole of it on one screen: a world is built inside a simulation, faults and actions
/// are planned, the simulation runs, and what it leaves behind, the trace, is judged.
///
/// @param result what was observed and measured, and the verdict
/// @param failure the fault of our own that broke the run down, if one did; the result is then what
///   there was until that moment
public record Run(Result result, Optional<SimulationException> failure) {

    /// Runs a scenario.
    ///
    /// @param replay the command that repeats the run
    /// @param version the version of the product
    public static Run of(Scenario scenario, String replay, String version) {
        return of(scenario, replay, version, _ -> {});
    }

    /// Runs a scenario while somebody watches.
    ///
    /// @param watcher is given the simulation before it runs, to follow its progress and perhaps to
    ///   interrupt it from another thread
    public static Run of(
            Scenario scenario, String replay, String version, Consumer<Simulation> watcher) {
        return of(scenario, replay, version, Agenda.LADDER, watcher);
    }

    /// Runs a scenario with a certain agenda of events, while somebody watches.
    public static Run of(
            Scenario scenario,
            String replay,
            String version,
            Agenda agenda,
            Consumer<Simulation> watcher) {
        return of(scenario, Alteration.NONE, replay, version, agenda, watcher);
    }

    /// Runs a scenario with something altered.
    public static Run of(
            Scenario scenario,
            Alteration alteration,
            String replay,
            String version,
            Agenda agenda,
            Consumer<Simulation> watcher) {
        var simulation = ready(scenario, alteration, replay, agenda);
        var failure = Optional.<SimulationException>empty();
        Outcome outcome;
        try {
            watcher.accept(simulation);
            alteration.reroll().ifPresent(reroll -> reroll(simulation, reroll));
            outcome = simulation.runUntil(scenario.phases().end());
        } catch (SimulationException broken) {
            failure = Optional.of(broken);
            outcome = new Outcome(Outcome.Ending.STOPPED, simulation.now(), simulation.executed());
        }
        var phases = scenario.phases();
        var result =
                Result.of(
                        scenario.name(),
                        scenario.seed(),
                        simulation.fingerprint(),
                        outcome,
                        new io.faultline.report.Phases(
                                phases.start(), phases.at(phases.chaos()), phases.end()),
                        simulation.trace(),
                        new Judge(scenario).judge(simulation.trace(), outcome),
                        replay,
                        version);
        return new Run(result, failure);
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
        simulation.within(() -> prepare(scenario, alteration));
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
        var warmup = scenario.phases().warmup();
        var faults = new FaultPlan(world);
        world.coordinator().prevent(alteration.prevented());
        for (int number = 0; number < scenario.faults().size(); number++) {
            var planned = scenario.faults().get(number);
            if (alteration.without().contains(number)) {
                faults.skip();
                continue;
            }
            switch (planned.schedule()) {
                case At(var time) ->
                        faults.plan(planned.fault(), warmup.plus(time), Optional.empty());
                case During(var span) ->
                        faults.plan(
                                planned.fault(),
                                warmup.plus(span.from()),
                                Optional.of(warmup.plus(span.to())));
            }
        }
        var script = new Script(world);
        for (int number = 0; number < scenario.script().size(); number++) {
            var planned = scenario.script().get(number);
            if (alteration.unscripted().contains(number)) {
                script.skip();
            } else {
                script.plan(planned.action(), planned.at().plus(warmup));
            }
        }
        world.start();
    }
}
