package io.faultline.scenario;

import io.faultline.model.Kind;
import io.faultline.model.barrier.BarrierSettings;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.Topology;
import io.faultline.model.detector.watch.FullMesh;
import io.faultline.model.detector.watch.Ring;
import io.faultline.model.fault.Budget;
import io.faultline.model.fault.Fault;
import io.faultline.model.fault.Outage;
import io.faultline.model.observation.Observed;
import io.faultline.model.workload.Workload;
import io.faultline.report.Quantity;
import io.faultline.report.goal.Goal;
import io.faultline.report.goal.Need;
import io.faultline.report.goal.OwnGoal;
import io.faultline.report.invariant.OwnInvariant;
import io.faultline.report.metric.Metric;
import io.faultline.report.metric.Tag;
import io.faultline.report.verdict.Occurrence;
import io.faultline.scenario.format.Bindings;
import io.faultline.scenario.format.Bindings.Binding;
import io.faultline.scenario.format.Durations;
import io.faultline.scenario.format.Names;
import io.faultline.scenario.format.Own;
import io.faultline.scenario.format.Pattern;
import io.faultline.scenario.format.Place;
import io.faultline.scenario.format.Problems;
import io.faultline.scenario.format.Span;
import io.faultline.scenario.format.Within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Whether the parts of a scenario fit together: what one part refers to, another has to provide.
///
/// Works on what has been understood, even if it is not everything, so that these complaints come
/// together with all others.
final class ScenarioChecks {
    private static final int MOST_STRIKES = 1_000_000;
    private static final int MOST_PARTITIONS = 1_000_000;
    private static final Duration LONGEST = Duration.ofDays(20_000);
    private static final String COORDINATOR = Topology.COORDINATOR.name();

    /// What may be a class that is no part of this program.
    private static final Map<String, Class<?>> OWN =
            Map.of(
                    "goal", OwnGoal.class,
                    "metric", Metric.class,
                    "invariant", OwnInvariant.class,
                    "promise", OwnInvariant.class);

    private static final Set<Class<?>> OF_MESSAGES =
            Set.of(Observed.MessageDelivered.class, Observed.MessageDropped.class);

    private final Bindings bindings;
    private final Vocabulary vocabulary;
    private final Problems problems;

    ScenarioChecks(Bindings bindings, Vocabulary vocabulary, Problems problems) {
        this.bindings = bindings;
        this.vocabulary = vocabulary;
        this.problems = problems;
    }

    void check() {
        checkVersion();
        checkPartitions();
        checkNodes();
        checkRegions();
        checkHandlers();
        checkWatchers();
        checkBudget();
        checkLengths();
        checkTimes();
        checkNames();
        checkMessages();
    }

    private void checkVersion() {
        bindings.at("apiVersion", String.class)
                .filter(version -> !version.value().equals(Scenario.API_VERSION))
                .ifPresent(version ->
                        problems.add(
                                version.place(),
                                "unknown apiVersion '%s'; this program reads %s"
                                        .formatted(version.value(), Scenario.API_VERSION)));
    }

    private void checkPartitions() {
        int partitions = size("topology.partitions");
        if (partitions < 1) {
            return;
        }
        for (var partition : bindings.all(PartitionId.class)) {
            if (partition.value().rank() >= partitions) {
                unknown("partition", partition, range("P", partitions), List.of());
            }
        }
    }

    private void checkNodes() {
        boolean given = bindings.at("topology.nodes", Integer.class).isPresent();
        int nodes = size(given ? "topology.nodes" : "topology.partitions");
        if (nodes < 1) {
            return;
        }
        for (var node : bindings.all(NodeId.class)) {
            if (!isNode(node.value().name(), nodes)) {
                var near = new ArrayList<String>();
                for (int i = 0; i < Math.min(nodes, 1000); i++) {
                    near.add("n" + i);
                }
                near.add(COORDINATOR);
                unknown("node", node, range("n", nodes) + ", " + COORDINATOR, near);
            }
        }
    }

