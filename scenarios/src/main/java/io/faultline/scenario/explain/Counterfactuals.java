package io.faultline.scenario.explain;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.recovery.Prevention;
import io.faultline.report.Said;
import io.faultline.report.diagnosis.Heal;
import io.faultline.report.diagnosis.Service;
import io.faultline.scenario.Alteration;
import io.faultline.scenario.explain.Consequences.Edge;
import io.faultline.scenario.explain.Consequences.FaultAlignment;
import io.faultline.scenario.explain.Consequences.Node;
import io.faultline.scenario.explain.Consequences.Pairs;
import io.faultline.scenario.explain.Consequences.What;
import io.faultline.scenario.explain.Trials.Original;
import io.faultline.scenario.explain.Trials.Trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
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
/// What is due to nothing by itself may be over-determined. Then all possible causes are taken away
/// together, and all pairs of them; if no pair matters but all together do, those that are not
/// needed for that are left: what remains are *joint* causes. A failure that is due to a fault but
/// to no failure by itself, and that the fault does not hit itself, is looked at in the same way.
/// What happens without all that came before it may still be due to that, if something later would
/// have led to the same within the window: so all faults and actions are taken away in the end.
///
/// A *loss of service* of a partition that no fault concerns is looked for in other runs as a
/// failure is. It cannot be prevented by itself, so it is an effect only, and no cause.
final class Counterfactuals {

    /// More failures than these are not looked at: each takes a run.
    static final int MOST_FAILURES = 64;

    /// More losses of service than these are not looked at.
    static final int MOST_LOSSES = 512;

    /// So many runs are made before it is asked again whether it is time to end.
    private static final int BATCH = 64;

    private final Original original;
    private final Trials trials;
    private final Duration window;
    private final BooleanSupplier over;
    private final List<Planned> planned;
    private final List<Failure> all;
    private final List<Failure> failures;
    private final Service service;
    private final Set<PartitionId> concerned;
    private final List<Service.Loss> allLosses;
    private final List<Service.Loss> losses;
    private final Subject subject;
    private final int mostPairs;
    private final Set<Integer> open = new HashSet<>(); // looked up, never iterated
    private Pairs pairs = new Pairs(0, 0);
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

        /// Whether it does harm: a fault, or an action that plays one.
        boolean isHarm() {
            return !(entry.what() instanceof ActionTaken action) || Heal.isPlayed(action);
        }

