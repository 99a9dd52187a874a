package io.faultline.scenario.campaign;

import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.recovery.RecoveryPhase;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Which kinds of faults have struck in which phase of a recovery: in how many runs a fault of the
/// kind, any time that it struck, first changed anything while a recovery was in that phase.
///
/// @param runs the number of runs, by the fault's kind and the phase's name
public record Coverage(SortedMap<String, SortedMap<String, Long>> runs) {

    /// Where no recovery is under way.
    public static final String CALM = "calm";

    private static final Set<RecoveryPhase> OVER =
            EnumSet.of(RecoveryPhase.COMPLETE, RecoveryPhase.FAILED);

    /// Nothing.
    static final Coverage NONE = new Coverage(new TreeMap<>());

    public Coverage {
        var copy = new TreeMap<String, SortedMap<String, Long>>();
        runs.forEach((kind, phases) ->
                copy.put(kind, Collections.unmodifiableSortedMap(new TreeMap<>(phases))));
        runs = Collections.unmodifiableSortedMap(copy);
    }

    /// The phases in which a fault may strike, in order.
    public static List<String> phases() {
        return Stream.concat(
                        Stream.of(CALM),
                        Arrays.stream(RecoveryPhase.values())
                                .filter(phase -> !OVER.contains(phase))
                                .map(Kind::name))
                .toList();
    }

    /// What one run covers.
    static Coverage of(Trace trace) {
        var kinds = new HashMap<Integer, String>();
        var phases = new HashMap<PartitionId, RecoveryPhase>();
        var runs = new TreeMap<String, SortedMap<String, Long>>();
        for (var entry : trace) {
            switch (entry.what()) {
                case FaultInjected fault -> kinds.put(fault.fault(), fault.kind());
                case PhaseEntered entered when OVER.contains(entered.phase()) ->
                        phases.remove(entered.partition());
                case PhaseEntered entered -> phases.put(entered.partition(), entered.phase());
                case FaultTookEffect(int fault, _) -> {
                    var row = runs.computeIfAbsent(kinds.get(fault), _ -> new TreeMap<>());
                    phases.values().forEach(phase -> row.put(Kind.name(phase), 1L));
                    if (phases.isEmpty()) {
                        row.put(CALM, 1L);
                    }
                }
                default -> {}
            }
        }
        return new Coverage(runs);
    }

    /// What both cover. Neither order nor grouping matters.
    public Coverage merge(Coverage other) {
        var all = new TreeMap<String, SortedMap<String, Long>>();
        for (var part : List.of(this, other)) {
            part.runs.forEach((kind, phases) -> {
                var row = all.computeIfAbsent(kind, _ -> new TreeMap<>());
                phases.forEach((phase, count) -> row.merge(phase, count, Long::sum));
            });
        }
        return new Coverage(all);
    }

    /// Whether this has something that `other` does not have.
    boolean isNewTo(Coverage other) {
        return runs.entrySet().stream()
                .anyMatch(row ->
                        !other.row(row.getKey()).keySet().containsAll(row.getValue().keySet()));
    }

    /// The phases in which faults of a kind have never struck, by kind.
    ///
    /// @param kinds the kinds that could have
    public SortedMap<String, List<String>> missing(Collection<String> kinds) {
        var missing = new TreeMap<String, List<String>>();
        for (var kind : kinds) {
            var never = phases().stream().filter(phase -> !row(kind).containsKey(phase)).toList();
            if (!never.isEmpty()) {
                missing.put(kind, never);
            }
        }
        return missing;
    }

    private Map<String, Long> row(String kind) {
        return runs.getOrDefault(kind, Collections.emptySortedMap());
    }
}