    private static boolean isNode(String name, int nodes) {
        if (name.equals(COORDINATOR)) {
            return true;
        }
        var index = name.startsWith("n") && name.length() < 10 ? name.substring(1) : "";
        return index.chars().allMatch(c -> c >= '0' && c <= '9')
                && !index.isEmpty()
                && Integer.parseInt(index) < nodes
                && name.equals("n" + Integer.parseInt(index));
    }

    private void checkRegions() {
        var regions = new ArrayList<String>();
        for (var region : below("topology.regions[")) {
            if (regions.contains(region.value())) {
                problems.add(region.place(), "region '" + region.value() + "' is named twice");
            }
            regions.add(region.value());
        }
        var topology = bindings.at("topology", Topology.class).map(Binding::value);
        topology.ifPresent(this::checkSelectors);
        topology.ifPresent(this::checkCoordinator);
        for (var region : below("topology.network.roundTrips")) {
            if (region.path().endsWith("#key")) {
                checkRegion(region, regions);
            }
        }
    }

    /// The domains that faults name.
    private void checkSelectors(Topology topology) {
        checkDomains("region", topology.regionNames());
        checkDomains("zone", topology.zoneNames());
        checkDomains("rack", topology.rackNames());
    }

    private void checkDomains(String what, List<String> known) {
        for (var name : bindings.all(String.class)) {
            boolean isOne = name.path().matches("(faults\\[|budget\\.).*\\." + what + "s\\[\\d+]");
            if (isOne && !known.contains(name.value())) {
                unknown(what, name, listed(known), known);
            }
        }
    }

    private void checkCoordinator(Topology topology) {
        var regions = topology.regions().stream().distinct().toList();
        var known = new ArrayList<>(regions);
        if (topology.zoneNames().size() > topology.regionNames().size()) {
            known.addAll(topology.zoneNames());
        }
        if (topology.rackNames().size() > topology.zoneNames().size()) {
            known.addAll(topology.rackNames());
        }
        bindings.at("topology.coordinator", String.class)
                .filter(place -> !known.contains(place.value()))
                .ifPresent(place ->
                        unknown(
                                known.equals(regions) ? "region" : "region, zone or rack",
                                place,
                                listed(known),
                                known));
    }

    /// Numbered names are many and say little.
    private static String listed(List<String> names) {
        return names.size() > 20 ? names.getFirst() + " … " + names.getLast() : Names.listed(names);
    }

    private void checkRegion(Binding<String> region, List<String> regions) {
        if (!regions.contains(region.value())) {
            unknown("region", region, Names.listed(new LinkedHashSet<>(regions)), regions);
        }
    }

    private void checkHandlers() {
        var handlers = handlers();
        for (var name : below("script[")) {
            if (name.path().matches("script\\[\\d+]\\.(suspect|confirm)\\.by")
                    && !handlers.contains(name.value())) {
                unknown("handler", name, Names.listed(handlers), handlers);
            }
        }
    }

    /// Nobody watches himself, so there is one watcher fewer than partitions at most.
    private void checkWatchers() {
        int partitions = size("topology.partitions");
        if (partitions < 1) {
            return;
        }
        for (var ring : bindings.all(Ring.class)) {
            checkWatchers(ring, "neighbours", ring.value().neighbours(), partitions);
        }
        for (var mesh : bindings.all(FullMesh.class)) {
            checkWatchers(mesh, "accusers", mesh.value().accusers(), partitions);
        }
    }

    private void checkWatchers(Binding<?> watch, String key, int value, int partitions) {
        if (value >= partitions) {
            problems.add(
                    bindings.at(watch.path() + "." + key, Integer.class)
                            .map(Binding::place)
                            .orElse(watch.place()),
                    "%s must be less than the number of partitions, %d, but was %d"
                            .formatted(key, partitions, value));
        }
    }

    /// A budget that forbids whatever takes partitions out would make nothing of a scenario.
    private void checkBudget() {
        int partitions = size("topology.partitions");
        for (var budget : bindings.all(Budget.class)) {
            boolean all = budget.value().scope().isEmpty();
            if (all && partitions > 0 && budget.value().allowed(partitions) == 0) {
                problems.add(
                        budget.place(),
                        "of %s, this budget allows none to be out; every fault that"
                                        .formatted(Quantity.count(partitions, "partition"))
                                + " takes any out would be skipped");
            }
        }
    }

