package io.faultline.scenario;

import io.faultline.scenario.format.Parameters;
import io.faultline.scenario.format.Unbinder;
import io.faultline.scenario.format.YamlWriter;

import java.util.stream.Collectors;

/// Writes a scenario as a file in which nothing is left to defaults, so that it means the same to
/// every version that can read it.
///
/// References to parameters have been replaced by their values, so the parameters are listed in a
/// comment only. Parsing what was written gives [Scenario#withoutParams].
public final class ScenarioWriter {
    private ScenarioWriter() {}

    public static String write(Scenario scenario) {
        var comment =
                scenario.params().entrySet().stream()
                        .map(entry ->
                                "# parameter %s was %s\n"
                                        .formatted(
                                                entry.getKey(), oneLine(entry.getValue().text())))
                        .collect(Collectors.joining());
        var tree = Unbinder.tree(scenario.withoutParams());
        return comment + YamlWriter.write(Parameters.protect(tree));
    }

    private static String oneLine(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
