package io.faultline.scenario;

import io.faultline.scenario.format.Binder;
import io.faultline.scenario.format.Overrides;
import io.faultline.scenario.format.Parameters;
import io.faultline.scenario.format.Problems;
import io.faultline.scenario.format.Yaml.Mapping;
import io.faultline.scenario.format.YamlReader;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Reads scenario files: strict YAML 1.2, or JSON.
///
/// Whatever can be complained of before a run is complained of here, all in one go, with file, line
/// and column. The parser knows no kind of fault, detector or observation by name: it reads off the
/// records what can be set.
public final class ScenarioParser {
    static final String PARAMS = "params";

    static final List<String> KEYS =
            Arrays.stream(Scenario.class.getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList();

    private final Vocabulary vocabulary;

    /// A parser that takes any name for an invariant or a metric.
    public ScenarioParser() {
        this(Vocabulary.ANY);
    }

    /// A parser that refuses names which nobody will be able to judge.
    public ScenarioParser(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /// Reads a file.
    ///
    /// @throws ScenarioException if it is missing or wrong
    public Scenario parse(Path file) {
        return parse(file, Map.of());
    }

    /// Reads a file and changes some of its settings.
    ///
    /// @param sets texts by path, such as `3s` for `protocol.detector.suspect`; the name of a
    ///   parameter will do as a path
    /// @throws ScenarioException if the file is missing, or wrong with these settings
    public Scenario parse(Path file, Map<String, String> sets) {
        return parse(Source.of(file), sets);
    }

    /// Reads a text and changes some of its settings.
    ///
    /// @throws ScenarioException if it is wrong with these settings
    public Scenario parse(Source source, Map<String, String> sets) {
        var problems = new Problems();
        var read = YamlReader.read(source.name(), source.text(), problems);
        if (read.isEmpty()) {
            throw ScenarioException.invalid(problems);
        }
        if (!(read.get() instanceof Mapping mapping)) {
            problems.add(
                    read.get().place(),
                    "a scenario is a mapping, but this is " + read.get().noun());
            throw ScenarioException.invalid(problems);
        }
        var changed = Overrides.apply(mapping, sets, PARAMS, KEYS, problems);
        var filled = Parameters.fill(changed, PARAMS, KEYS, problems);
        var binder = new Binder(problems, source.folder());
        var scenario = binder.bind(Scenario.class, filled, "scenario");
        new ScenarioChecks(binder.bindings(), vocabulary, problems).check();
        if (!problems.isEmpty()) {
            throw ScenarioException.invalid(problems);
        }
        return scenario.orElseThrow();
    }
}