    /// So that several of them together are less than virtual time lasts, which is 292 years.
    private void checkLengths() {
        for (var given : bindings.all(Duration.class)) {
            checkLength(given.value(), given.place());
        }
        for (var within : bindings.all(Within.class)) {
            within.value().limit().ifPresent(limit -> checkLength(limit, within.place()));
        }
    }

    private void checkLength(Duration length, Place place) {
        if (length.compareTo(LONGEST) > 0) {
            problems.add(
                    place,
                    "%s is too long; the longest that can be said is %s, which is 54 years"
                            .formatted(Durations.print(length), Durations.print(LONGEST)));
        }
    }

    private void checkTimes() {
        var chaos = bindings.at("phases.chaos", Duration.class);
        var quiet = bindings.at("phases.quiet", Duration.class);
        var verify = bindings.at("phases.verify", Duration.class);
        if (chaos.isEmpty() || quiet.isEmpty() || verify.isEmpty()) {
            return;
        }
        var settled = quiet.get().value().plus(verify.get().value());
        var end = chaos.get().value().plus(settled);
        checkRepeats(chaos.get().value());
        for (var at : bindings.all(At.class)) {
            checkTime(at.value().time(), end, at.place());
            checkBegin(at.value().time(), chaos.get().value(), settled, at.place());
        }
        for (var during : bindings.all(During.class)) {
            checkTime(during.value().span().to(), end, during.place());
            checkBegin(during.value().span().from(), chaos.get().value(), settled, during.place());
        }
        checkOutages(chaos.get().value(), settled);
        for (var within : bindings.all(Span.class)) {
            if (within.path().matches("faults\\[\\d+]\\.within")) {
                checkBegin(within.value().from(), chaos.get().value(), settled, within.place());
            }
        }
        for (var at : bindings.all(Duration.class)) {
            if (at.path().matches("(script|expect\\.observed)\\[\\d+]\\.at")
                    || at.path().matches("thresholds\\..*\\.delayAbortEval")) {
                checkTime(at.value(), end, at.place());
            }
        }
        for (var between : bindings.all(Span.class)) {
            checkTime(between.value().to(), end, between.place());
        }
    }

    /// No outage may begin after chaos either, unless its failure trace is over before. When traces
    /// begin that are repeated is not certain.
    private void checkOutages(Duration chaos, Duration settled) {
        for (var outage : bindings.all(Outage.class)) {
            var path = outage.path().substring(0, outage.path().indexOf(']') + 1);
            bindings.at(path + ".at", At.class)
                    .map(at -> at.value().time())
                    .or(() ->
                            bindings.at(path + ".during", During.class)
                                    .map(during -> during.value().span())
                                    .filter(span ->
                                            outage.value()
                                                            .down()
                                                            .compareTo(span.to().minus(span.from()))
                                                    < 0)
                                    .map(Span::from))
                    .map(outage.value().down()::plus)
                    .ifPresent(down -> {
                        checkTime(down, chaos.plus(settled), outage.place());
                        checkBegin(down, chaos, settled, outage.place());
                    });
        }
    }

    /// What repeats strikes at least once, if that can be said, and not without end.
    private void checkRepeats(Duration chaos) {
        for (var every : bindings.all(Every.class)) {
            var window = window(every, chaos);
            var period = every.value().period();
            if (period.compareTo(window) >= 0) {
                problems.add(
                        every.place(),
                        "every %s is never in a window of %s"
                                .formatted(Durations.print(period), Durations.print(window)));
            }
            checkOften(every, window.toNanos() / (double) period.toNanos());
        }
        for (var renewal : bindings.all(Renewal.class)) {
            var cycle = renewal.value().between().mean() + renewal.value().repair().mean();
            checkOften(renewal, window(renewal, chaos).toNanos() / cycle);
        }
    }

    /// How long a fault that repeats may strike.
    private Duration window(Binding<?> schedule, Duration chaos) {
        var path = schedule.path();
        return bindings.at(path.substring(0, path.lastIndexOf('.')) + ".within", Span.class)
                .map(Binding::value)
                .map(within ->
                        within.to().compareTo(chaos) < 0
                                ? within.to().minus(within.from())
                                : chaos.minus(within.from()))
                .filter(Duration::isPositive)
                .orElse(chaos);
    }

