package io.faultline.scenario.campaign;

import io.faultline.report.Json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A run that is to be made: a value that can be sent anywhere.
///
/// @param cell which scenario of the campaign it belongs to, from 0
/// @param scenario the scenario, with nothing left to defaults, as
///   [io.faultline.scenario.ScenarioWriter] writes it; many tasks share one text
/// @param replay the command that repeats the run, but for its seed
/// @param seed the source of all chance in the run, in place of the scenario's own
/// @param twice whether it is run a second time, in another thread and with another agenda, and
///   compared
public record Task(int cell, String scenario, String replay, long seed, boolean twice) {

    /// One run in twenty, chosen by nothing but its seed, is made twice.
    public static boolean isSampled(long seed) {
        long mixed = (seed ^ seed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return Long.remainderUnsigned(mixed ^ mixed >>> 31, 20) == 0;
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
            json.writeStringProperty("replay", replay);
            json.writeNumberProperty("seed", seed);
            json.writeBooleanProperty("twice", twice);
            json.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// Reads what [#toJson] has written.
    ///
    /// @throws IllegalArgumentException if it is something else
    public static Task ofJson(String line) {
        var fields = Fields.read(line);
        return new Task(
                (int) fields.number("cell"),
                fields.text("scenario"),
                fields.text("replay"),
                fields.number("seed"),
                fields.flag("twice"));
    }
}