        /// A fault that strikes again concerns those, too, whom it strikes then.
        Planned and(Planned again) {
            var all = new ArrayList<>(targets);
            all.addAll(again.targets());
            return new Planned(what, number, text, List.copyOf(all), entry);
        }
    }

    /// @param window how far apart a failure and its counterpart in another run may be
    /// @param mostPairs how many pairs of causes are taken away at most
    /// @param over asked before each batch of runs whether it is time to end
    Counterfactuals(
            Original original,
            Subject subject,
            Trials trials,
            Duration window,
            int mostPairs,
            BooleanSupplier over) {
        this.original = original;
        this.subject = subject;
        this.trials = trials;
        this.window = window;
        this.over = over;
        this.planned = planned(original.trace());
        this.all = Failure.in(original.trace());
        this.failures = all.subList(0, Math.min(all.size(), MOST_FAILURES));
        this.mostPairs = mostPairs;
        this.service = original.service(trials.slo());
        this.concerned = io.faultline.report.diagnosis.Cascade.concerned(original.trace());
        this.allLosses =
                service.losses().stream()
                        .filter(loss -> !concerned.contains(loss.partition()))
                        .toList();
        this.losses = allLosses.subList(0, Math.min(allLosses.size(), MOST_LOSSES));
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
        for (int id = 0; id < causes(); id++) {
            singles.add(Set.of(id));
        }
        var single = made(singles);
        var necessary = new HashMap<Integer, SortedSet<Integer>>();
        for (int id = planned.size(); id <= verdict(); id++) {
            var causes = new TreeSet<Integer>();
            for (int cause : candidates(id)) {
                if (!single.isEmpty() && lacks(id, Set.of(cause), single.get(cause))) {
                    causes.add(cause);
                }
            }
            necessary.put(id, causes);
        }
        var joint = joint(necessary);
        for (int id = planned.size(); id <= verdict() && single.isEmpty(); id++) {
            if (!candidates(id).isEmpty()) {
                open.add(id);
            }
        }
        var alignments = new ArrayList<FaultAlignment>();
        for (int id = 0; id < planned.size() && !single.isEmpty(); id++) {
            for (var alignment : single.get(id).alignment()) {
                alignments.add(new FaultAlignment(planned.get(id).number(), alignment));
            }
        }
        return new Consequences(
                nodes(necessary, joint),
                alignments,
                (int) planned.stream().filter(Planned::isHarm).count(),
                Heal.of(original.trace()).at(),
                window,
                trials.slo(),
                pairs,
                all.size() - failures.size() + allLosses.size() - losses.size(),
                trials.runs() - before,
                complete);
    }

    // Nodes are numbered: what was planned, failures, losses of service, and how the run ended.

    /// How many may be causes: what was planned, and failures.
    private int causes() {
        return planned.size() + failures.size();
    }

    private int verdict() {
        return causes() + losses.size();
    }

    private boolean isPlanned(int id) {
        return id < planned.size();
    }

    private boolean isLoss(int id) {
        return id >= causes() && id < verdict();
    }

    private Failure failure(int id) {
        return failures.get(id - planned.size());
    }

    private Service.Loss loss(int id) {
        return losses.get(id - causes());
    }

    private int index(int cause) {
        return isPlanned(cause) ? planned.get(cause).entry().index() : failure(cause).index();
    }

    private SimTime time(int cause) {
        return isPlanned(cause) ? planned.get(cause).entry().time() : failure(cause).time();
    }

    /// Whether one node came before another, so that it may have led to it.
    private boolean isBefore(int cause, int id) {
        if (id == verdict()) {
            var witness = subject.witness();
            boolean isSeenThen =
                    witness.isPresent()
                            && original.trace()
                                    .get(witness.getAsInt())
                                    .time()
                                    .equals(subject.since());
            return time(cause).equals(subject.since()) && isSeenThen
                    ? index(cause) <= witness.getAsInt()
                    : !time(cause).isAfter(subject.since());
        }
        if (isLoss(id)) {
            var span = loss(id).span();
            return index(cause) < span.entry() && !time(cause).isAfter(span.from());
        }
        return index(cause) < index(id);
    }

    /// What may have led to a node: whatever came before it. How a run ended may also be due to
    /// what happened after that had begun, if it had to last.
    private List<Integer> candidates(int id) {
        var candidates = new ArrayList<Integer>();
        for (int other = 0; other < causes(); other++) {
            if (id == verdict() || isBefore(other, id)) {
                candidates.add(other);
            }
        }
        return candidates;
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

    /// The same, of as many of them as there is time for.
    private Map<Set<Integer>, Trial> madeAsFarAsThereIsTime(List<Set<Integer>> without) {
        var made = new HashMap<Set<Integer>, Trial>();
        for (int from = 0; from < without.size(); from += BATCH) {
            var batch = without.subList(from, Math.min(from + BATCH, without.size()));
            var trials = made(batch);
            for (int i = 0; i < trials.size(); i++) {
                made.put(batch.get(i), trials.get(i));
            }
            if (trials.isEmpty()) {
                break;
            }
        }
        return made;
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
                        .noneMatch(prevented -> hides(prevented, id));
        return judged && !recurs(id, trial);
    }

    private boolean recurs(int id, Trial trial) {
        if (isLoss(id)) {
            return Recurrence.of(
                            losses,
                            trial.losses(),
                            (one, other) -> one.partition().equals(other.partition()),
                            (one, other) ->
                                    Math.abs(
                                            one.span().from().nanos()
                                                    - other.span().from().nanos()),
                            window)
                    .get(id - causes());
        }
        return Failure.recurring(failures, trial.failures(), window).get(id - planned.size());
    }

    /// Whether what becomes of a node is not judged if a failure is prevented.
    private boolean hides(int cause, int id) {
        var prevented = failure(cause);
        var partition = isLoss(id) ? loss(id).partition() : failure(id).partition();
        var time = isLoss(id) ? loss(id).span().from() : failure(id).time();
        return prevented.partition().equals(partition)
                && !time.isBefore(prevented.time())
                && time.isBefore(prevented.time().plus(window));
    }

    // Joint causes.

    /// For each node, the sets of causes without which it does not happen, though it does without
    /// fewer of them.
    private Map<Integer, List<SortedSet<Integer>>> joint(
            Map<Integer, SortedSet<Integer>> necessary) {
        var pools = new TreeMap<Integer, SortedSet<Integer>>();
        for (int id = planned.size(); id <= verdict(); id++) {
            var pool = pool(id, necessary.get(id));
            if (pool.size() >= 2) {
                pools.put(id, pool);
            }
        }
        var wholes = madeAsFarAsThereIsTime(List.copyOf(new LinkedHashSet<>(pools.values())));
        var due = new ArrayList<Integer>();
        var others = new ArrayList<Integer>();
        pools.forEach((id, pool) -> {
            var trial = wholes.get(pool);
            if (trial == null) {
                open.add(id);
            }
            (trial != null && lacks(id, pool, trial) ? due : others).add(id);
        });
        // Pairs of causes of what even all of them together do not prevent come last.
        var wanted = new LinkedHashSet<Set<Integer>>();
        Stream.concat(due.stream(), others.stream())
                .forEach(id -> wanted.addAll(pairs(pools.get(id))));
        var tried = madeAsFarAsThereIsTime(wanted.stream().limit(mostPairs).toList());
        pairs = new Pairs(tried.size(), wanted.size());
        var joint = new HashMap<Integer, List<SortedSet<Integer>>>();
        pools.forEach((id, pool) -> {
            var found = new ArrayList<SortedSet<Integer>>();
            for (var pair : pairs(pool)) {
                var trial = tried.get(pair);
                if (trial != null && lacks(id, pair, trial)) {
                    found.add(pair);
                }
            }
            if (found.isEmpty() && due.contains(id)) {
                reduced(id, pool).ifPresentOrElse(found::add, () -> open.add(id));
            }
            joint.put(id, found);
        });
        for (int id = planned.size(); id < verdict(); id++) {
            if (necessary.get(id).isEmpty() && joint.getOrDefault(id, List.of()).isEmpty()) {
                int node = id;
                replaced(id).ifPresent(set -> joint.put(node, List.of(set)));
            }
        }
        return joint;
    }

    /// The faults and actions that a node is due to if later ones would have led to the same,
    /// together with those; nothing if there are none, or if it is not known.
    private Optional<SortedSet<Integer>> replaced(int id) {
        var all = new TreeSet<Integer>();
        for (int cause = 0; cause < planned.size(); cause++) {
            all.add(cause);
        }
        if (open.contains(id) || all.stream().allMatch(cause -> isBefore(cause, id))) {
            return Optional.empty();
        }
        var trial = made(List.of(all));
        if (!trial.isEmpty() && !lacks(id, all, trial.getFirst())) {
            return Optional.empty();
        }
        Optional<SortedSet<Integer>> needed = trial.isEmpty() ? Optional.empty() : reduced(id, all);
        if (needed.isEmpty()) {
            open.add(id);
        }
        return needed.filter(set -> set.stream().anyMatch(cause -> isBefore(cause, id)));
    }

    /// What may have led to a node jointly; nothing if it is clear what did.
    private SortedSet<Integer> pool(int id, Collection<Integer> necessary) {
        boolean clear =
                necessary.stream()
                        .anyMatch(cause -> !isPlanned(cause) || hits(planned.get(cause), id));
        if (clear) {
            return new TreeSet<>();
        }
        var pool = new TreeSet<>(candidates(id));
        pool.removeIf(cause -> id < verdict() && !isPlanned(cause) && hides(cause, id));
        if (!necessary.isEmpty()) {
            pool.removeIf(this::isPlanned);
        }
        return pool;
    }

    private boolean hits(Planned fault, int id) {
        return id < causes() && fault.targets().contains(failure(id).partition());
    }

    /// All pairs, of the latest ones first.
    private List<SortedSet<Integer>> pairs(SortedSet<Integer> pool) {
        var latest =
                pool.stream()
                        .sorted(
                                Comparator.<Integer, SimTime>comparing(this::time)
                                        .thenComparing(id -> id)
                                        .reversed())
                        .toList();
        var pairs = new ArrayList<SortedSet<Integer>>();
        for (int i = 0; i < latest.size(); i++) {
            for (int k = 0; k < i; k++) {
                pairs.add(new TreeSet<>(List.of(latest.get(i), latest.get(k))));
            }
        }
        return pairs;
    }

    /// Those of a set, without all of which a node does not happen, that are needed for that;
    /// nothing if the time is over before that is known of each.
    private Optional<SortedSet<Integer>> reduced(int id, Set<Integer> set) {
        var needed = new TreeSet<>(set);
        for (int cause : set) {
            var fewer = new TreeSet<>(needed);
            fewer.remove(cause);
            if (!fewer.isEmpty()) {
                var trial = made(List.of(fewer));
                if (trial.isEmpty()) {
                    return Optional.empty();
                }
                if (lacks(id, fewer, trial.getFirst())) {
                    needed = fewer;
                }
            }
        }
        return Optional.of(needed);
    }

    // The result.

    /// What a cause of a node is due to by itself is no cause of the node besides.
    private List<Node> nodes(
            Map<Integer, SortedSet<Integer>> necessary,
            Map<Integer, List<SortedSet<Integer>>> joint) {
        var nodes = new ArrayList<Node>();
        var above = new HashMap<Integer, Set<Integer>>();
        for (int id = 0; id < planned.size(); id++) {
            var root = planned.get(id);
            nodes.add(
                    new Node(
                            root.what(),
                            root.name(),
                            root.text(),
                            root.entry().time(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            false));
            above.put(id, Set.of());
        }
        var groups = new ArrayList<Group>();
        for (int id = planned.size(); id <= verdict(); id++) {
            int node = id;
            var needed = necessary.get(id);
            var sets = nearest(joint.getOrDefault(id, List.of()), above);
            var causes = new TreeSet<>(needed);
            sets.forEach(causes::addAll);
            var later = needed.stream().filter(cause -> !isBefore(cause, node)).toList();
            causes.removeIf(cause -> !isBefore(cause, node));
            var all = new TreeSet<>(causes);
            all.removeIf(cause -> !needed.contains(cause));
            List.copyOf(all).forEach(cause -> all.addAll(above.get(cause)));
            above.put(id, all);
            var edges = new ArrayList<Edge>();
            for (int cause : causes) {
                if (causes.stream().noneMatch(other -> above.get(other).contains(cause))) {
                    edges.add(new Edge(cause, !needed.contains(cause)));
                }
            }
            var made = node(id, edges, sets.stream().map(List::copyOf).toList(), later);
            if (isLoss(id)) {
                groups.stream()
                        .filter(group -> group.isLike(made, trials.slo()))
                        .findFirst()
                        .orElseGet(() -> {
                            groups.add(new Group(made, new ArrayList<>()));
                            return groups.getLast();
                        })
                        .losses()
                        .add(loss(id));
                continue;
            }
            if (id == verdict()) {
                groups.forEach(group -> nodes.add(group.node()));
            }
            nodes.add(made);
        }
        return nodes;
    }

    /// Losses of service that are one node: at about the same time, and due to the same.
    private record Group(Node first, List<Service.Loss> losses) {

        boolean isLike(Node node, Duration slo) {
            return first.name().equals(node.name())
                    && first.causes().equals(node.causes())
                    && first.joint().equals(node.joint())
                    && first.open() == node.open()
                    && node.time().since(first.time()).compareTo(slo) <= 0;
        }

        Node node() {
            var longest =
                    losses.stream()
                            .max(Comparator.comparing(loss -> loss.span().length()))
                            .orElseThrow();
            var hit = losses.stream().map(Service.Loss::partition).distinct().sorted().toList();
            var names = hit.stream().map(Object::toString).collect(Collectors.joining(" "));
            return new Node(
                    first.what(),
                    names + " at " + first.time(),
                    names + (hit.size() == 1 ? " is " : " are ") + longest.sentence(),
                    first.time(),
                    hit,
                    first.causes(),
                    first.joint(),
                    first.later(),
                    first.open());
        }
    }

    /// Those sets of joint causes that are nearest to what they lead to: if a cause of a failure
    /// will do in its place, that says nothing new.
    private static List<SortedSet<Integer>> nearest(
            List<SortedSet<Integer>> sets, Map<Integer, Set<Integer>> above) {
        return sets.stream()
                .filter(set ->
                        sets.stream()
                                .noneMatch(nearer ->
                                        !nearer.equals(set)
                                                && nearer.stream()
                                                        .allMatch(cause ->
                                                                set.contains(cause)
                                                                        || above.get(cause).stream()
                                                                                .anyMatch(
                                                                                        set
                                                                                                ::contains))))
                .toList();
    }

    private Node node(int id, List<Edge> causes, List<List<Integer>> joint, List<Integer> later) {
        if (id == verdict()) {
            return new Node(
                    What.VERDICT,
                    subject.name(),
                    subject.name(),
                    subject.since(),
                    List.of(),
                    causes,
                    joint,
                    later,
                    open.contains(id));
        }
        if (isLoss(id)) {
            var span = loss(id).span();
            return new Node(
                    What.LOSS,
                    Kind.name(span.why()),
                    "",
                    span.from(),
                    List.of(),
                    causes,
                    joint,
                    later,
                    open.contains(id));
        }
        var failure = failure(id);
        return new Node(
                What.FAILURE,
                failure.partition() + " at " + failure.time(),
                failure.toString(),
                failure.time(),
                isDamage(failure) ? List.of(failure.partition()) : List.of(),
                causes,
                joint,
                later,
                open.contains(id));
    }

    /// Whether a partition that no fault concerns has come to harm: who is failed by mistake and
    /// goes on serving has not.
    private boolean isDamage(Failure failure) {
        return !concerned.contains(failure.partition())
                && (failure.down() || service.isLostByFailing(failure.partition(), failure.time()));
    }
}
