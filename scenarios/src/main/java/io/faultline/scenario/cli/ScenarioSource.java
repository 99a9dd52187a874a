package io.faultline.scenario.cli;

import io.faultline.scenario.Catalogue;
import io.faultline.scenario.Judge;
import io.faultline.scenario.Scenario;
import io.faultline.scenario.ScenarioParser;
import io.faultline.scenario.Source;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Which scenario a command is about, and what is changed in it: shared by the commands that read
/// one.
final class ScenarioSource {

    private static final String ENVIRONMENT = "FAULTLINE_CLASSPATH";

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
                "For example: --set topology.network.loss=5%%"
            })
    private List<String> sets = new ArrayList<>();

    @Option(
            names = "--swarm",
            description =
                    "Has the seed draw further faults, as the key 'swarm' of a scenario does.")
    private boolean swarm;

    @Option(
            names = {"-cp", "--class-path"},
            paramLabel = "PATH",
            defaultValue = "${env:" + ENVIRONMENT + "}",
            description = {
                "Jars and folders with classes of your own that the scenario names; that of the"
                        + " environment, FAULTLINE_CLASSPATH, if left out."
            })
    private String classPath;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    /// Reads the scenario, with what is changed in it.
    Scenario read() {
        return read(source(), Map.of());
    }

    /// Reads the scenario, with what is changed in it here and `further`.
    Scenario read(Source source, Map<String, String> further) {
        findClasses();
        var parser = new ScenarioParser(Judge.VOCABULARY);
        var scenario = parser.parse(source, with(further));
        if (!swarm || scenario.swarm().isPresent()) {
            return scenario;
        }
        var drawing = with(further);
        drawing.put("swarm", "{}");
        return parser.parse(source, drawing);
    }

    private void findClasses() {
        if (hasClassPath()) {
            try {
                boolean isOfEnvironment = classPath.equals(System.getenv(ENVIRONMENT));
                ClassPath.of(classPath, isOfEnvironment ? ENVIRONMENT : "--class-path").use();
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
        }
    }

    private boolean hasClassPath() {
        return classPath != null && !classPath.isEmpty();
    }

    private Map<String, String> with(Map<String, String> further) {
        var all = new LinkedHashMap<String, String>();
        for (var set : sets) {
            int equals = set.indexOf('=');
            if (equals < 1) {
                throw new ParameterException(
                        spec.commandLine(),
                        "write --set PATH=VALUE, as in --set protocol.detector.suspect=3s, and not"
                                + " '"
                                + set
                                + "'");
            }
            all.put(set.substring(0, equals), set.substring(equals + 1));
        }
        all.putAll(further);
        return all;
    }

    /// What was named on the command line.
    String name() {
        return scenario;
    }

    boolean isChanged() {
        return swarm || !sets.isEmpty();
    }

    /// The scenario as it is written.
    String text() {
        return source().text();
    }

    Source source() {
        return Catalogue.load().find(scenario);
    }

    /// As on the command line, for a command that repeats this one.
    String arguments() {
        return arguments(Map.of());
    }

    /// As on the command line, with further settings.
    String arguments(Map<String, String> further) {
        return arguments(scenario, further);
    }

    /// As on the command line, with another scenario.
    String arguments(String name, Map<String, String> further) {
        return quoted(name)
                + (hasClassPath() ? " --class-path " + quoted(classPath) : "")
                + (swarm ? " --swarm" : "")
                + with(further).entrySet().stream()
                        .map(set -> " --set " + quoted(set.getKey() + "=" + set.getValue()))
                        .collect(Collectors.joining());
    }

    /// A word as a shell reads it back.
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./=:,%+-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
