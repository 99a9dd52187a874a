package io.faultline.scenario;

import io.faultline.model.Protocol;
import io.faultline.model.Setting;
import io.faultline.model.cluster.Topology;
import io.faultline.model.fault.Budget;
import io.faultline.model.workload.Workload;
import io.faultline.scenario.format.Literal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A scenario file as data: a system, what goes wrong with it, and what is expected of it then.
///
/// The order of the components is the order in which a scenario is written.
public record Scenario(
        @Setting("the version of this format: faultline/v1") String apiVersion,
        @Setting("what the scenario is called: letters, digits, dots, dashes and underscores")
                String name,
        @Setting("why an engineer would care, in one line") Optional<String> about,
        @Setting(value = "what all chance is derived from", byDefault = "1") long seed,
        @Setting("values that $name refers to elsewhere") Map<String, Literal> params,
        @Setting("what the simulated system consists of") Topology topology,
        @Setting(value = "what it does about failures", byDefault = "{}") Protocol protocol,
        @Setting("what clients ask of it; if left out, nothing") Optional<Workload> workload,
        @Setting("how long the run lasts") Phases phases,
        @Setting("what goes wrong, and when") List<PlannedFault> faults,
        @Setting("how much faults may take out at once; any number if left out")
                Optional<Budget> budget,
        @Setting("further faults that the seed draws; if left out, none") Optional<Swarm> swarm,
        @Setting("what operators and tests do, and when") List<PlannedAction> script,
        @Setting(value = "what shall hold", byDefault = "{}") Expectations expect,
        @Setting("conditions on metrics, such as p99<2600ms")
                Map<String, List<Condition>> thresholds,
        @Setting(value = "when to give a run up", byDefault = "{}") Limits limits,
        @Setting(value = "what is recorded", byDefault = "{}") Observe observe) {

    /// The version of the format that this program reads.
    public static final String API_VERSION = "faultline/v1";

    public Scenario {
        if (name.isEmpty()
                || !name.chars().allMatch(Scenario::mayBeInName)
                || name.startsWith(".")) {
            throw new IllegalArgumentException(
                    "name may have letters, digits, '-', '_' and '.', since files are called after"
                            + " it, but was '"
                            + name
                            + "'");
        }
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        faults = List.copyOf(faults);
        script = List.copyOf(script);
        thresholds = Collections.unmodifiableMap(new LinkedHashMap<>(thresholds));
    }

    /// Begins to write a scenario in Java.
    public static Sketch named(String name) {
        return Sketch.named(name);
    }

    /// The same scenario with other chances.
    public Scenario withSeed(long other) {
        return with(other, params, faults, swarm);
    }

    /// The same scenario without the names of its parameters. Their values stay where they are
    /// used, so it does the same.
    public Scenario withoutParams() {
        return with(seed, Map.of(), faults, swarm);
    }

    /// What runs: the same scenario with the faults that its seed draws, if it has them drawn.
    public Scenario drawn() {
        return swarm.map(s -> with(seed, params, s.plan(this), Optional.empty())).orElse(this);
    }

    private Scenario with(
            long seed,
            Map<String, Literal> params,
            List<PlannedFault> faults,
            Optional<Swarm> swarm) {
        return new Scenario(
                apiVersion,
                name,
                about,
                seed,
                params,
                topology,
                protocol,
                workload,
                phases,
                faults,
                budget,
                swarm,
                script,
                expect,
                thresholds,
                limits,
                observe);
    }

    private static boolean mayBeInName(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '_'
                || c == '.';
    }
}
