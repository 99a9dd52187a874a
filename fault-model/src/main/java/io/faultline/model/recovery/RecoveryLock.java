package io.faultline.model.recovery;

import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.RefusalCause;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// Admits recoveries: none without a quorum, one of each partition, and so many at once; the others
/// wait in the order in which they came, or thwart each other.
///
/// The quorum is asked for once, when a recovery comes; who waits is served even if the quorum is
/// lost in the meantime.
final class RecoveryLock {

    private final int permits;
    private final Contention contention;
    private final SequencedSet<PartitionId> holders = new LinkedHashSet<>();
    private final SequencedMap<PartitionId, Long> waitingSince = new LinkedHashMap<>();
    private final SequencedSet<PartitionId> contenders = new LinkedHashSet<>();

    /// What becomes of a request.
    sealed interface Answer {}

    /// It holds a permit from now on.
    record Granted() implements Answer {}

    /// It waits for one.
    record Waits() implements Answer {}

    /// It is to be seen, at the end of this instant, whether there are permits enough.
    ///
    /// @param first whether nobody else contends so far
    record Contends(boolean first) implements Answer {}

    /// It is sent away.
    record Refused(RefusalCause cause) implements Answer {}

    /// A waiter whose turn has come.
    record Served(PartitionId partition, long since) {}

    /// How a contention ended.
    ///
    /// @param granted whether all contenders have permits now; otherwise none has
    record Arbitration(List<PartitionId> contenders, boolean granted) {}

    RecoveryLock(int permits, Contention contention) {
        this.permits = permits;
        this.contention = contention;
    }

    Answer request(PartitionId partition, boolean quorum, long now) {
        if (!quorum) {
            return new Refused(RefusalCause.NO_QUORUM);
        }
        if (isReserved(partition)) {
            return new Refused(RefusalCause.ALREADY_RECOVERING);
        }
        if (contention == Contention.COLLIDE) {
            contenders.add(partition);
            return new Contends(contenders.size() == 1);
        }
        if (holders.size() < permits) {
            holders.add(partition);
            return new Granted();
        }
        waitingSince.put(partition, now);
        return new Waits();
    }

    /// Ends a contention.
    Arbitration arbitrate() {
        var all = List.copyOf(contenders);
        contenders.clear();
        boolean enough = all.size() <= permits - holders.size();
        if (enough) {
            holders.addAll(all);
        }
        return new Arbitration(all, enough);
    }

    /// Gives a permit back; without one, does nothing.
    ///
    /// @return the waiter who gets it, if anybody waits
    Optional<Served> release(PartitionId partition) {
        if (!holders.remove(partition) || waitingSince.isEmpty()) {
            return Optional.empty();
        }
        var next = waitingSince.pollFirstEntry();
        holders.add(next.getKey());
        return Optional.of(new Served(next.getKey(), next.getValue()));
    }

    /// Takes a waiter out of the line.
    ///
    /// @return whether it was waiting
    boolean giveUp(PartitionId partition) {
        return waitingSince.remove(partition) != null;
    }

    boolean isReserved(PartitionId partition) {
        return holders.contains(partition)
                || waitingSince.containsKey(partition)
                || contenders.contains(partition);
    }

    /// How many hold a permit.
    int holders() {
        return holders.size();
    }

    /// How many hold a permit or wait for one.
    int reservations() {
        return holders.size() + waitingSince.size() + contenders.size();
    }
}
