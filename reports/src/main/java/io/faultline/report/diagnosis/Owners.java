package io.faultline.report.diagnosis;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.PartitionUp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// Who serves clients with entities that were given to others while nobody could tell him. The
/// coordinator says who owns what, each time by a newer assignment than before; whoever is cut off
/// goes on by the older one.
final class Owners {

    private final List<Rivalry> over = new ArrayList<>();
    private final Map<PartitionId, Long> owned = new TreeMap<>();
    private final Map<PartitionId, Set<PartitionId>> heirs = new TreeMap<>();
    private final Map<PartitionId, Integer> cutOff = new TreeMap<>();
    private final Map<PartitionId, Open> dispossessed = new TreeMap<>();

    /// A partition that served clients after all its entities had been given to others.
    ///
    /// @param cut the entry since which it cannot talk to the coordinator
    /// @param moved the entry with which the last of its entities was given away
    /// @param old the first entry in which it served a client after that
    /// @param heir the first one in which one of those did who got them, if one did
    /// @param to when it was over
    record Rivalry(
            PartitionId partition, int cut, int moved, int old, OptionalInt heir, SimTime to) {}

    /// A partition that owns nothing and has not been told.
    private static final class Open {
        final int cut;
        final int moved;
        final SimTime since;
        int old = -1;
        int heir = -1;

        Open(int cut, Trace.Entry moved) {
            this.cut = cut;
            this.moved = moved.index();
            this.since = moved.time();
        }
    }

    /// All of a run, in the order in which they ended.
    static List<Rivalry> rivalries(Trace trace, SimTime end) {
        var owners = new Owners();
        trace.forEach(owners::see);
        List.copyOf(owners.dispossessed.keySet()).forEach(it -> owners.close(it, end));
        return owners.over;
    }

    private void see(Trace.Entry entry) {
        switch (entry.what()) {
            case PartitionPlaced placed -> owned.put(placed.partition(), (long) placed.entities());
            case PartitionDown(var partition, var cause) when cause == DownCause.CUT_OFF ->
                    cutOff.put(partition, entry.index());
            case PartitionUp(var partition) -> {
                cutOff.remove(partition);
                close(partition, entry.time());
            }
            case EntitiesMoved moved when moved.entities() > 0 -> move(entry, moved);
            case OperationCompleted(var partition, var latency) -> {
                long arrival = entry.time().nanos() - latency.toNanos();
                dispossessed.forEach((loser, open) -> {
                    if (arrival <= open.since.nanos()) {
                        return;
                    }
                    if (loser.equals(partition)) {
                        open.old = open.old < 0 ? entry.index() : open.old;
                    } else if (open.heir < 0 && heirs.get(loser).contains(partition)) {
                        open.heir = entry.index();
                    }
                });
            }
            default -> {}
        }
    }

    private void move(Trace.Entry entry, EntitiesMoved moved) {
        long left = owned.merge(moved.from(), -(long) moved.entities(), Long::sum);
        owned.merge(moved.to(), (long) moved.entities(), Long::sum);
        heirs.computeIfAbsent(moved.from(), _ -> new HashSet<>()).add(moved.to());
        var cut = cutOff.get(moved.from());
        if (left == 0 && cut != null) {
            dispossessed.put(moved.from(), new Open(cut, entry));
        }
        close(moved.to(), entry.time());
        heirs.remove(moved.to());
    }

    private void close(PartitionId partition, SimTime to) {
        var open = dispossessed.remove(partition);
        if (open != null && open.old >= 0) {
            over.add(
                    new Rivalry(
                            partition,
                            open.cut,
                            open.moved,
                            open.old,
                            open.heir < 0 ? OptionalInt.empty() : OptionalInt.of(open.heir),
                            to));
        }
    }

    /// Whether a partition is cut off from an entry on, owns nothing from another on, and both are
    /// so until a third.
    static boolean isDispossessed(Trace trace, int cut, int moved, int last) {
        if (!(trace.get(cut).what() instanceof PartitionDown(var partition, var cause)
                && cause == DownCause.CUT_OFF
                && cut < moved)) {
            return false;
        }
        long owned = 0;
        for (int i = 0; i <= last; i++) {
            var entry = trace.get(i);
            switch (entry.what()) {
                case PartitionPlaced placed when placed.partition().equals(partition) ->
                        owned = placed.entities();
                case EntitiesMoved move when move.from().equals(partition) ->
                        owned -= move.entities();
                case EntitiesMoved move when move.to().equals(partition) ->
                        owned += move.entities();
                case PartitionUp back
                        when back.partition().equals(partition) && entry.index() > cut -> {
                    return false;
                }
                default -> {}
            }
            if (i >= moved && owned != 0) {
                return false;
            }
        }
        return trace.get(moved).what() instanceof EntitiesMoved move
                && move.from().equals(partition);
    }

    /// Whether he who gave his last entities away serves a client who came after that.
    static boolean isServedByOld(Trace trace, int moved, int served) {
        return trace.get(moved).what() instanceof EntitiesMoved move
                && isServed(trace, move.from(), moved, served);
    }

    /// Whether one of those who got them does.
    static boolean isServedByHeir(Trace trace, int moved, int served) {
        if (!(trace.get(moved).what() instanceof EntitiesMoved last)) {
            return false;
        }
        var heirs = new HashSet<PartitionId>();
        for (int i = 0; i <= moved; i++) {
            if (trace.get(i).what() instanceof EntitiesMoved move && move.entities() > 0) {
                if (move.to().equals(last.from())) {
                    heirs.clear();
                } else if (move.from().equals(last.from())) {
                    heirs.add(move.to());
                }
            }
        }
        return heirs.stream().anyMatch(heir -> isServed(trace, heir, moved, served));
    }

    private static boolean isServed(Trace trace, PartitionId by, int moved, int served) {
        var entry = trace.get(served);
        return entry.what() instanceof OperationCompleted(var partition, var latency)
                && partition.equals(by)
                && entry.time().nanos() - latency.toNanos() > trace.get(moved).time().nanos();
    }
}
