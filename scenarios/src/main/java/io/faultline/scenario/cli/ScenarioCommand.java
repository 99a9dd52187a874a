package io.faultline.scenario.cli;

import io.faultline.scenario.Catalogue;
import io.faultline.scenario.ScenarioParser;
import io.faultline.scenario.ScenarioSchema;
import io.faultline.scenario.ScenarioWriter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Map;

/// `faultline scenario`: what the catalogue has, and what scenario files look like.
@Command(
        name = "scenario",
        description = "Lists and shows scenarios, and prints the schema of scenario files.",
        mixinStandardHelpOptions = true)
final class ScenarioCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: list, show or schema");
    }

    @Command(name = "list", description = "Lists the catalogue.", mixinStandardHelpOptions = true)
    int list() {
        var out = spec.commandLine().getOut();
        var catalogue = Catalogue.load();
        int width = catalogue.names().stream().mapToInt(String::length).max().orElse(0);
        for (var name : catalogue.names()) {
            var about = new ScenarioParser().parse(catalogue.find(name), Map.of()).about();
            out.println(name + " ".repeat(width - name.length() + 2) + about.orElse(""));
        }
        return Exit.OK;
    }

    @Command(
            name = "show",
            description = "Shows a scenario as it is written.",
            mixinStandardHelpOptions = true)
    int show(
            @Mixin ScenarioSource source,
            @Option(
                            names = "--resolved",
                            description = "Shows it as it runs, with every default spelled out.")
                    boolean resolved) {
        var out = spec.commandLine().getOut();
        out.print(resolved ? ScenarioWriter.write(source.read()) : source.text());
        return Exit.OK;
    }

    @Command(
            name = "schema",
            description = "Prints the JSON Schema of scenario files, for editors.",
            mixinStandardHelpOptions = true)
    int schema() {
        spec.commandLine().getOut().print(ScenarioSchema.published());
        return Exit.OK;
    }
}