    private void checkOften(Binding<?> schedule, double times) {
        if (times > MOST_STRIKES) {
            problems.add(
                    schedule.place(),
                    "this fault would strike %.0f times; %d is the limit"
                            .formatted(times, MOST_STRIKES));
        }
    }

    private void checkTime(Duration time, Duration end, Place place) {
        if (time.compareTo(end) > 0) {
            problems.add(
                    place,
                    "%s lies after the end of the run, which is at %s"
                            .formatted(Durations.print(time), Durations.print(end)));
        }
    }

    /// No fault may begin when the run is to settle down.
    private void checkBegin(Duration begin, Duration chaos, Duration settled, Place place) {
        boolean isLate = begin.compareTo(chaos) >= 0;
        if (isLate && settled.isPositive() && begin.compareTo(chaos.plus(settled)) <= 0) {
            problems.add(
                    place,
                    "no fault may begin after chaos, which is over at %s, but this begins at %s"
                            .formatted(Durations.print(chaos), Durations.print(begin)));
        }
    }

    private void checkNames() {
        checkNames("invariant", "expect.always[", vocabulary.always());
        checkPromises("expect.breaks[");
        checkPromises("expect.tolerates[");
        checkNamedOnce();
        checkNames("verdict", "expect.never[", vocabulary.never());
        checkNames("milestone", "expect.sometimes[", vocabulary.sometimes());
        checkNames("goal", "expect.eventually[", vocabulary.eventually());
        checkNeeds();
        for (var metric : below("thresholds.")) {
            if (metric.path().endsWith("#key")) {
                var name = metric.value().replaceFirst("\\{.*", "").strip();
                checkName("metric", name, metric.place(), vocabulary.metrics());
                boolean isThere =
                        vocabulary.metrics().contains(name)
                                || Own.isMeant(name) && isThere(Metric.class, name);
                if (vocabulary.metrics().isEmpty() || isThere && checkTags(name, metric)) {
                    checkConditions(metric.value());
                }
            }
        }
    }

    /// What a goal is about must be there.
    private void checkNeeds() {
        for (var name : below("expect.eventually[")) {
            goal(name.value())
                    .flatMap(Goal::need)
                    .filter(need -> !isThere(need))
                    .ifPresent(need ->
                            problems.add(
                                    name.place(), "'%s' needs %s".formatted(name.value(), need)));
        }
    }

    /// What is not observed can be asked for in vain, and its absence be taken for good news.
    private void checkMessages() {
        boolean observed =
                bindings.at("observe.messages", Boolean.class).map(Binding::value).orElse(true);
        if (observed) {
            return;
        }
        for (Binding<?> found : bindings.all(Pattern.class)) {
            if (found.value() instanceof Pattern<?> pattern
                    && OF_MESSAGES.contains(pattern.kind())) {
                unobserved(pattern.name(), found.place());
            }
        }
        for (var key : List.of("expect.never[", "expect.sometimes[")) {
            below(key).stream()
                    .filter(name -> name.value().equals(Occurrence.MESSAGE_LOST.label()))
                    .forEach(name -> unobserved(name.value(), name.place()));
        }
        for (var metric : below("thresholds.")) {
            var name = metric.value().replaceFirst("\\{.*", "").strip();
            if (metric.path().endsWith("#key")
                    && vocabulary.metrics().contains(name)
                    && vocabulary.tags().apply(name).containsKey("message")) {
                unobserved(name, metric.place());
            }
        }
    }

    private void unobserved(String what, Place place) {
        problems.add(
                place,
                "'%s' needs messages to be observed, but observe.messages is false"
                        .formatted(what));
    }

    private Optional<Goal> goal(String name) {
        if (Own.isMeant(name) && !vocabulary.eventually().isEmpty()) {
            return isThere(OwnGoal.class, name)
                    ? Optional.of(Own.named(OwnGoal.class, name))
                    : Optional.empty();
        }
        return Goal.all().stream().filter(goal -> goal.name().equals(name)).findFirst();
    }

