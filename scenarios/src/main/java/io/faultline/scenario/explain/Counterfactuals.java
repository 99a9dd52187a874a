package io.faultline.scenario.explain;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.recovery.Prevention;
import io.faultline.report.Said;
import io.faultline.scenario.Alteration;
import io.faultline.scenario.explain.Consequences.Edge;
import io.faultline.scenario.explain.Consequences.FaultAlignment;
import io.faultline.scenario.explain.Consequences.Node;
import io.faultline.scenario.explain.Consequences.What;
import io.faultline.scenario.explain.Trials.Original;
import io.faultline.scenario.explain.Trials.Trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Finds what would not have happened without what, by having it not happen.
///
/// A failure is *due to* something if, in the same run without that, the partition is not declared
/// failed within a window of the same time (rightly, or by mistake, as it was). A fault is left out
/// of the plan; since every fault and every component draws from streams of its own, that shifts no
/// chance of the others. A failure is prevented: for as long as the window an operator is at hand
/// to heal the partition at the instant at which it would be declared failed, see [Prevention];
/// what else would be said of that partition in that time is not judged then.
///
/// What is due to nothing by itself may be over-determined. Then pairs of possible causes are taken
/// away, and if none matters, all of them, less those that are not needed for that: these are
/// *joint* causes. A failure that is due to a fault but to no failure by itself, and that the fault
/// does not hit itself, is looked at in the same way.
final class Counterfactuals {

    /// More failures than these are not looked at: each takes a run.
    static final int MOST_FAILURES = 64;

    /// Of how many faults and how many failures, the latest ones, pairs are made.
    private static final int PAIRED = 8;

    private final Original original;
    private final Trials trials;
    private final Duration window;
    private final BooleanSupplier over;
    private final List<Planned> planned;
    private final List<Failure> all;
    private final List<Failure> failures;
    private final Subject subject;
    private boolean complete = true;

    /// A fault that began in the run, or an action that was taken.
    ///
    /// @param number its position in the scenario
    private record Planned(
            What what, int number, String text, List<PartitionId> targets, Trace.Entry entry) {
        static Optional<Planned> of(Trace.Entry entry) {
            var text = Said.of(entry.what()).map(Said::text).orElse("");
            return switch (entry.what()) {
                case FaultInjected injected ->
                        Optional.of(
                                new Planned(
                                        What.FAULT,
                                        injected.fault(),
                                        text,
                                        injected.targets(),
                                        entry));
                case ActionTaken(var number, _, _) ->
                        Optional.of(new Planned(What.ACTION, number, text, List.of(), entry));
                default -> Optional.empty();
            };
        }

        String name() {
            return Kind.name(what) + " " + number;
        }

        /// A fault that strikes again concerns those, too, whom it strikes then.
        Planned and(Planned again) {
            var all = new ArrayList<>(targets);
            all.addAll(again.targets());
            return new Planned(what, number, text, List.copyOf(all), entry);
        }
    }

    /// @param window how far apart a failure and its counterpart in another run may be
    /// @param over asked before each batch of runs whether it is time to end
    Counterfactuals(
            Original original,
            Subject subject,
            Trials trials,
            Duration window,
            BooleanSupplier over) {
        this.original = original;
        this.subject = subject;
        this.trials = trials;
        this.window = window;
        this.over = over;
        this.planned = planned(original.trace());
        this.all = Failure.in(original.trace());
        this.failures = all.subList(0, Math.min(all.size(), MOST_FAILURES));
    }

    private static List<Planned> planned(Trace trace) {
        var planned = new TreeMap<String, Planned>();
        trace.stream()
                .flatMap(entry -> Planned.of(entry).stream())
                .forEach(one -> planned.merge(one.name(), one, Planned::and));
        return planned.values().stream()
                .sorted(Comparator.comparing(Planned::what).thenComparing(Planned::number))
                .toList();
    }

