package io.faultline.scenario.cli;

import io.faultline.report.Json;
import io.faultline.report.Quantity;
import io.faultline.scenario.Run;
import io.faultline.scenario.Scenario;
import io.faultline.scenario.campaign.Repetition;
import io.faultline.scenario.campaign.Repetition.Divergence;
import io.faultline.scenario.campaign.Repetition.Happening;
import io.faultline.scenario.campaign.Repetition.Side;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import tools.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// `faultline check`: says whether a scenario can be run, without running it, or whether it can be
/// repeated, by running it twice.
@Command(
        name = "check",
        description = "Checks a scenario without running it, and says all that is wrong with it.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Mixin private ScenarioSource source;

    @Option(
            names = "--determinism",
            description =
                    "Runs it twice, in different threads and with different queues of events, and"
                            + " says where the runs part; the exit code is then 5.")
    private boolean determinism;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description =
                    "With --determinism: where all chance comes from, in decimal or 0x…; the"
                            + " scenario's own if left out.",
            converter = Seed.class)
    private Long seed;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        var scenario = source.read();
        if (determinism) {
            return repeat(seed == null ? scenario : scenario.withSeed(seed));
        }
        if (seed != null) {
            throw new ParameterException(
                    spec.commandLine(), "--seed needs --determinism: without it, nothing is run");
        }
        if (json) {
            print(out -> {
                out.writeStringProperty("scenario", scenario.name());
                out.writeBooleanProperty("passed", true);
                out.writeNumberProperty("partitions", scenario.topology().partitions());
                out.writeNumberProperty("faults", scenario.faults().size());
                out.writeNumberProperty("actions", scenario.script().size());
                out.writeNumberProperty("virtualTime", scenario.phases().end().nanos());
            });
            return Exit.OK;
        }
        spec.commandLine()
                .getOut()
                .printf(
                        "%s is fine: %s, %s, %s, %s of virtual time%n",
                        scenario.name(),
                        Quantity.count(scenario.topology().partitions(), "partition"),
                        Quantity.count(scenario.faults().size(), "fault"),
                        Quantity.count(scenario.script().size(), "scripted action"),
                        scenario.phases().end());
        return Exit.OK;
    }

    private int repeat(Scenario scenario) {
        var replay = "./faultline run " + source.arguments() + " --seed " + scenario.seed();
        var repetition =
                Repetition.of(
                        agenda -> Run.ready(scenario, replay, agenda),
                        simulation -> Run.finish(scenario, simulation));
        if (json) {
            print(out -> write(scenario, repetition, out));
        } else {
            say(scenario, repetition);
        }
        if (!repetition.isSame()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "reproduce: ./faultline check "
                                    + source.arguments()
                                    + " --determinism --seed "
                                    + scenario.seed());
        }
        return repetition.isSame() ? Exit.OK : Exit.NOT_REPEATABLE;
    }

    private void say(Scenario scenario, Repetition repetition) {
        var out = spec.commandLine().getOut();
        var run = scenario.name() + ", seed " + scenario.seed();
        if (repetition.isSame()) {
            out.println(run + ": identical, " + words(repetition.first()));
            return;
        }
        out.println(run + ": different");
        out.println("  first   " + words(repetition.first()));
        out.println("  second  " + words(repetition.second()));
        if (repetition.event().isEmpty()) {
            out.println("no event differed when both were run once more, side by side");
        }
        repetition.event().ifPresent(at -> say("event", at));
        repetition.observation().ifPresent(at -> say("observation", at));
    }

    private void say(String what, Divergence divergence) {
        var out = spec.commandLine().getOut();
        out.println("first divergent " + what + ": number " + divergence.index() + " from 0");
        out.println("  first   " + words(divergence.first()));
        out.println("  second  " + words(divergence.second()));
    }

    private static String words(Side side) {
        return "%s, event hash %016x, fingerprint %s%s"
                .formatted(
                        Quantity.count(side.events(), "event"),
                        side.eventHash(),
                        side.fingerprint(),
                        side.failure().map(sentence -> ", " + sentence).orElse(""));
    }

    private static String words(Optional<Happening> happening) {
        return happening.map(Happening::toString).orElse("nothing: the run was over");
    }

    private static void write(Scenario scenario, Repetition repetition, JsonGenerator json) {
        json.writeStringProperty("scenario", scenario.name());
        json.writeNumberProperty("seed", scenario.seed());
        json.writeBooleanProperty("passed", repetition.isSame());
        write("first", repetition.first(), json);
        write("second", repetition.second(), json);
        repetition.event().ifPresent(at -> write("divergentEvent", at, json));
        repetition.observation().ifPresent(at -> write("divergentObservation", at, json));
    }

    private static void write(String name, Side side, JsonGenerator json) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("fingerprint", side.fingerprint());
        json.writeStringProperty("eventHash", "%016x".formatted(side.eventHash()));
        json.writeNumberProperty("events", side.events());
        side.failure().ifPresent(sentence -> json.writeStringProperty("failure", sentence));
        json.writeEndObject();
    }

    private static void write(String name, Divergence divergence, JsonGenerator json) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("index", divergence.index());
        write("first", divergence.first(), json);
        write("second", divergence.second(), json);
        json.writeEndObject();
    }

    private static void write(String name, Optional<Happening> happening, JsonGenerator json) {
        if (happening.isEmpty()) {
            json.writeNullProperty(name);
            return;
        }
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("t", happening.get().time().nanos());
        json.writeStringProperty("actor", happening.get().actor());
        json.writeStringProperty("what", happening.get().what());
        json.writeEndObject();
    }

    private void print(Consumer<JsonGenerator> content) {
        var bytes = new ByteArrayOutputStream();
        try (var json = Json.indented(bytes)) {
            json.writeStartObject();
            content.accept(json);
            json.writeEndObject();
            json.writeRaw('\n');
        }
        spec.commandLine().getOut().print(bytes.toString(StandardCharsets.UTF_8));
    }
}
