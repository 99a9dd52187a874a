package io.faultline.model;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.fault.Fault;
import io.faultline.model.fault.FaultPlan;
import io.faultline.model.observation.Observed;
import io.faultline.model.observation.Observed.ReportKind;
import io.faultline.model.script.Action;
import io.faultline.model.script.Report;
import io.faultline.model.script.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A system with a script, run to a given time; says what was observed as `550 StatusChanged[…]`,
/// times in milliseconds.
public final class TestRun {

    private final Simulation simulation;
    private final List<Runnable> plans = new ArrayList<>();
    private final World[] world = new World[1];
    private FaultPlan faults;
    private Script script;

    public TestRun(Settings settings) {
        this(settings, 1);
    }

    public TestRun(Settings settings, long seed) {
        simulation = new Simulation(seed);
        simulation.within(
                () -> {
                    world[0] = new World(settings.model());
                    faults = new FaultPlan(world[0]);
                    script = new Script(world[0]);
                });
    }

    public TestRun at(long millis, Action action) {
        plans.add(() -> script.plan(action, Duration.ofMillis(millis)));
        return this;
    }

    public TestRun at(long millis, Fault fault) {
        plans.add(() -> faults.plan(fault, Duration.ofMillis(millis), Optional.empty()));
        return this;
    }

    public TestRun during(long from, long to, Fault fault) {
        plans.add(
                () ->
                        faults.plan(
                                fault,
                                Duration.ofMillis(from),
                                Optional.of(Duration.ofMillis(to))));
        return this;
    }

    public TestRun report(long millis, int... ranks) {
        return at(millis, new Report(partitions(ranks), ReportKind.BARRIER_TIMEOUT, 1));
    }

    public static List<PartitionId> partitions(int... ranks) {
        return java.util.Arrays.stream(ranks).mapToObj(PartitionId::new).toList();
    }

    public TestRun until(long millis) {
        simulation.within(
                () -> {
                    plans.forEach(Runnable::run);
                    world[0].start();
                });
        simulation.runUntil(SimTime.of(Duration.ofMillis(millis)));
        return this;
    }

    public Trace trace() {
        return simulation.trace();
    }

    public Simulation simulation() {
        return simulation;
    }

    public List<String> lines(List<Class<? extends Observed>> kinds) {
        return lines(o -> kinds.stream().anyMatch(k -> k.isInstance(o)));
    }

    public List<String> lines(Predicate<Observed> filter) {
        return trace().stream()
                .filter(e -> filter.test((Observed) e.what()))
                .map(e -> e.time().nanos() / 1_000_000 + " " + e.what())
                .toList();
    }
}
