package io.faultline.scenario.explain;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.report.Json;
import io.faultline.report.Quantity;
import io.faultline.report.Said;
import io.faultline.scenario.explain.Consequences.FaultAlignment;
import io.faultline.scenario.explain.Consequences.What;

import tools.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An explanation as a text and as JSON.
///
/// @param explanation what is explained
/// @param replay the command that repeats the run
/// @param lines how many lines the chain may have
public record ExplainReport(Explanation explanation, String replay, int lines) {

    /// Goes up when a reader of the file could break.
    public static final int SCHEMA_VERSION = 1;

    private static final int BAR = 20;

    /// More times than these are left out in sentences, but for the last.
    private static final int MOST_TIMES = 8;

    /// It for people.
    public String text() {
        var text = new ArrayList<String>();
        var run = explanation.run();
        var subject = explanation.subject();
        text.add(run.scenario() + ", seed " + run.seed() + ": " + subject.name());
        text.add(subject.finding());
        text.add("");
        text.add("What led to it");
        text.addAll(chain());
        explanation
                .consequences()
                .ifPresent(consequences -> {
                    text.add("");
                    text.add("What would not have happened without what");
                    text.addAll(consequences.tree());
                    text.add("");
                    text.addAll(numbers(consequences));
                });
        explanation
                .noReturn()
                .ifPresent(noReturn -> {
                    text.add("");
                    text.add("How likely it was, if chance is re-rolled from a time on");
                    text.addAll(table(noReturn));
                    text.addAll(decided(noReturn));
                });
        text.add("");
        text.add("reproduce: " + replay);
        return String.join("\n", text) + "\n";
    }

    /// What led to it, in lines.
    List<String> chain() {
        return explanation
                .chain()
                .map(chain -> {
                    var said = new ArrayList<>(chain.lines(lines));
                    if (!chain.isComplete()) {
                        said.addFirst("                (no fault is known to have led to this)");
                    }
                    return (List<String>) said;
                })
                .orElse(List.of("                (no observation stands for it)"));
    }

    private static List<String> numbers(Consequences consequences) {
        var said = damage(consequences);
        said.add(
                String.format(
                        Locale.ROOT,
                        "each failure led to %.2f others; depth %d, breadth %d; from the first to"
                                + " the last %s",
                        consequences.offspring(),
                        consequences.depth(),
                        consequences.breadth(),
                        Quantity.time(consequences.spread().toNanos())));
        for (var of : consequences.alignments()) {
            said.add(sentence(of));
        }
        said.add(
                Quantity.count(consequences.runs(), "run")
                        + "; a failure recurs if it does within "
                        + Quantity.time(consequences.window().toNanos())
                        + (consequences.left() == 0
                                ? ""
                                : "; "
                                        + consequences.left()
                                        + " more failures and losses of service were not looked"
                                        + " at")
                        + "; "
                        + tried(consequences.pairs())
                        + (consequences.complete()
                                ? ""
                                : "; the time was over before all was tried"));
        return said;
    }

    /// How much damage there is, and how it spread, in sentences.
    static List<String> damage(Consequences consequences) {
        var said = new ArrayList<String>();
        var damage = consequences.damage();
        var slo = Quantity.time(consequences.slo().toNanos());
        var hit = consequences.nodes().stream().filter(node -> !node.hit().isEmpty()).toList();
        if (damage.isEmpty() && hit.stream().anyMatch(Consequences.Node::open)) {
            said.add("there was no time to see what damage came of faults and actions");
            return said;
        }
        if (damage.isEmpty() && !hit.isEmpty()) {
            said.add("no damage that would not have been done without faults and actions, too");
            return said;
        }
        if (damage.isEmpty()) {
            said.add(
                    "no damage: nobody whom no fault concerns failed and was out of service, or was"
                            + " out of service for more than "
                            + slo);
            return said;
        }
        long failed = damage.stream().filter(node -> node.what() == What.FAILURE).count();
        said.add(
                String.format(
                        Locale.ROOT,
                        "damage: %d failures, %d losses of service for more than %s; R = %.2f, for"
                                + " faults: %d",
                        failed,
                        consequences.pieces() - failed,
                        slo,
                        consequences.reproduction(),
                        consequences.faults()));
        var reach = consequences.reach();
        said.add(
                "damage so far: "
                        + IntStream.range(0, reach.size())
                                .filter(i -> i < MOST_TIMES - 1 || i == reach.size() - 1)
                                .mapToObj(i ->
                                        (i > MOST_TIMES - 1 ? "…, " : "")
                                                + reach.get(i).pieces()
                                                + " at "
                                                + reach.get(i).time())
                                .collect(Collectors.joining(", "))
                        + "; partitions hit: "
                        + reach.getLast().partitions()
                        + "; it spread for "
                        + Quantity.time(consequences.damageSpread().toNanos()));
        said.add(
                consequences.isSelfSustaining()
                        ? "self-sustaining: damage grows after the last fault was over at "
                                + consequences.healed()
                        : "not self-sustaining: no damage after the last fault was over at "
                                + consequences.healed());
        return said;
    }

