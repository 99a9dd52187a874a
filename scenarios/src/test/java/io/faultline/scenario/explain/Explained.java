package io.faultline.scenario.explain;

import io.faultline.report.verdict.Answer;
import io.faultline.scenario.Alteration;
import io.faultline.scenario.Catalogue;
import io.faultline.scenario.Judge;
import io.faultline.scenario.Run;
import io.faultline.scenario.Scenario;
import io.faultline.scenario.ScenarioParser;
import io.faultline.scenario.ScenarioWriter;
import io.faultline.scenario.Source;
import io.faultline.scenario.explain.Trials.Original;

import java.time.Duration;
import java.util.Map;

/// Runs that are explained in tests.
record Explained(Scenario scenario, Original original, Subject subject) {

    static Explained of(String name, Map<String, String> changes) {
        return of(new ScenarioParser(Judge.VOCABULARY).parse(Catalogue.load().find(name), changes));
    }

    static Explained text(String text) {
        return of(new ScenarioParser(Judge.VOCABULARY).parse(new Source("test", text), Map.of()));
    }

    /// The same with one more crash, at the time of the first fault.
    Explained withCrash(String partition) {
        var text =
                ScenarioWriter.write(scenario.withoutParams())
                        .replaceFirst(
                                "(?m)^faults:\n",
                                "faults:\n  - at: 1s\n    crash: { partitions: ["
                                        + partition
                                        + "] }\n");
        return text(text);
    }

    private static Explained of(Scenario scenario) {
        var original = Original.of(scenario, Alteration.NONE);
        var subject = Subject.of(scenario, original.run().result());
        return new Explained(scenario, original, subject.orElseThrow());
    }

    /// Whether anything is violated in the run of a scenario.
    static boolean isViolated(String text) {
        var scenario =
                new ScenarioParser(Judge.VOCABULARY).parse(new Source("test", text), Map.of());
        return Run.of(scenario, "", "").result().verdict().answer() == Answer.VIOLATED;
    }

    CausalChain chain() {
        return Explanation.of(scenario, original, subject).chain().orElseThrow();
    }

    Consequences consequences(int pairs) {
        return new Counterfactuals(
                        original,
                        subject,
                        new Trials(scenario, subject, 2),
                        Duration.ofSeconds(20),
                        pairs,
                        () -> false)
                .find();
    }

    Consequences consequences() {
        return consequences(1000);
    }
}
