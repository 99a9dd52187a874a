package io.faultline.scenario.campaign;

import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.scenario.Judge;
import io.faultline.scenario.Run;
import io.faultline.scenario.Scenario;
import io.faultline.scenario.ScenarioException;
import io.faultline.scenario.ScenarioParser;
import io.faultline.scenario.ScenarioWriter;
import io.faultline.scenario.Source;
import io.faultline.scenario.campaign.Draft.Path;
import io.faultline.scenario.format.Durations;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Looks for the smallest scenario in which the same goes wrong.
///
/// It takes away what can be taken away: faults and scripted actions (delta debugging, Zeller and
/// Hildebrandt 2002), expectations, partitions, time, settings, digits; and has faults that repeat
/// strike once, and name whom they strike. Every step is run, and taken only if the run has the
/// signature of the first one. It knows no kind of fault or setting, but changes the file as a tree
/// and leaves it to the parser to refuse what makes no sense; so whatever can be written can be
/// shrunk. The same scenario is always shrunk the same way, unless the time is over before.
public final class Shrink {

    private static final Pattern REFERENCE = Pattern.compile("([Pn])(\\d{1,7})");
    private static final Pattern DURATION =
            Pattern.compile("(?:[0-9]+(?:\\.[0-9]+)?(?:ns|us|ms|s|m|h|d))+");
    private static final Pattern SPAN = Pattern.compile(DURATION + "\\.\\." + DURATION);
    private static final Pattern NUMBER = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([^0-9.].*)?");
    private static final Path FAULTS = Path.of("faults");
    private static final Path SCRIPT = Path.of("script");
    private static final Path PARTITIONS = Path.of("topology", "partitions");
    private static final Path NODES = Path.of("topology", "nodes");
    private static final Set<String> REPEATS = Set.of("every", "after", "renewal");
    private static final Set<String> REPETITION =
            Set.of("every", "after", "renewal", "for", "jitter", "within", "times");
    private static final int STRIKES = 8;
    private static final Set<String> KEPT = Set.of("apiVersion", "name", "about");

    private final BooleanSupplier over;
    private final Signature signature;
    private final Set<String> refused = new HashSet<>();
    private Draft draft;
    private Scenario scenario;
    private Run run;
    private int runs = 1;
    private boolean complete = true;

    /// What came of it.
    ///
    /// @param original the scenario that was shrunk
    /// @param signature what goes wrong, before and after
    /// @param yaml the smallest scenario that was found, as a file
    /// @param scenario the same as data
    /// @param run its run
    /// @param runs how many runs it took
    /// @param complete whether nothing was left that could have been tried
    public record Shrunk(
            Scenario original,
            Signature signature,
            String yaml,
            Scenario scenario,
            Run run,
            int runs,
            boolean complete) {}

    private Shrink(Scenario scenario, BooleanSupplier over) {
        this.over = over;
        this.scenario = scenario.withoutParams();
        this.draft = Draft.of(ScenarioWriter.write(this.scenario));
        this.run = run(scenario);
        this.signature = Signature.of(run);
    }

    /// Shrinks a scenario with a seed with which it is not clean.
    ///
    /// @param over asked before each run whether it is time to end
    /// @return nothing if the scenario is clean
    public static Optional<Shrunk> of(Scenario written, BooleanSupplier over) {
        var scenario = written.drawn();
        var shrink = new Shrink(scenario, over);
        if (shrink.signature.isClean()) {
            return Optional.empty();
        }
        shrink.shrink();
        return Optional.of(
                new Shrunk(
                        scenario,
                        shrink.signature,
                        shrink.draft.yaml(),
                        shrink.scenario,
                        shrink.run,
                        shrink.runs,
                        shrink.complete));
    }

    private void shrink() {
        String before;
        do {
            before = draft.yaml();
            once();
            fewerPartitions(); // before chance's choice, which may be of so many, is spelled out
            explicit();
            fewerEntries(path -> !path.isBelow("expect"));
            fewerPartitions();
            fewerEntries(path -> path.isBelow("expect"));
            earlier();
            shorter();
            fewerSettings();
            rounder();
        } while (!draft.yaml().equals(before) && complete);
    }

