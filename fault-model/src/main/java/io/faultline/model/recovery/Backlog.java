package io.faultline.model.recovery;

import io.faultline.model.cluster.PartitionId;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// The recoveries that were put off until there is a quorum, those that were left to an operator
/// for want of one and may be put off as well, and whether nothing remains that could ever start
/// them.
final class Backlog {

    private final SequencedSet<PartitionId> putOff = new LinkedHashSet<>();
    private final SequencedSet<PartitionId> escalated = new LinkedHashSet<>();
    private boolean livelocked;

    /// A recovery is put off.
    void putOff(PartitionId partition) {
        putOff.add(partition);
    }

    /// A recovery is left to an operator, but will be put off once there is a quorum.
    void escalate(PartitionId partition) {
        escalated.add(partition);
    }

    /// An operator looks after a partition that was left to him.
    void deescalate(PartitionId partition) {
        escalated.remove(partition);
    }

    /// A partition need not be recovered any more.
    void forget(PartitionId partition) {
        putOff.remove(partition);
        escalated.remove(partition);
    }

    /// Those that were left to an operator, in the order in which they were; they are no longer.
    List<PartitionId> takeEscalated() {
        return takeAll(escalated);
    }

    /// Those that were put off, in the order in which they were; they are no longer.
    List<PartitionId> drain() {
        return takeAll(putOff);
    }

    private static List<PartitionId> takeAll(SequencedSet<PartitionId> partitions) {
        var all = List.copyOf(partitions);
        partitions.clear();
        return all;
    }

    /// Whether the recovery of a partition is put off.
    boolean contains(PartitionId partition) {
        return putOff.contains(partition);
    }

    /// How many recoveries are put off.
    int size() {
        return putOff.size();
    }

    /// To be asked at the end of every step: is this the first at which recoveries are put off that
    /// nothing could start any more? It ends when none is put off or there is a quorum.
    ///
    /// @param quorum whether there is one
    /// @param underWay whether some recovery is to come to an end, or to be tried again
    boolean becomesLivelock(boolean quorum, boolean underWay) {
        boolean wasLivelocked = livelocked;
        if (putOff.isEmpty() || quorum) {
            livelocked = false;
        } else if (!underWay) {
            livelocked = true;
        }
        return livelocked && !wasLivelocked;
    }
}
