package io.faultline.scenario.campaign;

import io.faultline.kernel.SimTime;
import io.faultline.model.Probability;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.recovery.Prevention;
import io.faultline.report.Json;
import io.faultline.scenario.Alteration;

import tools.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// A run that is to be made: a value that can be sent anywhere.
///
/// @param cell which scenario of the campaign it belongs to, from 0
/// @param scenario the scenario, with nothing left to defaults, as
///   [io.faultline.scenario.ScenarioWriter] writes it; many tasks share one text
/// @param classPath jars and folders with classes of its own that the scenario names, in full; many
///   tasks share one
/// @param replay the command that repeats the run, but for its seed
/// @param seed the source of all chance in the run, in place of the scenario's own
/// @param twice whether it is run a second time, in another thread and with another agenda, and
///   compared
/// @param alteration what is other in the run than its scenario and its seed say
public record Task(
        int cell,
        String scenario,
        List<String> classPath,
        String replay,
        long seed,
        boolean twice,
        Alteration alteration) {

    /// A run as its scenario and its seed say.
    public Task(
            int cell,
            String scenario,
            List<String> classPath,
            String replay,
            long seed,
            boolean twice) {
        this(cell, scenario, classPath, replay, seed, twice, Alteration.NONE);
    }

    /// The share of runs that are made twice if nothing else is said.
    public static final Probability SAMPLED = new Probability(0.05);

    /// Whether a run is one of those that are made twice, which are chosen by nothing but their
    /// seeds.
    ///
    /// @param share how many of all runs are
    public static boolean isSampled(long seed, Probability share) {
        long mixed = (seed ^ seed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return ((mixed ^ mixed >>> 31) >>> 11) * 0x1p-53 < share.value();
    }

    /// The command that repeats the run.
    public String command() {
        return replay + " --seed " + seed;
    }

    /// The task as a line of JSON.
    public String toJson() {
        var bytes = new ByteArrayOutputStream();
        try (var json = Json.compact(bytes)) {
            json.writeStartObject();
            json.writeNumberProperty("cell", cell);
            json.writeStringProperty("scenario", scenario);
            json.writeArrayPropertyStart("classPath");
            classPath.forEach(json::writeString);
            json.writeEndArray();
            json.writeStringProperty("replay", replay);
            json.writeNumberProperty("seed", seed);
            json.writeBooleanProperty("twice", twice);
            json.writeName("alteration");
            write(json);
            json.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeArrayPropertyStart("without");
        alteration.without().forEach(json::writeNumber);
        json.writeEndArray();
        json.writeArrayPropertyStart("unscripted");
        alteration.unscripted().forEach(json::writeNumber);
        json.writeEndArray();
        json.writeArrayPropertyStart("prevented");
        for (var prevention : alteration.prevented()) {
            json.writeStartObject();
            json.writeNumberProperty("partition", prevention.partition().rank());
            json.writeNumberProperty("from", prevention.from().nanos());
            json.writeNumberProperty("until", prevention.until().nanos());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("reroll");
        alteration
                .reroll()
                .ifPresent(reroll -> {
                    json.writeNumber(reroll.at().nanos());
                    json.writeNumber(reroll.seed());
                });
        json.writeEndArray();
        json.writeEndObject();
    }

    /// Reads what [#toJson] has written.
    ///
    /// @throws IllegalArgumentException if it is something else
    public static Task ofJson(String line) {
        var fields = Fields.read(line);
        return new Task(
                (int) fields.number("cell"),
                fields.text("scenario"),
                fields.list("classPath").stream().map(String.class::cast).toList(),
                fields.text("replay"),
                fields.number("seed"),
                fields.flag("twice"),
                alteration(fields.fields("alteration")));
    }

    private static Alteration alteration(Fields fields) {
        var reroll = fields.list("reroll");
        return new Alteration(
                positions(fields.list("without")),
                positions(fields.list("unscripted")),
                fields.list("prevented").stream().map(item -> prevention((Fields) item)).toList(),
                reroll.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Alteration.Reroll(
                                        new SimTime((Long) reroll.get(0)), (Long) reroll.get(1))));
    }

    private static SortedSet<Integer> positions(List<?> list) {
        var positions = new TreeSet<Integer>();
        list.forEach(position -> positions.add(((Long) position).intValue()));
        return positions;
    }

    private static Prevention prevention(Fields fields) {
        return new Prevention(
                new PartitionId((int) fields.number("partition")),
                new SimTime(fields.number("from")),
                new SimTime(fields.number("until")));
    }
}
