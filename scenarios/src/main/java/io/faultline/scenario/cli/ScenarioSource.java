package io.faultline.scenario.cli;

import io.faultline.scenario.Catalogue;
import io.faultline.scenario.Judge;
import io.faultline.scenario.Scenario;
import io.faultline.scenario.ScenarioParser;
import io.faultline.scenario.Source;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Which scenario a command is about, and what is changed in it: shared by the commands that read
/// one.
final class ScenarioSource {

    @Parameters(
            index = "0",
            paramLabel = "SCENARIO",
            description = "A scenario of the catalogue by its name, or a file by its path.",
            completionCandidates = ScenarioNames.class)
    private String scenario;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = {
                "Changes a setting or a parameter; may be repeated.",
                "For example: --set protocol.detector.suspect=3s"
            })
    private Map<String, String> sets = new LinkedHashMap<>();

    /// Reads the scenario, with what is changed in it.
    Scenario read() {
        return new ScenarioParser(Judge.VOCABULARY).parse(source(), sets);
    }

    /// The scenario as it is written.
    String text() {
        return source().text();
    }

    private Source source() {
        return Catalogue.load().find(scenario);
    }

    /// As on the command line, for a command that repeats this one.
    String arguments() {
        return quoted(scenario)
                + sets.entrySet().stream()
                        .map(set -> " --set " + quoted(set.getKey() + "=" + set.getValue()))
                        .collect(Collectors.joining());
    }

    /// A word as a shell reads it back.
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./=:,%+-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