    private static Run run(Scenario scenario) {
        return Run.of(scenario, "the same scenario and seed", "");
    }

    /// Nothing if there is nothing left of the run to be judged: then something else goes wrong.
    private static Optional<Run> attempt(Scenario scenario) {
        try {
            return Optional.of(run(scenario));
        } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError _) {
            return Optional.empty();
        }
    }

    /// Takes a change if the same still goes wrong, or if it only leaves a default out.
    private boolean take(Draft candidate) {
        var text = candidate.yaml();
        if (!complete || refused.contains(text)) {
            return false;
        }
        Scenario changed;
        try {
            changed = new ScenarioParser(Judge.VOCABULARY).parse(new Source("", text), Map.of());
        } catch (ScenarioException _) {
            refused.add(text);
            return false;
        }
        if (!changed.equals(scenario)) {
            if (over.getAsBoolean()) {
                complete = false;
                return false;
            }
            var again = attempt(changed);
            runs++;
            if (again.filter(it -> Signature.of(it).equals(signature)).isEmpty()) {
                refused.add(text);
                return false;
            }
            run = again.get();
        }
        scenario = changed;
        draft = candidate;
        refused.add(text); // There is no way back.
        return true;
    }

    /// Has faults that repeat strike once, at one of the times at which they did.
    private void once() {
        for (int i = 0; i < draft.size(FAULTS); i++) {
            var fault = FAULTS.then(i);
            if (REPEATS.stream().anyMatch(key -> draft.at(fault.then(key)).isPresent())) {
                strikes(i).stream()
                        .limit(STRIKES)
                        .anyMatch(strike ->
                                take(
                                        draft.withEntry(
                                                fault,
                                                strike.contains("..") ? "during" : "at",
                                                strike,
                                                REPETITION)));
            }
        }
    }

    /// When a fault was there, from the start of chaos: spans, or points in time if it never ended.
    private List<String> strikes(int fault) {
        var strikes = new LinkedHashMap<Integer, String>();
        long chaos = scenario.phases().start().nanos();
        for (var entry : run.result().trace()) {
            var time = print(entry.time().nanos() - chaos);
            if (entry.what() instanceof FaultInjected struck && struck.fault() == fault) {
                strikes.put(struck.occurrence(), time);
            } else if (entry.what() instanceof FaultHealed healed && healed.fault() == fault) {
                strikes.merge(healed.occurrence(), time, (from, to) -> from + ".." + to);
            }
        }
        return List.copyOf(strikes.sequencedValues());
    }

    /// Names the nodes that chance has chosen, so that some of them can be left out.
    private void explicit() {
        for (var path : draft.paths()) {
            if (path.isBelow("faults") && draft.text(path.then("mode")).isPresent()) {
                var struck = struck((Integer) path.steps().get(1));
                if (!struck.isEmpty()) {
                    take(draft.withList(path, struck));
                }
            }
        }
    }

    /// The nodes of those whom a fault concerned.
    private List<String> struck(int fault) {
        var trace = run.result().trace();
        var concerned =
                trace.all(FaultInjected.class)
                        .filter(struck -> struck.fault() == fault)
                        .flatMap(struck -> struck.targets().stream())
                        .collect(Collectors.toSet());
        return trace.all(PartitionPlaced.class)
                .filter(placed -> concerned.contains(placed.partition()))
                .map(placed -> placed.node().name())
                .distinct()
                .toList();
    }

    /// Leaves out entries of lists, faults and actions first: many at once, then fewer.
    ///
    /// What is expected comes after the partitions: a smaller system may break more, and without
    /// what is tolerated that could be broken first.
    private void fewerEntries(Predicate<Path> which) {
        var lists = new ArrayList<>(List.of(FAULTS, SCRIPT));
        for (var path : draft.paths()) {
            if (!lists.contains(path) && draft.size(path) > 0) {
                lists.add(path);
            }
        }
        for (var list : lists.stream().filter(which).toList()) {
            for (int chunk = draft.size(list); chunk >= 1; chunk /= 2) {
                int from = 0;
                while (from < draft.size(list)) {
                    int to = Math.min(from + chunk, draft.size(list));
                    if (!take(draft.without(list, from, to))) {
                        from = to;
                    }
                }
            }
        }
    }

    /// The smallest system in which it happens. Partitions and nodes that are named move up to fill
    /// the gaps; or all are thinned out, so that half of them stay half of them.
    private void fewerPartitions() {
        int partitions = draft.text(PARTITIONS).map(Integer::parseInt).orElse(1);
        for (int n = 1; n < partitions; n += 1 + n / 16) {
            if (take(sized(compacted(n), n)) || take(sized(thinned(n, partitions), n))) {
                return;
            }
        }
    }

    private static Draft sized(Draft draft, int partitions) {
        var number = Integer.toString(partitions);
        var smaller = draft.with(PARTITIONS, number);
        return draft.text(NODES).map(Integer::parseInt).orElse(0) > partitions
                ? smaller.with(NODES, number)
                : smaller;
    }

    /// Of several that become the same one, the first stays in each list.
    private Draft thinned(int partitions, int from) {
        return draft.renamed(text -> {
            var reference = REFERENCE.matcher(text);
            return reference.matches()
                    ? reference.group(1) + Long.parseLong(reference.group(2)) * partitions / from
                    : text;
        });
    }

    private Draft compacted(int partitions) {
        var used = new TreeSet<Integer>();
        for (var path : draft.paths()) {
            draft.text(path)
                    .map(REFERENCE::matcher)
                    .filter(Matcher::matches)
                    .ifPresent(reference -> used.add(Integer.parseInt(reference.group(2))));
        }
        if (used.isEmpty() || used.last() < partitions) {
            return draft;
        }
        var order = List.copyOf(used);
        return draft.renamed(text -> {
            var reference = REFERENCE.matcher(text);
            return reference.matches()
                    ? reference.group(1) + order.indexOf(Integer.parseInt(reference.group(2)))
                    : text;
        });
    }

    /// Moves everything that has a time towards the start, all together and one by one.
    private void earlier() {
        for (int part = 1; part <= 8; part *= 2) {
            long first =
                    times().stream()
                            .flatMap(path -> draft.text(path).stream())
                            .mapToLong(text -> Durations.parse(text.split("\\.\\.")[0]).toNanos())
                            .min()
                            .orElse(0);
            long by = rounded(first / part);
            if (by > 0) {
                var moved = draft;
                for (var path : times()) {
                    moved = moved.with(path, spans(draft.text(path).get(), t -> t - by));
                }
                take(moved);
            }
        }
        for (var path : times()) {
            reduce(path, text -> spans(text, t -> rounded(t / 2)));
            reduce(path, Shrink::halfAsLong);
        }
        rarer();
    }

    /// The times of faults, actions and expected observations.
    private List<Path> times() {
        return draft.paths().stream()
                .filter(path ->
                        path.isBelow("faults") || path.isBelow("script") || path.isBelow("expect"))
                .filter(Shrink::isTime)
                .filter(path -> draft.text(path).isPresent())
                .toList();
    }

    /// Has faults that repeat strike less often, and each time for a shorter time.
    private void rarer() {
        for (int i = 0; i < draft.size(FAULTS); i++) {
            var fault = FAULTS.then(i);
            reduce(fault.then("every"), text -> spans(text, t -> t * 2));
            reduce(fault.then("times"), text -> Integer.toString(Math.ceilDiv(number(text), 2)));
            reduce(fault.then("for"), text -> isDuration(text) ? half(text) : text);
        }
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private static boolean isDuration(String text) {
        return DURATION.matcher(text).matches();
    }

    private static String half(String text) {
        return spans(text, t -> rounded(t / 2));
    }

    private static boolean isTime(Path path) {
        var key = path.steps().getLast();
        return path.isBelow("expect")
                ? path.steps().size() <= 4 && Set.of("at", "between").contains(key)
                : path.steps().size() == 3 && Set.of("at", "during", "within").contains(key);
    }

    private static String spans(String text, LongUnaryOperator change) {
        var ends = new ArrayList<String>();
        for (var end : text.split("\\.\\.")) {
            ends.add(print(change.applyAsLong(Durations.parse(end).toNanos())));
        }
        return String.join("..", ends);
    }

    private static String halfAsLong(String text) {
        var ends = text.split("\\.\\.");
        if (ends.length < 2) {
            return text;
        }
        long from = Durations.parse(ends[0]).toNanos();
        long length = Durations.parse(ends[1]).toNanos() - from;
        return ends[0] + ".." + print(from + Math.max(1, rounded(length / 2)));
    }

    private void shorter() {
        for (var phase : List.of("quiet", "warmup", "chaos")) {
            var path = Path.of("phases", phase);
            for (int percent : new int[] {50, 75, 90}) {
                reduce(path, text -> spans(text, t -> rounded(t * percent / 100)));
            }
        }
    }

    /// Changes a text again and again, as long as the change is taken.
    private void reduce(Path path, UnaryOperator<String> change) {
        while (true) {
            var text = draft.text(path);
            if (text.isEmpty()) {
                return;
            }
            var changed = change.apply(text.get());
            if (changed.equals(text.get()) || !take(draft.with(path, changed))) {
                return;
            }
        }
    }

    /// Leaves settings to their defaults, whole blocks before what is in them.
    private void fewerSettings() {
        for (var path : draft.paths()) {
            boolean kept = path.steps().size() == 1 && KEPT.contains(path.steps().getFirst());
            if (!kept && path.steps().getLast() instanceof String && draft.at(path).isPresent()) {
                take(draft.without(path));
            }
        }
    }

    /// Replaces distributions by a constant, and numbers by those with fewer digits.
    private void rounder() {
        for (var path : draft.paths()) {
            draft.text(path)
                    .filter(text -> text.contains("("))
                    .ifPresent(text -> {
                        var duration = DURATION.matcher(text);
                        if (duration.find()) {
                            take(draft.with(path, duration.group()));
                        }
                    });
            for (int digits = 1; digits <= 3; digits++) {
                var rounded = rounded(draft.text(path).orElse(""), digits);
                if (rounded.isPresent() && take(draft.with(path, rounded.get()))) {
                    break;
                }
            }
        }
    }

    private static Optional<String> rounded(String text, int digits) {
        if (DURATION.matcher(text).matches()) {
            return Optional.of(print(round(Durations.parse(text).toNanos(), digits).longValue()))
                    .filter(rounder -> isShorter(rounder, text));
        }
        if (SPAN.matcher(text).matches()) {
            return Optional.of(spans(text, t -> round(t, digits).longValue()))
                    .filter(rounder -> isShorter(rounder, text));
        }
        var number = NUMBER.matcher(text);
        if (!number.matches()) {
            return Optional.empty();
        }
        var value = new BigDecimal(number.group(1)).round(new MathContext(digits));
        var plain = value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        return Optional.of(plain + Optional.ofNullable(number.group(2)).orElse(""))
                .filter(shorter -> !shorter.equals(text));
    }

    /// Whether a time or span is shorter than another, to read or to wait for its end: 20s is
    /// rounder than 15s, but there is more of it.
    private static boolean isShorter(String one, String other) {
        return one.length() < other.length() || end(one).compareTo(end(other)) < 0;
    }

    private static Duration end(String text) {
        var ends = text.split("\\.\\.");
        return Durations.parse(ends[ends.length - 1]);
    }

    private static BigDecimal round(long nanos, int digits) {
        return BigDecimal.valueOf(nanos).round(new MathContext(digits));
    }

    /// With two digits.
    private static long rounded(long nanos) {
        return round(nanos, 2).longValue();
    }

    private static String print(long nanos) {
        return Durations.print(Duration.ofNanos(Math.max(0, nanos)));
    }
}
