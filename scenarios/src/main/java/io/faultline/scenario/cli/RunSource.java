package io.faultline.scenario.cli;

import io.faultline.scenario.Scenario;
import io.faultline.scenario.ScenarioException;
import io.faultline.scenario.campaign.Recorded;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Which single run a command is about: a scenario and a seed, or a folder of results that says
/// both.
final class RunSource {

    @Mixin private ScenarioSource source;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description =
                    "Where all chance comes from, in decimal or 0x…; that of the results, or the"
                            + " scenario's own, if left out.",
            converter = Seed.class)
    private Long seed;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    /// The run that is meant.
    ///
    /// @param scenario what is run, with its seed
    /// @param fingerprint how it went before, if that is known
    /// @param replay the command that repeats it, but for its seed
    record Meant(Scenario scenario, Optional<String> fingerprint, String replay) {
        String command() {
            return replay + " --seed " + scenario.seed();
        }
    }

    Meant read() {
        return recorded()
                .map(this::recorded)
                .orElseGet(() -> {
                    if (new File(source.name()).isDirectory()) {
                        throw ScenarioException.missing(
                                source.name(),
                                "this folder has results of neither a run nor a search");
                    }
                    var scenario = source.read();
                    return new Meant(
                            seed == null ? scenario : scenario.withSeed(seed),
                            Optional.empty(),
                            "./faultline run " + source.arguments());
                });
    }

    private Meant recorded(Recorded run) {
        run.remark()
                .ifPresent(remark -> spec.commandLine().getErr().println("faultline: " + remark));
        return new Meant(
                source.read(run.source(), Map.of()).withSeed(run.seed()),
                run.fingerprint().filter(_ -> !source.isChanged()),
                "./faultline run " + source.arguments(run.scenario().toString(), Map.of()));
    }

    private Optional<Recorded> recorded() {
        try {
            return Recorded.find(Path.of(source.name()), Optional.ofNullable(seed));
        } catch (InvalidPathException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