    Consequences find() {
        int before = trials.runs();
        var singles = new ArrayList<Set<Integer>>();
        for (int id = 0; id < verdict(); id++) {
            singles.add(Set.of(id));
        }
        var single = made(singles);
        var necessary = new HashMap<Integer, SortedSet<Integer>>();
        for (int id = planned.size(); id <= verdict(); id++) {
            var causes = new TreeSet<Integer>();
            for (int cause : before(id)) {
                if (!single.isEmpty() && lacks(id, Set.of(cause), single.get(cause))) {
                    causes.add(cause);
                }
            }
            necessary.put(id, causes);
        }
        var joint = joint(necessary);
        var alignments = new ArrayList<FaultAlignment>();
        for (int id = 0; id < planned.size() && !single.isEmpty(); id++) {
            for (var alignment : single.get(id).alignment()) {
                alignments.add(new FaultAlignment(planned.get(id).number(), alignment));
            }
        }
        return new Consequences(
                nodes(necessary, joint),
                alignments,
                window,
                all.size() - failures.size(),
                trials.runs() - before,
                complete);
    }

    // Nodes are numbered: what was planned, failures, and how the run ended.

    private int verdict() {
        return planned.size() + failures.size();
    }

    private boolean isPlanned(int id) {
        return id < planned.size();
    }

    private Failure failure(int id) {
        return failures.get(id - planned.size());
    }

    private int index(int id) {
        return isPlanned(id)
                ? planned.get(id).entry().index()
                : id == verdict() ? Integer.MAX_VALUE : failure(id).index();
    }

    /// What may have led to a node: whatever came before it.
    private List<Integer> before(int id) {
        var before = new ArrayList<Integer>();
        for (int other = 0; other < verdict(); other++) {
            if (index(other) < index(id)) {
                before.add(other);
            }
        }
        return before;
    }

    // Runs without something.

    /// The runs without these nodes; none if the time is over.
    private List<Trial> made(List<Set<Integer>> without) {
        if (without.isEmpty() || over.getAsBoolean() || trials.isInterrupted()) {
            complete &= without.isEmpty();
            return List.of();
        }
        return trials.make(without.stream().map(this::alteration).toList(), original);
    }

    private Alteration alteration(Set<Integer> without) {
        var faults = new TreeSet<Integer>();
        var actions = new TreeSet<Integer>();
        var prevented = new ArrayList<Prevention>();
        for (int id : new TreeSet<>(without)) {
            if (isPlanned(id)) {
                var left = planned.get(id);
                (left.what() == What.FAULT ? faults : actions).add(left.number());
            } else {
                var time = failure(id).time();
                prevented.add(new Prevention(failure(id).partition(), time, time.plus(window)));
            }
        }
        return new Alteration(faults, actions, prevented, Optional.empty());
    }

    /// Whether a node does not happen in the run without others.
    private boolean lacks(int id, Set<Integer> without, Trial trial) {
        if (id == verdict()) {
            return !trial.same();
        }
        boolean judged =
                without.stream()
                        .filter(other -> !isPlanned(other))
                        .map(this::failure)
                        .noneMatch(prevented -> covers(prevented, failure(id)));
        return judged
                && !Failure.recurring(failures, trial.failures(), window).get(id - planned.size());
    }

    private boolean covers(Failure prevented, Failure other) {
        return prevented.partition().equals(other.partition())
                && !other.time().isBefore(prevented.time())
                && other.time().isBefore(prevented.time().plus(window));
    }

    // Joint causes.

    private Map<Integer, SortedSet<Integer>> joint(Map<Integer, SortedSet<Integer>> necessary) {
        var joint = new HashMap<Integer, SortedSet<Integer>>();
        for (int id = planned.size(); id <= verdict(); id++) {
            var pool = pool(id, necessary.get(id));
            if (pool.size() >= 2 && lacksWithout(id, pool)) {
                var pairs = pairs(pool);
                var found = new TreeSet<Integer>();
                var tried = made(pairs);
                for (int i = 0; i < tried.size(); i++) {
                    if (lacks(id, pairs.get(i), tried.get(i))) {
                        found.addAll(pairs.get(i));
                    }
                }
                joint.put(id, found.isEmpty() ? reduced(id, pool) : found);
            }
        }
        return joint;
    }