    private boolean isThere(Need need) {
        return switch (need) {
            case HANDLERS -> handlers().size() > 1;
            case BARRIER -> bindings.at("protocol.barrier", BarrierSettings.class).isPresent();
            case WORKLOAD -> bindings.at("workload", Workload.class).isPresent();
        };
    }

    /// Whether what follows a metric in braces is fine.
    private boolean checkTags(String metric, Binding<String> written) {
        var braces = written.value().strip().substring(metric.length()).strip();
        if (braces.isEmpty()) {
            return true;
        }
        var place = written.place();
        if (!braces.matches("\\{[^{}]*}")) {
            problems.add(
                    place,
                    "cannot read '%s'; tags stand in braces, as in %s{during:chaos}"
                            .formatted(written.value(), metric));
            return false;
        }
        int before = problems.sorted().size();
        var allowed = vocabulary.tags().apply(metric);
        var given = new LinkedHashSet<String>();
        for (var pair : braces.substring(1, braces.length() - 1).split(",", -1)) {
            var parts = pair.split(":", -1);
            var tag = parts[0].strip();
            if (parts.length != 2) {
                problems.add(
                        place,
                        "cannot read the tag '%s' of %s; a tag is written during:chaos"
                                .formatted(pair.strip(), metric));
            } else if (!allowed.containsKey(tag)) {
                problems.add(
                        place,
                        "%s has no tag '%s'; it has %s%s%s"
                                .formatted(
                                        metric,
                                        tag,
                                        Names.listed(allowed.keySet()),
                                        allowed.keySet().equals(Set.of("during"))
                                                ? ", since it is about the system as a whole"
                                                : "",
                                        Names.hint(tag, allowed.keySet())));
            } else if (!given.add(tag)) {
                problems.add(place, "%s has the tag '%s' twice".formatted(metric, tag));
            } else {
                checkTag(tag, parts[1].strip(), allowed.get(tag), place);
            }
        }
        return problems.sorted().size() == before;
    }

    private void checkTag(String tag, String value, List<String> choices, Place place) {
        var known = choices.isEmpty() ? inSystem(tag) : choices;
        if (!known.contains(value)) {
            var shown = shown(tag, value, known);
            problems.add(place, "unknown %s '%s'%s".formatted(tag, value, shown));
        } else if (tag.equals("during")
                && bindings.at("phases." + value, Duration.class)
                        .filter(length -> length.value().isZero())
                        .isPresent()) {
            problems.add(
                    place, "the phase '%s' has no length, so nothing is in it".formatted(value));
        }
    }

    /// What a tag can be, ready to follow what it cannot. Of those that are numbered none is meant
    /// by a number that is too large.
    private String shown(String tag, String value, Collection<String> known) {
        var numbered =
                switch (tag) {
                    case "partition" -> range("P", size("topology.partitions"));
                    case "node" -> range("n", known.size());
                    case "from", "to" -> range("n", known.size() - 1) + ", " + COORDINATOR;
                    default -> "";
                };
        return numbered.isEmpty()
                ? Names.known(value, known)
                : "; known: "
                        + numbered
                        + (value.matches("[Pn]\\d+") ? "" : Names.hint(value, known));
    }

    /// The values of a tag that depend on the system.
    private Collection<String> inSystem(String tag) {
        return switch (tag) {
            case "partition" ->
                    IntStream.range(0, Math.min(size("topology.partitions"), MOST_PARTITIONS))
                            .mapToObj(i -> "P" + i)
                            .toList();
            case "node" -> of(topology -> nodes(topology, false));
            case "from", "to" -> of(topology -> nodes(topology, true));
            case "region" -> of(Topology::regionNames);
            case "zone" -> of(Topology::zoneNames);
            case "rack" -> of(Topology::rackNames);
            case "fault" -> faults();
            case "handler" -> handlers();
            case "handlers" -> {
                var names = handlers().stream().sorted().toList();
                yield names.stream()
                        .flatMap(one ->
                                names.stream()
                                        .filter(other -> one.compareTo(other) < 0)
                                        .map(other -> one + "+" + other))
                        .toList();
            }
            default -> throw new IllegalStateException("nobody knows the values of " + tag);
        };
    }

