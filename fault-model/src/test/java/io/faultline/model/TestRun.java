package io.faultline.model;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.Trace;
import io.faultline.kernel.Usually;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.fault.Budget;
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
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A system with a script, run to a given time; says what was observed as `550 StatusChanged[…]`,
/// or briefly as `550 StatusChanged P1 SUSPECTED FAILED CONFIRMED`, times in milliseconds.
public final class TestRun {

    private final Simulation simulation;
    private final List<Runnable> plans = new ArrayList<>();
    private final World[] world = new World[1];
    private FaultPlan faults;
    private Script script;
    private boolean started;

    public TestRun(Settings settings) {
        this(settings, 1);
    }

    public TestRun(Settings settings, long seed) {
        this(settings.model(), seed);
    }

    public TestRun(ModelSettings settings, long seed) {
        simulation = new Simulation(seed);
        simulation.within(() -> {
            world[0] = new World(settings);
            faults = new FaultPlan(world[0]);
            script = new Script(world[0]);
        });
    }

    /// Has faults keep to a budget; to be said before any are planned.
    public TestRun keepingTo(Budget budget) {
        simulation.within(() -> faults = new FaultPlan(world[0], Optional.of(budget)));
        return this;
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
        plans.add(() ->
                faults.plan(fault, Duration.ofMillis(from), Optional.of(Duration.ofMillis(to))));
        return this;
    }

    /// Each of the partitions is reported twice at once.
    public TestRun twoReports(long millis, int... ranks) {
        return at(millis, new Report(partitions(ranks), ReportKind.BARRIER_TIMEOUT, 2));
    }

    public TestRun report(long millis, int... ranks) {
        return at(millis, new Report(partitions(ranks), ReportKind.BARRIER_TIMEOUT, 1));
    }

    public static List<PartitionId> partitions(int... ranks) {
        return java.util.Arrays.stream(ranks).mapToObj(PartitionId::new).toList();
    }

    /// Has somebody else act on the system from the start.
    public TestRun with(Consumer<World> player) {
        plans.add(() -> player.accept(world[0]));
        return this;
    }

    /// Runs on to a time; the first call plans what was said before it.
    public TestRun until(long millis) {
        begin();
        simulation.runUntil(SimTime.of(Duration.ofMillis(millis)));
        return this;
    }

    /// Runs on until something is observed.
    ///
    /// @param last shown every observation once, in order, until it says that this was the last
    public TestRun until(Predicate<Observed> last) {
        begin();
        int[] shown = {0};
        simulation.runUntil(() -> {
            boolean over = false;
            while (!over && shown[0] < trace().size()) {
                over = last.test((Observed) trace().get(shown[0]++).what());
            }
            return over;
        });
        return this;
    }

    /// When the last event was, in seconds.
    public double seconds() {
        return simulation.now().nanos() / 1e9;
    }

    private void begin() {
        if (!started) {
            started = true;
            simulation.within(() -> {
                plans.forEach(Runnable::run);
                world[0].start();
            });
        }
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

    /// What was observed of these kinds, briefly: the time, the kind, and the values without their
    /// names.
    @SafeVarargs
    public final List<String> brief(Class<? extends Observed>... kinds) {
        var wanted = new ArrayList<Class<?>>();
        for (var kind : kinds) {
            wanted.add(kind);
        }
        return brief(o -> wanted.contains(o.getClass()));
    }

    public List<String> brief(Predicate<Observed> filter) {
        return trace().stream()
                .filter(e -> filter.test((Observed) e.what()))
                .map(e -> e.time().nanos() / 1_000_000 + " " + brief((Observed) e.what()))
                .toList();
    }

    private static String brief(Observed what) {
        var kind = what.getClass();
        var words = new ArrayList<String>(List.of(kind.getSimpleName()));
        for (var component : kind.getRecordComponents()) {
            try {
                var value = component.getAccessor().invoke(what);
                var usually = component.getAnnotation(Usually.class);
                if (usually != null && value.equals(usually.value())) {
                    continue;
                }
                words.add(
                        value instanceof Duration span
                                ? String.valueOf(span.toMillis())
                                : value.toString());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return String.join(" ", words);
    }

    public World world() {
        return world[0];
    }

    public <T extends Observed> long count(Class<T> kind) {
        return trace().all(kind).count();
    }
}