    private static String tried(Consequences.Pairs pairs) {
        return pairs.all() == 0
                ? "no pairs to try"
                : "pairs of causes tried: " + pairs.tried() + " of " + pairs.all();
    }

    private static String sentence(FaultAlignment of) {
        var alignment = of.alignment();
        return "without fault "
                + of.fault()
                + ": "
                + Quantity.share(alignment.score())
                + " of what does not follow from it is the same"
                + alignment.diverged().map(time -> ", up to " + time + " everything").orElse("")
                + "; "
                + alignment.alike()
                + " of "
                + alignment.streams()
                + " random streams gave equally many draws";
    }

    private static List<String> table(NoReturn noReturn) {
        var said = new ArrayList<String>();
        said.add(String.format(Locale.ROOT, "%14s  %9s  %s", "from", "the same", "at 95 %"));
        for (var point : noReturn.points()) {
            var interval = point.confidence();
            said.add(
                    String.format(
                            Locale.ROOT,
                            "%14s  %4d / %-3d  %5.1f .. %5.1f %%  %s",
                            point.at(),
                            point.same(),
                            point.rolls(),
                            100 * interval.low(),
                            100 * interval.high(),
                            "#".repeat((int) Math.round(BAR * point.share()))));
        }
        return said;
    }

    /// What decided it, in sentences.
    List<String> decided(NoReturn noReturn) {
        if (noReturn.points().isEmpty()) {
            return List.of("there was no time to look from a single instant");
        }
        var said = new ArrayList<String>();
        noReturn.steepest(explanation.run().trace())
                .ifPresentOrElse(
                        rise -> {
                            said.add(
                                    String.format(
                                            Locale.ROOT,
                                            "steepest between %s and %s: from %.0f %% to %.0f %%",
                                            rise.before().at(),
                                            rise.after().at(),
                                            100 * rise.before().share(),
                                            100 * rise.after().share()));
                            rise.event()
                                    .ifPresent(event ->
                                            said.add(
                                                    "last before that, "
                                                            + event.time()
                                                            + ": "
                                                            + sentence(event)));
                        },
                        () -> said.add("it does not rise: nothing that was drawn decided it"));
        said.add(
                "each share is of "
                        + noReturn.points().getFirst().rolls()
                        + " runs; their chances come, from the instant on, of seeds that stream"
                        + " explain/rolls of seed "
                        + explanation.run().seed()
                        + " draws, the same ones for each instant; intervals are those of Clopper"
                        + " and Pearson at 95 %");
        said.add(
                noReturn.settled()
                                .map(time -> "from " + time + " on it is 95 % or more")
                                .orElse("it is never 95 % or more")
                        + "; "
                        + Quantity.count(noReturn.runs(), "run")
                        + (noReturn.complete() ? "" : "; the time was over before all was tried"));
        return said;
    }

    private static String sentence(Trace.Entry entry) {
        return Said.of(entry.what()).map(Said::text).orElseGet(() -> entry.what().toString());
    }

