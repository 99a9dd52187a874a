package io.faultline.scenario.cli;

import io.faultline.kernel.Simulation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// `faultline doctor`: says what this installation runs on, and what would make it faster.
@Command(
        name = "doctor",
        description = "Says what Faultline runs on, and what would make it faster.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private static final double GIB = 1 << 30;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var runtime = Runtime.getRuntime();
        out.println("faultline    " + Version.text());
        out.println("JDK          " + Runtime.version() + ", " + System.getProperty("java.home"));
        out.println("processors   " + runtime.availableProcessors());
        out.printf("heap         at most %.1f GiB%n", runtime.maxMemory() / GIB);
        out.println(
                "collector    "
                        + ManagementFactory.getGarbageCollectorMXBeans().stream()
                                .map(GarbageCollectorMXBean::getName)
                                .collect(Collectors.joining(", ")));
        out.println("suspension   " + new Simulation(0).suspensionMechanism().sentence());
        return Exit.OK;
    }
}
