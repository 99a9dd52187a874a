package io.faultline.scenario;

import io.faultline.model.fault.Fault;
import io.faultline.model.script.Action;
import io.faultline.scenario.format.Overrides;
import io.faultline.scenario.format.Parameters;
import io.faultline.scenario.format.Place;
import io.faultline.scenario.format.Problems;
import io.faultline.scenario.format.Unbinder;
import io.faultline.scenario.format.Yaml;
import io.faultline.scenario.format.Yaml.Entry;
import io.faultline.scenario.format.Yaml.Mapping;
import io.faultline.scenario.format.Yaml.Scalar;
import io.faultline.scenario.format.Yaml.Sequence;
import io.faultline.scenario.format.YamlReader;
import io.faultline.scenario.format.YamlWriter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A scenario that is being written in Java. Nothing changes it: whatever adds to it returns
/// another.
///
/// It is the tree of a scenario file, and becomes a [Scenario] in the same way. So everything that
/// a file can say can be said here, what is left out has the same defaults, and what is wrong is
/// complained of in the same words. Values are records, numbers, enums and durations, or texts as
/// they would stand in a file.
///
/// @param tree what was said so far
public record Sketch(Mapping tree) {

    /// A scenario of which nothing is said but its name.
    static Sketch named(String name) {
        return new Sketch(new Mapping(Place.whole(name), List.of()))
                .put("apiVersion", text(Scenario.API_VERSION))
                .put("name", text(name));
    }

    /// A scenario that exists, to be changed: of the catalogue, or a file.
    ///
    /// @throws ScenarioException if it is not YAML
    public static Sketch of(Source source) {
        return new Sketch(mapping(source.name(), source.text()));
    }

    /// A scenario that exists, to be changed. Nothing in it is left to defaults.
    public static Sketch of(Scenario scenario) {
        return new Sketch(Parameters.protect(Unbinder.tree(scenario.withoutParams())));
    }

    /// Why an engineer would care, in one line.
    public Sketch about(String line) {
        return with("about", (Object) line);
    }

    /// What all chance is derived from.
    public Sketch seed(long seed) {
        return with("seed", seed);
    }

    /// How many partitions the system has.
    public Sketch partitions(int count) {
        return with("topology.partitions", count);
    }

    /// How long things may go wrong, such as `60s`.
    public Sketch chaos(String time) {
        return with("phases.chaos", time);
    }

    /// How long the system may settle down after that, such as `20s`.
    public Sketch quiet(String time) {
        return with("phases.quiet", time);
    }

    /// Whatever else can be set.
    ///
    /// @param path as on the command line: `protocol.recovery.maxConcurrent`, `faults[0].at`, or
    ///   the name of a parameter
    /// @param text as in a file: `2`, `1ms..3ms`, `{ kind: ring, neighbours: 3 }`
    public Sketch with(String path, String text) {
        var problems = new Problems();
        var value = YamlReader.read(path, text, problems);
        complainOf(problems);
        return put(path, value.orElseThrow());
    }

    /// Whatever else can be set.
    ///
    /// @param value a record, a number, an enum, a duration; a list or a map of these
    public Sketch with(String path, Object value) {
        return put(path, Parameters.protect(Unbinder.any(value)));
    }

    /// One more fault.
    ///
    /// @param entry as in a file: `{ at: 5s, crash: { partitions: [P3] } }`
    public Sketch fault(String entry) {
        return add("faults", mapping("fault", entry));
    }

    /// One more fault.
    ///
    /// @param when its schedule as in a file, such as `at: 5s`
    public Sketch fault(String when, Fault fault) {
        return add("faults", beside(when, (Record) fault));
    }

    /// One more fault.
    public Sketch fault(PlannedFault fault) {
        return add("faults", Parameters.protect((Mapping) Unbinder.any(fault)));
    }

    /// One more thing that an operator does, or a test.
    ///
    /// @param entry as in a file: `{ at: 5s, operator-heal: { partition: P3 } }`
    public Sketch action(String entry) {
        return add("script", mapping("action", entry));
    }

    /// One more thing that an operator does, or a test.
    ///
    /// @param when as in a file, such as `at: 5s`
    public Sketch action(String when, Action action) {
        return add("script", beside(when, (Record) action));
    }

    /// Invariants that hold at all times.
    public Sketch always(String... invariants) {
        return addAll("expect.always", invariants);
    }

    /// Promises that the run is there to show broken.
    public Sketch breaks(String... promises) {
        return addAll("expect.breaks", promises);
    }

    /// Promises that may be broken.
    public Sketch tolerates(String... promises) {
        return addAll("expect.tolerates", promises);
    }

