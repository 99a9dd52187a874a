package io.faultline.scenario.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `faultline check`: says whether a scenario can be run, without running it.
@Command(
        name = "check",
        description = "Checks a scenario without running it, and says all that is wrong with it.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Mixin private ScenarioSource source;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        var scenario = source.read();
        spec.commandLine()
                .getOut()
                .printf(
                        "%s is fine: %d partitions, %d faults, %d scripted actions, %s of virtual"
                                + " time%n",
                        scenario.name(),
                        scenario.topology().partitions(),
                        scenario.faults().size(),
                        scenario.script().size(),
                        scenario.phases().end());
        return Exit.OK;
    }
}
