package io.faultline.scenario.cli;

import io.faultline.scenario.campaign.Engine;
import io.faultline.scenario.campaign.LocalEngine;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// How many runs a command makes at once: shared by the commands that make many.
final class Jobs {

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "How many runs are made at once; as many as there are cores if left out.")
    private Integer jobs;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    Engine engine() {
        return new LocalEngine(threads());
    }

    /// How many runs are made at once.
    int threads() {
        int threads = jobs == null ? Runtime.getRuntime().availableProcessors() : jobs;
        if (threads < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--jobs is 1 or more, but was " + threads);
        }
        return threads;
    }
}
