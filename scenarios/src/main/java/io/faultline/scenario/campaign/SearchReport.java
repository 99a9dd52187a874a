package io.faultline.scenario.campaign;

import io.faultline.model.Kind;
import io.faultline.report.Json;
import io.faultline.report.JsonResult;
import io.faultline.report.Quantity;
import io.faultline.scenario.Swarm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a search has found, for people and for machines. There is no wall-clock time in it, so
/// equal searches make equal reports.
///
/// @param plan what was searched
/// @param summary what was found
/// @param ending why the search ended
/// @param version the version of the product
/// @param shrunk what the first run of each signature was shrunk to, if that was asked for
public record SearchReport(
        Search.Plan plan,
        Summary summary,
        Search.Ending ending,
        String version,
        SortedMap<String, ShrinkReport> shrunk) {

    /// Goes up when a reader of the file could break.
    public static final int SCHEMA_VERSION = 1;

    static final String SHRUNK = "shrunk";

    private static final int BROKEN_OFF = 100;

    public SearchReport {
        shrunk = Collections.unmodifiableSortedMap(new TreeMap<>(shrunk));
    }

    /// Before anything is shrunk.
    public SearchReport(Search.Plan plan, Summary summary, Search.Ending ending, String version) {
        this(plan, summary, ending, version, new TreeMap<>());
    }

    /// The seeds of the first failure of each signature, the gravest first. What cannot be repeated
    /// cannot be shrunk, and neither can a run of which nothing is left.
    SequencedMap<String, Long> firstFailures() {
        var seeds = new LinkedHashMap<String, Long>();
        groups().stream()
                .filter(group ->
                        !List.of(2, RunRecord.NOT_REPEATABLE).contains(group.getValue().exitCode()))
                .filter(group -> !group.getValue().fingerprint().equals(RunRecord.NOTHING))
                .forEach(group -> seeds.put(group.getKey(), group.getValue().seed()));
        return seeds;
    }

    /// Where in the folder of the search the shrunk failure with a seed is.
    static String folder(long seed) {
        return SHRUNK + "/seed-" + seed;
    }

    /// The share of seeds that fail, at a confidence of 95 %; nothing where the search ended
    /// because of what it had found, since that biases it, or found nothing conclusive.
    public Optional<Confidence> failureProbability() {
        long conclusive = summary.runs() - summary.runs(2);
        boolean unbiased = ending != Search.Ending.FAILURES && ending != Search.Ending.STABLE;
        return unbiased && conclusive > 0
                ? Optional.of(Confidence.ofShare(summary.failures(), conclusive))
                : Optional.empty();
    }

    /// The phases of a recovery in which faults of the scenario were never in effect, by kind.
    /// Kinds of which it has none and draws none do not count.
    public SortedMap<String, List<String>> neverHitTogether() {
        var kinds = new TreeSet<>(summary.coverage().runs().keySet());
        var swarm = plan.scenario().swarm();
        if (swarm.filter(Swarm::replace).isEmpty()) {
            plan.scenario().faults().forEach(planned -> kinds.add(Kind.name(planned.fault())));
        }
        swarm.filter(draws -> draws.faults() > 0)
                .ifPresent(draws -> kinds.addAll(draws.permitted()));
        return summary.coverage().missing(kinds);
    }

    /// The groups, the gravest first, and the largest of equally grave ones.
    private List<Map.Entry<String, Summary.Group>> groups() {
        return summary.groups().entrySet().stream()
                .sorted(
                        Comparator.<Map.Entry<String, Summary.Group>>comparingInt(
                                        group -> RunRecord.gravity(group.getValue().exitCode()))
                                .thenComparing(group -> -group.getValue().count())
                                .thenComparing(Map.Entry::getKey))
                .toList();
    }

    private static String file(long seed) {
        return folder(seed) + "/shrunk.yaml";
    }

    private String replay(long seed) {
        return plan.replay() + " --seed " + seed;
    }

    /// It as JSON that people can read.
    public String json() {
        var bytes = new ByteArrayOutputStream();
        try (var json = Json.indented(bytes)) {
            json.writeStartObject();
            json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
            json.writeStringProperty("version", version);
            json.writeStringProperty("scenario", plan.scenario().name());
            json.writeStringProperty("seeds", plan.seeds().toString());
            json.writeStringProperty("ended", Kind.name(ending));
            json.writeBooleanProperty("passed", summary.exitCode() == 0);
            json.writeNumberProperty("exitCode", summary.exitCode());
            json.writeObjectPropertyStart("runs");
            json.writeNumberProperty("all", summary.runs());
            json.writeNumberProperty("clean", summary.runs(0));
            json.writeNumberProperty("failed", summary.failures());
            json.writeNumberProperty("inconclusive", summary.runs(2));
            json.writeNumberProperty("vacuous", summary.vacuous());
            json.writeNumberProperty("madeTwice", summary.twice());
            json.writeNumberProperty("notRepeatable", summary.runs(RunRecord.NOT_REPEATABLE));
            json.writeEndObject();
            json.writeArrayPropertyStart("groups");
            for (var entry : groups()) {
                var group = entry.getValue();
                json.writeStartObject();
                json.writeStringProperty("signature", entry.getKey());
                json.writeNumberProperty("count", group.count());
                json.writeNumberProperty("exitCode", group.exitCode());
                json.writeNumberProperty("firstSeed", group.seed());
                json.writeStringProperty("firstSeedText", Long.toString(group.seed()));
                json.writeStringProperty("fingerprint", group.fingerprint());
                json.writeObjectPropertyStart("findings");
                group.findings().forEach(json::writeStringProperty);
                json.writeEndObject();
                json.writeStringProperty("replay", replay(group.seed()));
                if (shrunk.containsKey(entry.getKey())) {
                    json.writeStringProperty("shrunk", file(group.seed()));
                    json.writeStringProperty("needed", shrunk.get(entry.getKey()).line());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            var probability = failureProbability();
            if (probability.isPresent()) {
                json.writeObjectPropertyStart("failureProbability");
                json.writeNumberProperty("confidence", 0.95);
                json.writeNumberProperty("low", probability.get().low());
                json.writeNumberProperty("high", probability.get().high());
                json.writeEndObject();
            }
            json.writeObjectPropertyStart("coverage");
            json.writeName("runs");
            RunRecord.write(json, summary.coverage());
            json.writeObjectPropertyStart("never");
            neverHitTogether()
                    .forEach((kind, phases) -> {
                        json.writeArrayPropertyStart(kind);
                        phases.forEach(json::writeString);
                        json.writeEndArray();
                    });
            json.writeEndObject();
            json.writeEndObject();
            json.writeObjectPropertyStart("metrics");
            summary.measurements()
                    .forEach((name, measurement) -> {
                        json.writeObjectPropertyStart(name);
                        JsonResult.measurement(json, measurement);
                        json.writeEndObject();
                    });
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// It on one screen, unless there are many groups.
    public String text() {
        var lines = new ArrayList<String>();
        lines.add(
                (summary.exitCode() == 0
                                ? "CLEAN"
                                : summary.failures() > 0 ? "FAILURES" : "INCONCLUSIVE")
                        + "  "
                        + plan.scenario().name());
        lines.add("");
        lines.add(
                "seeds          "
                        + plan.seeds()
                        + ", of which "
                        + Quantity.count(summary.runs())
                        + " counted: "
                        + ending.sentence());
        lines.add(
                "runs           "
                        + Quantity.count(summary.runs(0))
                        + " clean, "
                        + Quantity.count(summary.failures())
                        + " failed, "
                        + Quantity.count(summary.runs(2))
                        + " inconclusive");
        long different = summary.runs(RunRecord.NOT_REPEATABLE);
        lines.add(
                "repeatable     "
                        + Quantity.count(summary.twice(), "run")
                        + (summary.twice() == 1 ? " was" : " were")
                        + " made twice, and "
                        + (different == 0
                                ? "none differed"
                                : Quantity.count(different) + " differed"));
        lines.add("failing seeds  " + probability());
        var never = neverHitTogether();
        never.forEach((kind, phases) ->
                lines.add("never hit together: " + kind + " and " + String.join(", ", phases)));
        for (var entry : groups()) {
            var group = entry.getValue();
            lines.add("");
            lines.add(Quantity.count(group.count()) + " × " + entry.getKey());
            group.findings().entrySet().stream()
                    .limit(1)
                    .forEach(finding ->
                            lines.add(
                                    "    seed "
                                            + group.seed()
                                            + ": "
                                            + brokenOff(finding.getValue())));
            lines.add("    reproduce: " + replay(group.seed()));
            if (shrunk.containsKey(entry.getKey())) {
                lines.add("    needed:    " + shrunk.get(entry.getKey()).line());
                lines.add("    shrunk:    " + file(group.seed()));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private String probability() {
        return failureProbability()
                .map(this::interval)
                .orElse(
                        summary.runs() == summary.runs(2)
                                ? "nothing is known, since no run was conclusive"
                                : "not estimated, since the search ended because of what it found");
    }

    private String interval(Confidence bounds) {
        var ends = bounds.percent();
        if (summary.failures() == 0) {
            return "%s: fewer than %s fail, at 95 %% confidence"
                    .formatted(
                            Quantity.count(summary.runs(0), "clean independent seed"),
                            ends.getLast());
        }
        return bounds.high() == 1
                ? "more than %s of all fail, at 95 %% confidence".formatted(ends.getFirst())
                : "between %s and %s of all fail, at 95 %% confidence".formatted(ends.toArray());
    }

    private static String brokenOff(String sentence) {
        return sentence.length() <= BROKEN_OFF
                ? sentence
                : sentence.substring(0, BROKEN_OFF) + " …";
    }
}