    private List<String> of(Function<Topology, List<String>> names) {
        return bindings.at("topology", Topology.class)
                .map(Binding::value)
                .map(names)
                .orElse(List.of());
    }

    /// The names of all nodes that host something.
    private List<String> nodes(Topology topology, boolean coordinator) {
        return Stream.concat(
                        topology.nodeIds().stream().map(NodeId::name),
                        Stream.of(COORDINATOR).filter(_ -> coordinator))
                .toList();
    }

    /// The kinds of the faults that may take partitions out: those that the scenario plans, and, if
    /// a seed draws more, all that there are.
    private List<String> faults() {
        var drawn = bindings.at("swarm", Swarm.class).isPresent();
        return Stream.of(
                        bindings.all(Fault.class).stream().map(fault -> Kind.name(fault.value())),
                        Names.kinds(Fault.class).keySet().stream().filter(_ -> drawn),
                        Stream.of(Tag.NO_FAULT))
                .flatMap(names -> names)
                .distinct()
                .toList();
    }

    private List<String> handlers() {
        return below("protocol.handlers.").stream()
                .filter(name -> name.path().endsWith("#key"))
                .map(Binding::value)
                .toList();
    }

    /// What holds in every run can neither be broken nor tolerated.
    private void checkPromises(String path) {
        for (var name : below(path)) {
            boolean isLaw =
                    vocabulary.always().contains(name.value())
                            && !vocabulary.promises().contains(name.value());
            if (isLaw) {
                problems.add(
                        name.place(),
                        "'%s' holds in every run, so none may break it; promises: %s"
                                .formatted(
                                        name.value(),
                                        Names.listed(
                                                vocabulary.promises().stream().sorted().toList())));
            } else {
                checkName("promise", name.value(), name.place(), vocabulary.promises());
            }
        }
    }

    private void checkNamedOnce() {
        var named = new HashMap<String, String>();
        for (var key : List.of("always", "breaks", "tolerates")) {
            for (var name : below("expect." + key + "[")) {
                var before = named.putIfAbsent(name.value(), key);
                if (before != null && !before.equals(key)) {
                    problems.add(
                            name.place(),
                            "'%s' stands in %s already; a run keeps it, breaks it, or may do either"
                                    .formatted(name.value(), before));
                }
            }
        }
    }

    private void checkConditions(String metric) {
        for (var condition : below("thresholds." + metric + "[")) {
            try {
                vocabulary.conditions().accept(metric, condition.value());
            } catch (IllegalArgumentException e) {
                problems.add(condition.place(), e.getMessage());
            }
        }
    }

    private void checkNames(String what, String path, Set<String> known) {
        for (var name : below(path)) {
            checkName(what, name.value(), name.place(), known);
        }
    }

    private void checkName(String what, String name, Place place, Set<String> known) {
        var family = OWN.get(what);
        if (!known.isEmpty() && family != null && Own.isMeant(name)) {
            try {
                Own.named(family, name);
            } catch (IllegalArgumentException e) {
                problems.add(place, e.getMessage());
            }
        } else if (!known.isEmpty() && !known.contains(name)) {
            var sorted = known.stream().sorted().toList();
            problems.add(
                    place, "unknown %s '%s'%s".formatted(what, name, Names.known(name, sorted)));
        }
    }

    private static boolean isThere(Class<?> family, String own) {
        try {
            Own.named(family, own);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private List<Binding<String>> below(String path) {
        return bindings.all(String.class).stream()
                .filter(found -> found.path().startsWith(path))
                .toList();
    }

    private int size(String path) {
        return bindings.at(path, Integer.class).map(Binding::value).orElse(0);
    }

    private static String range(String letter, int size) {
        return size == 1 ? letter + "0" : letter + "0 … " + letter + (size - 1);
    }

    private void unknown(String what, Binding<?> found, String known, Collection<String> near) {
        var name = found.value().toString();
        problems.add(
                found.place(),
                "unknown %s '%s'; known: %s%s"
                        .formatted(what, name, known, Names.hint(name, near)));
    }
}