    /// It for programs.
    public String json() {
        var bytes = new ByteArrayOutputStream();
        try (var json = Json.indented(bytes)) {
            json.writeStartObject();
            json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
            json.writeStringProperty("scenario", explanation.run().scenario());
            json.writeNumberProperty("seed", explanation.run().seed());
            json.writeStringProperty("seedText", Long.toString(explanation.run().seed()));
            json.writeStringProperty("fingerprint", explanation.run().fingerprint());
            json.writeStringProperty("explained", explanation.subject().name());
            json.writeStringProperty("finding", explanation.subject().finding());
            json.writeStringProperty("replay", replay);
            explanation.chain().ifPresent(chain -> write(chain, json));
            explanation.consequences().ifPresent(consequences -> write(consequences, json));
            explanation.noReturn().ifPresent(noReturn -> write(noReturn, json));
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void write(CausalChain chain, JsonGenerator json) {
        chain.ground().ifPresent(ground -> json.writeStringProperty("ground", ground));
        json.writeArrayPropertyStart("chain");
        for (var step : chain.steps()) {
            json.writeStartObject();
            json.writeNumberProperty("i", step.entry().index());
            write("t", step.entry().time(), json);
            json.writeStringProperty("actor", step.entry().actor());
            json.writeStringProperty("text", step.sentence());
            json.writeStringProperty("link", Kind.name(step.link()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(Consequences consequences, JsonGenerator json) {
        json.writeObjectPropertyStart("counterfactual");
        json.writeArrayPropertyStart("nodes");
        for (int id = 0; id < consequences.nodes().size(); id++) {
            var node = consequences.nodes().get(id);
            json.writeStartObject();
            json.writeNumberProperty("id", id);
            json.writeStringProperty("what", Kind.name(node.what()));
            json.writeStringProperty("text", node.text());
            write("t", node.time(), json);
            json.writeArrayPropertyStart("causes");
            for (var edge : node.causes()) {
                json.writeStartObject();
                json.writeNumberProperty("from", edge.from());
                json.writeBooleanProperty("joint", edge.joint());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("joint");
            node.joint().forEach(set -> write(set, json));
            json.writeEndArray();
            json.writeName("later");
            write(node.later(), json);
            json.writeBooleanProperty("open", node.open());
            json.writeArrayPropertyStart("hit");
            node.hit().forEach(partition -> json.writeString(partition.toString()));
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberProperty("reproduction", consequences.reproduction());
        json.writeNumberProperty("damage", consequences.pieces());
        json.writeNumberProperty("faults", consequences.faults());
        json.writeNumberProperty("damageSpread", consequences.damageSpread().toNanos());
        json.writeBooleanProperty("selfSustaining", consequences.isSelfSustaining());
        json.writeArrayPropertyStart("reach");
        for (var reach : consequences.reach()) {
            json.writeStartObject();
            write("t", reach.time(), json);
            json.writeNumberProperty("partitions", reach.partitions());
            json.writeNumberProperty("damage", reach.pieces());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("steps");
        consequences.steps().forEach(json::writeNumber);
        json.writeEndArray();
        json.writeNumberProperty("offspring", consequences.offspring());
        json.writeNumberProperty("depth", consequences.depth());
        json.writeNumberProperty("breadth", consequences.breadth());
        json.writeNumberProperty("spread", consequences.spread().toNanos());
        json.writeNumberProperty("window", consequences.window().toNanos());
        json.writeNumberProperty("slo", consequences.slo().toNanos());
        json.writeNumberProperty("pairsTried", consequences.pairs().tried());
        json.writeNumberProperty("pairs", consequences.pairs().all());
        json.writeNumberProperty("notLookedAt", consequences.left());
        json.writeNumberProperty("runs", consequences.runs());
        json.writeBooleanProperty("complete", consequences.complete());
        json.writeArrayPropertyStart("alignments");
        for (var of : consequences.alignments()) {
            json.writeStartObject();
            json.writeNumberProperty("fault", of.fault());
            json.writeNumberProperty("score", of.alignment().score());
            json.writeNumberProperty("recurring", of.alignment().recurring());
            json.writeNumberProperty("independent", of.alignment().independent());
            json.writeNumberProperty("streamsAlike", of.alignment().alike());
            json.writeNumberProperty("streams", of.alignment().streams());
            of.alignment().diverged().ifPresent(time -> write("diverged", time, json));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(NoReturn noReturn, JsonGenerator json) {
        json.writeObjectPropertyStart("noReturn");
        json.writeArrayPropertyStart("points");
        for (var point : noReturn.points()) {
            json.writeStartObject();
            write("t", point.at(), json);
            json.writeNumberProperty("same", point.same());
            json.writeNumberProperty("rolls", point.rolls());
            json.writeNumberProperty("low95", point.confidence().low());
            json.writeNumberProperty("high95", point.confidence().high());
            json.writeEndObject();
        }
        json.writeEndArray();
        noReturn.steepest(explanation.run().trace())
                .ifPresent(rise -> {
                    json.writeObjectPropertyStart("steepest");
                    write("from", rise.before().at(), json);
                    write("to", rise.after().at(), json);
                    rise.event()
                            .ifPresent(event -> {
                                json.writeNumberProperty("event", event.index());
                                json.writeStringProperty("text", sentence(event));
                            });
                    json.writeEndObject();
                });
        noReturn.settled().ifPresent(time -> write("settled", time, json));
        json.writeNumberProperty("runs", noReturn.runs());
        json.writeBooleanProperty("complete", noReturn.complete());
        json.writeEndObject();
    }

    private static void write(List<Integer> numbers, JsonGenerator json) {
        json.writeStartArray();
        numbers.forEach(json::writeNumber);
        json.writeEndArray();
    }

    /// A time as everywhere: nanoseconds.
    private static void write(String name, SimTime time, JsonGenerator json) {
        json.writeNumberProperty(name, time.nanos());
    }
}
