package io.faultline.report.metric;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.model.cluster.Location;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.recovery.RecoveryPhase;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Tells what belongs to a [Part] in a run from what does not. It has to be asked in the order of
/// the trace.
public final class Sieve {

    private static final SimTime NEVER = new SimTime(Long.MAX_VALUE);

    private final Trace trace;
    private final Map<Tag, String> tags;
    private final SimTime from;
    private final SimTime to;
    private final Function<NodeId, Location> map;
    private final Map<PartitionId, PartitionPlaced> places = new HashMap<>();
    private final Map<PartitionId, String> faults = new HashMap<>();
    private int next;

    private Sieve(
            Trace trace,
            Map<Tag, String> tags,
            SimTime from,
            SimTime to,
            Function<NodeId, Location> map) {
        this.trace = trace;
        this.tags = tags;
        this.from = from;
        this.to = to;
        this.map = map;
    }

    /// Everything belongs to it.
    ///
    /// @param trace of a run, which may go on
    public static Sieve all(Trace trace) {
        return new Sieve(
                trace,
                Map.of(),
                SimTime.ZERO,
                NEVER,
                node -> {
                    throw new IllegalStateException("nobody asked where " + node + " is");
                });
    }

    /// @param trace of a run, which may go on
    static Sieve of(Map<Tag, String> tags, Trace trace, Frame frame) {
        var from = SimTime.ZERO;
        var to = NEVER;
        if (tags.containsKey(Tag.DURING)) {
            var phases = frame.phases();
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
        return new Sieve(trace, tags, from, to, frame.map());
    }

    /// The trace of the run, as far as it has gone.
    public Trace trace() {
        return trace;
    }

    /// The time of the last observation.
    public SimTime now() {
        return trace.size() == 0 ? SimTime.ZERO : trace.get(trace.size() - 1).time();
    }

    /// Whether something that was found at a time belongs to it, as far as time goes.
    public boolean takes(SimTime time) {
        return !time.isBefore(from) && time.isBefore(to);
    }

    /// Whether something that was found at an entry belongs to it, as far as time goes.
    public boolean takes(Trace.Entry entry) {
        return takes(entry.time());
    }

    /// Whether something that was found at an entry and concerns a partition belongs to it, as far
    /// as time, place and faults go.
    public boolean takes(Trace.Entry entry, PartitionId partition) {
        return tags.isEmpty()
                || takes(entry)
                        && isAt(entry, partition)
                        && is(Tag.FAULT, faults.getOrDefault(partition, Tag.NO_FAULT));
    }

    /// Whether something that was found at an entry and concerns a message belongs to it, as far as
    /// time and the message go.
    public boolean takes(Trace.Entry entry, MessageKind message, NodeId sender, NodeId receiver) {
        return tags.isEmpty()
                || takes(entry)
                        && is(Tag.MESSAGE, message)
                        && is(Tag.FROM, sender.name())
                        && is(Tag.TO, receiver.name());
    }

    /// Whether a partition is at the place that is asked for, if one is.
    ///
    /// @param entry an entry that concerns it
    public boolean isAt(Trace.Entry entry, PartitionId partition) {
        if (tags.isEmpty()) {
            return true;
        }
        learn(entry.index());
        return is(Tag.PARTITION, partition.toString()) && isOn(places.get(partition));
    }

    private boolean isOn(PartitionPlaced place) {
        if (place == null) {
            return !(tags.containsKey(Tag.NODE)
                    || tags.containsKey(Tag.REGION)
                    || tags.containsKey(Tag.ZONE)
                    || tags.containsKey(Tag.RACK));
        }
        return is(Tag.NODE, place.node().name())
                && is(Tag.REGION, place.region())
                && (!tags.containsKey(Tag.ZONE) && !tags.containsKey(Tag.RACK)
                        || isIn(map.apply(place.node())));
    }

    private boolean isIn(Location location) {
        return is(Tag.ZONE, location.zone()) && is(Tag.RACK, location.rack());
    }

    /// Whether something has a value of a tag, or that tag was not asked for.
    public boolean is(Tag tag, String value) {
        var wanted = tags.get(tag);
        return wanted == null || wanted.equals(value);
    }

    /// Whether something has a value of a tag, or that tag was not asked for.
    public boolean is(Tag tag, Enum<?> value) {
        var wanted = tags.get(tag);
        return wanted == null || wanted.equals(Kind.name(value));
    }

    /// The phase of a recovery that is asked for, if one is.
    Optional<RecoveryPhase> phase() {
        return Optional.ofNullable(tags.get(Tag.PHASE))
                .map(label -> RecoveryPhase.values()[Tag.PHASE.choices().indexOf(label)]);
    }

    /// How much of a span of time belongs to it, in nanoseconds.
    public long overlap(long since, long until) {
        return Math.max(0, Math.min(until, to.nanos()) - Math.max(since, from.nanos()));
    }

    /// Learns where partitions are and what took them out, up to an entry.
    private void learn(int entry) {
        for (; next <= entry; next++) {
            var seen = trace.get(next);
            switch (seen.what()) {
                case PartitionPlaced placed -> places.put(placed.partition(), placed);
                case PartitionDown down ->
                        fault(seen).ifPresent(kind -> faults.put(down.partition(), kind));
                default -> {}
            }
        }
    }

    /// The kind of the fault that took a partition out.
    private Optional<String> fault(Trace.Entry down) {
        for (var cause : trace.causes(down).reversed()) {
            if (cause.what() instanceof FaultInjected fault) {
                return Optional.of(fault.kind());
            }
        }
        return Optional.empty();
    }
}