    /// What must not come to pass.
    public Sketch never(String... verdicts) {
        return addAll("expect.never", verdicts);
    }

    /// What must come to pass at least once, lest the run prove nothing.
    public Sketch sometimes(String... milestones) {
        return addAll("expect.sometimes", milestones);
    }

    /// What must come to pass, and within which time: `30s`, or `auto`, which works it out.
    public Sketch eventually(String goal, String within) {
        var limit = new Mapping(tree.place(), List.of(new Entry(text("within"), text(within))));
        return add(
                "expect.eventually",
                new Mapping(tree.place(), List.of(new Entry(text(goal), limit))));
    }

    /// What must be observed.
    ///
    /// @param entry as in a file: `{ between: 5s..9s, status-changed: { partition: P3, to: failed }
    ///   }`
    public Sketch observed(String entry) {
        return add("expect.observed", mapping("observed", entry));
    }

    /// What must be observed one after the other.
    ///
    /// @param steps each as in a file: `status-changed: { partition: P3, to: failed }`
    public Sketch order(String... steps) {
        var order = Stream.of(steps).<Yaml>map(step -> mapping("order", step)).toList();
        return add("expect.order", new Sequence(tree.place(), order));
    }

    /// Conditions on a metric, such as `p99<8s`.
    public Sketch threshold(String metric, String... conditions) {
        var list = Stream.of(conditions).<Yaml>map(Sketch::text).toList();
        return put("thresholds.\"" + metric + "\"", new Sequence(tree.place(), list));
    }

    /// The scenario, whole.
    ///
    /// @throws ScenarioException if something is wrong with it, with everything that is; places are
    ///   those of [#toYaml]
    public Scenario scenario() {
        return new ScenarioParser(Judge.VOCABULARY)
                .parse(new Source("toYaml()", toYaml()), Map.of());
    }

    /// The scenario as a file that says what was said here, and leaves the rest to defaults.
    public String toYaml() {
        var inOrder =
                tree.entries().stream()
                        .sorted(
                                Comparator.comparing(
                                        entry -> ScenarioParser.KEYS.indexOf(entry.name())))
                        .toList();
        return YamlWriter.write(new Mapping(tree.place(), inOrder));
    }

    /// Runs the scenario with its own seed.
    public Run run() {
        return run(scenario());
    }

    /// Runs the scenario with a seed.
    public Run run(long seed) {
        return run(scenario().withSeed(seed));
    }

    private static Run run(Scenario scenario) {
        var replay =
                "./faultline run %s.yaml --seed %d".formatted(scenario.name(), scenario.seed());
        return Run.of(scenario, replay, "");
    }

    /// What stands in one entry: when, and below its name what.
    private static Mapping beside(String when, Record kind) {
        var entries = new ArrayList<>(mapping("time", when).entries());
        entries.add(Unbinder.named(kind));
        return Parameters.protect(new Mapping(Place.whole(when), entries));
    }

    private Sketch addAll(String path, String... names) {
        var all = this;
        for (var name : names) {
            all = all.add(path, text(name));
        }
        return all;
    }

    /// Puts one more value at the end of a list.
    private Sketch add(String path, Yaml value) {
        Yaml list = tree;
        for (var key : path.split("\\.")) {
            list = list instanceof Mapping mapping ? mapping.get(key).orElse(null) : null;
        }
        var items = new ArrayList<Yaml>();
        if (list instanceof Sequence(_, var before)) {
            items.addAll(before);
        }
        items.add(value);
        return put(path, new Sequence(tree.place(), items));
    }

    private Sketch put(String path, Yaml value) {
        var problems = new Problems();
        var place = Place.whole(path);
        var changed =
                Overrides.put(
                        tree,
                        path,
                        value,
                        place,
                        ScenarioParser.PARAMS,
                        ScenarioParser.KEYS,
                        problems);
        complainOf(problems);
        return new Sketch(changed);
    }

    private static Mapping mapping(String name, String text) {
        var problems = new Problems();
        var read = YamlReader.read(name, text, problems);
        if (read.isPresent() && !(read.get() instanceof Mapping)) {
            problems.add(
                    read.get().place(),
                    "'%s' takes a mapping, but this is %s".formatted(name, read.get().noun()));
        }
        complainOf(problems);
        return (Mapping) read.orElseThrow();
    }

    private static void complainOf(Problems problems) {
        if (!problems.isEmpty()) {
            throw ScenarioException.invalid(problems);
        }
    }

    private static Scalar text(String text) {
        return new Scalar(Place.whole(text), text, Yaml.Type.TEXT);
    }
}
