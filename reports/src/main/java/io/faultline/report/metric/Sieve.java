package io.faultline.report.metric;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.recovery.RecoveryPhase;
import io.faultline.report.Phases;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Tells what belongs to a [Part] in a run from what does not.
public final class Sieve {

    /// Everything belongs to it.
    static final Sieve ALL =
            new Sieve(Map.of(), SimTime.ZERO, new SimTime(Long.MAX_VALUE), Map.of(), Map.of());

    private final Map<Tag, String> tags;
    private final SimTime from;
    private final SimTime to;
    private final Map<PartitionId, String> regions;
    private final Map<PartitionId, TreeMap<Integer, String>> faults;

    private Sieve(
            Map<Tag, String> tags,
            SimTime from,
            SimTime to,
            Map<PartitionId, String> regions,
            Map<PartitionId, TreeMap<Integer, String>> faults) {
        this.tags = tags;
        this.from = from;
        this.to = to;
        this.regions = regions;
        this.faults = faults;
    }

    /// @param phases the parts of the run
    static Sieve of(Map<Tag, String> tags, Trace trace, Phases phases) {
        if (tags.isEmpty()) {
            return ALL;
        }
        var from = SimTime.ZERO;
        var to = new SimTime(Long.MAX_VALUE);
        if (tags.containsKey(Tag.DURING)) {
            var edges =
                    new SimTime[] {
                        SimTime.ZERO, phases.chaos(), phases.quiet(), phases.verify(), phases.end()
                    };
            int index = Tag.DURING.choices().indexOf(tags.get(Tag.DURING));
            from = edges[index];
            // The last instant belongs to the last part.
            to = edges[index + 1].isBefore(phases.end()) ? edges[index + 1] : to;
            to = from.equals(phases.end()) ? from : to;
        }
        var regions = new HashMap<PartitionId, String>();
        var faults = new HashMap<PartitionId, TreeMap<Integer, String>>();
        if (tags.containsKey(Tag.REGION) || tags.containsKey(Tag.FAULT)) {
            for (var entry : trace) {
                switch (entry.what()) {
                    case PartitionPlaced placed -> regions.put(placed.partition(), placed.region());
                    case PartitionDown down ->
                            fault(trace, entry)
                                    .ifPresent(kind ->
                                            faults.computeIfAbsent(
                                                            down.partition(), _ -> new TreeMap<>())
                                                    .put(entry.index(), kind));
                    default -> {}
                }
            }
        }
        return new Sieve(tags, from, to, regions, faults);
    }

    /// The kind of the fault that took a partition out.
    private static Optional<String> fault(Trace trace, Trace.Entry down) {
        for (var cause : trace.causes(down).reversed()) {
            if (cause.what() instanceof FaultInjected fault) {
                return Optional.of(fault.kind());
            }
        }
        return Optional.empty();
    }

    /// Whether everything belongs to it.
    public boolean isAll() {
        return tags.isEmpty();
    }

    /// Whether something that was found at an entry belongs to it.
    public boolean takes(Trace.Entry entry) {
        return isAll() || !entry.time().isBefore(from) && entry.time().isBefore(to);
    }

    /// Whether something that was found at an entry and concerns a partition belongs to it.
    public boolean takes(Trace.Entry entry, PartitionId partition) {
        return isAll()
                || takes(entry)
                        && is(Tag.PARTITION, partition.toString())
                        && is(Tag.REGION, regions.get(partition))
                        && is(Tag.FAULT, fault(entry, partition));
    }

    /// Whether something that was found at an entry and concerns a message belongs to it.
    public boolean takes(Trace.Entry entry, MessageKind message) {
        return isAll() || takes(entry) && is(Tag.MESSAGE, Kind.name(message));
    }

    /// The phase of a recovery that is asked for, if one is.
    public Optional<RecoveryPhase> phase() {
        return Optional.ofNullable(tags.get(Tag.PHASE))
                .map(label -> RecoveryPhase.values()[Tag.PHASE.choices().indexOf(label)]);
    }

    /// How much of a span of time belongs to it, in nanoseconds.
    public long overlap(long since, long until) {
        return Math.max(0, Math.min(until, to.nanos()) - Math.max(since, from.nanos()));
    }

    private boolean is(Tag tag, String value) {
        var wanted = tags.get(tag);
        return wanted == null || wanted.equals(value);
    }

    private String fault(Trace.Entry entry, PartitionId partition) {
        var before = faults.get(partition);
        var last = before == null ? null : before.lowerEntry(entry.index());
        return last == null ? null : last.getValue();
    }
}
