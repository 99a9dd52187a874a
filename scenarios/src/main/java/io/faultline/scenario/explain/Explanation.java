package io.faultline.scenario.explain;

import io.faultline.model.detector.FailureDetector;
import io.faultline.report.Result;
import io.faultline.scenario.Scenario;
import io.faultline.scenario.campaign.Engine;
import io.faultline.scenario.explain.Trials.Original;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Why a run ended as it did.
///
/// @param scenario the scenario, with the seed of the run
/// @param run the run
/// @param subject what is explained
/// @param chain what led to it; nothing if no observation stands for it
/// @param consequences what would not have happened without what, if that was asked for
/// @param noReturn how likely it was on the way, if that was asked for
public record Explanation(
        Scenario scenario,
        Result run,
        Subject subject,
        Optional<CausalChain> chain,
        Optional<Consequences> consequences,
        Optional<NoReturn> noReturn) {

    /// What was made of a run from its trace alone.
    public static Explanation of(Scenario scenario, Original original, Subject subject) {
        var patience =
                scenario.protocol()
                        .detector()
                        .map(FailureDetector::detection)
                        .orElse(Duration.ZERO);
        var loss = scenario.topology().network().loss();
        var chain =
                subject.witness().stream()
                        .mapToObj(index -> CausalChain.to(index, original.trace(), patience, loss))
                        .findFirst();
        return new Explanation(
                scenario,
                original.run().result(),
                subject,
                chain,
                Optional.empty(),
                Optional.empty());
    }

    /// It with what would not have happened without what.
    ///
    /// @param window how far apart a failure and its counterpart in another run may be
    /// @param pairs how many pairs of causes are taken away at most
    /// @param over asked before further runs whether it is time to end
    public Explanation withConsequences(
            Original original, Trials trials, Duration window, int pairs, BooleanSupplier over) {
        var consequences =
                new Counterfactuals(original, subject, trials, window, pairs, over).find();
        return new Explanation(scenario, run, subject, chain, Optional.of(consequences), noReturn);
    }

    /// It with how likely it was on the way.
    ///
    /// @param rolls how many runs are made from each instant
    /// @param over asked before each run whether it is time to end
    public Explanation withNoReturn(int rolls, Engine engine, BooleanSupplier over) {
        var found = NoReturn.find(scenario, subject, subject.since(), rolls, engine, over);
        return new Explanation(scenario, run, subject, chain, consequences, Optional.of(found));
    }
}