    /// What may have led to a node jointly; nothing if it is clear what did.
    private Set<Integer> pool(int id, Collection<Integer> necessary) {
        boolean clear =
                necessary.stream()
                        .anyMatch(cause ->
                                !isPlanned(cause)
                                        || id != verdict() && hits(planned.get(cause), id));
        if (clear) {
            return Set.of();
        }
        var pool = new TreeSet<>(before(id));
        if (!necessary.isEmpty()) {
            pool.removeIf(this::isPlanned);
        }
        return pool;
    }

    private boolean hits(Planned fault, int id) {
        return fault.targets().contains(failure(id).partition());
    }

    private boolean lacksWithout(int id, Set<Integer> without) {
        var trial = made(List.of(without));
        return !trial.isEmpty() && lacks(id, without, trial.getFirst());
    }

    private List<Set<Integer>> pairs(Set<Integer> pool) {
        var latest =
                Stream.concat(
                                latest(pool.stream().filter(this::isPlanned).toList()),
                                latest(pool.stream().filter(id -> !isPlanned(id)).toList()))
                        .toList();
        var pairs = new ArrayList<Set<Integer>>();
        for (int one : latest) {
            for (int other : latest) {
                if (one < other) {
                    pairs.add(new TreeSet<>(List.of(one, other)));
                }
            }
        }
        return pairs;
    }

    private static Stream<Integer> latest(List<Integer> ids) {
        return ids.subList(Math.max(0, ids.size() - PAIRED), ids.size()).stream();
    }

    /// Those of a set, without all of which a node does not happen, that are needed for that.
    private SortedSet<Integer> reduced(int id, Set<Integer> set) {
        var needed = new TreeSet<>(set);
        for (int cause : set) {
            var fewer = new TreeSet<>(needed);
            fewer.remove(cause);
            if (!fewer.isEmpty() && lacksWithout(id, fewer)) {
                needed = fewer;
            }
        }
        return needed;
    }

    // The result.

    /// What a cause of a node is due to by itself is no cause of the node besides.
    private List<Node> nodes(
            Map<Integer, SortedSet<Integer>> necessary, Map<Integer, SortedSet<Integer>> joint) {
        var nodes = new ArrayList<Node>();
        var above = new HashMap<Integer, Set<Integer>>();
        for (int id = 0; id < planned.size(); id++) {
            var root = planned.get(id);
            nodes.add(
                    new Node(
                            root.what(), root.name(), root.text(), root.entry().time(), List.of()));
            above.put(id, Set.of());
        }
        for (int id = planned.size(); id <= verdict(); id++) {
            var needed = necessary.get(id);
            var all = new TreeSet<>(needed);
            needed.forEach(cause -> all.addAll(above.get(cause)));
            above.put(id, all);
            var causes = new TreeSet<>(needed);
            causes.addAll(joint.getOrDefault(id, new TreeSet<>()));
            var edges = new ArrayList<Edge>();
            for (int cause : causes) {
                if (causes.stream().noneMatch(other -> above.get(other).contains(cause))) {
                    edges.add(new Edge(cause, !needed.contains(cause)));
                }
            }
            nodes.add(node(id, List.copyOf(edges)));
        }
        return nodes;
    }

    private Node node(int id, List<Edge> causes) {
        if (id == verdict()) {
            return new Node(What.VERDICT, subject.name(), subject.name(), verdictTime(), causes);
        }
        var failure = failure(id);
        return new Node(
                What.FAILURE,
                failure.partition() + " at " + failure.time(),
                failure.toString(),
                failure.time(),
                causes);
    }

    private SimTime verdictTime() {
        return subject.witness().isPresent()
                ? original.trace().get(subject.witness().getAsInt()).time()
                : original.run().result().outcome().clock();
    }
}
