package io.faultline.model.barrier;

import io.faultline.model.cluster.PartitionId;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// The rounds of a barrier, one after another: who is expected, who has arrived, and when a round
/// is over. Knows no clock; whoever calls it does.
///
/// A round opens with its first arrival, or before it. Whoever arrives a second time in one round
/// is early for the next one. Whoever is excluded may come but is not waited for; included again,
/// it is expected from the next round on. Whoever a round went on without has to come for that
/// round before it can come for a later one.
final class Rounds {

    private final int members;
    private final BitSet excluded = new BitSet();
    private final BitSet expected = new BitSet();
    private final BitSet arrived = new BitSet();
    private final BitSet early = new BitSet();
    private final int[] incarnations;
    private final int[] behind;

    private long round;
    private boolean open;
    private int awaited;
    private PartitionId last;

    Rounds(int members) {
        this.members = members;
        this.incarnations = new int[members];
        this.behind = new int[members];
        Arrays.fill(incarnations, 1);
    }

    /// Notes an arrival.
    ///
    /// @param incarnation an arrival with a newer one than before replaces the earlier arrival, and
    ///   begins with the round in which the others are
    /// @return whether it came for a round that went on without it, so that it need not wait
    boolean arrive(PartitionId partition, int incarnation) {
        int rank = partition.rank();
        boolean again = open && arrived.get(rank) && incarnations[rank] == incarnation;
        if (incarnations[rank] != incarnation) {
            behind[rank] = 0;
        }
        incarnations[rank] = incarnation;
        if (behind[rank] > 0) {
            behind[rank]--;
            return true;
        }
        if (!open || again) {
            early.set(rank);
        } else if (!arrived.get(rank)) {
            arrived.set(rank);
            last = partition;
            if (expected.get(rank)) {
                awaited--;
            }
        }
        return false;
    }

    /// Opens the next round if somebody is waiting for it.
    boolean openIfAwaited() {
        if (open || early.isEmpty()) {
            return false;
        }
        open();
        return true;
    }

    /// Opens the next round if anybody is expected, or has come without being expected.
    boolean openIfExpected() {
        if (open || early.isEmpty() && excluded.cardinality() == members) {
            return false;
        }
        open();
        return true;
    }

    private void open() {
        open = true;
        round++;
        expected.clear();
        expected.set(0, members);
        expected.andNot(excluded);
        arrived.clear();
        arrived.or(early);
        early.clear();
        if (!arrived.isEmpty()) {
            last = new PartitionId(arrived.length() - 1);
        }
        awaited = missing().size();
    }

    /// Whether the open round has everybody that it expects, and anybody at all.
    boolean isComplete() {
        return open && awaited == 0 && !arrived.isEmpty();
    }

    /// Ends the open round.
    void close() {
        open = false;
    }

    /// Ends the open round without those who are missing.
    void goOn() {
        missing().forEach(partition -> behind[partition.rank()]++);
        close();
    }

    void exclude(PartitionId partition) {
        int rank = partition.rank();
        excluded.set(rank);
        if (open && expected.get(rank) && !arrived.get(rank)) {
            awaited--;
        }
        expected.clear(rank);
    }

    void include(PartitionId partition) {
        int rank = partition.rank();
        if (excluded.get(rank)) {
            excluded.clear(rank);
            behind[rank] = 0;
        }
    }

    /// Forgets who has arrived, for this round and the next, and who is behind.
    void forget() {
        arrived.clear();
        early.clear();
        Arrays.fill(behind, 0);
    }

    boolean expects(PartitionId partition) {
        return expected.get(partition.rank());
    }

    /// Whether somebody was expected in this round or came without being expected.
    boolean concerns(PartitionId partition) {
        return expects(partition) || arrived.get(partition.rank());
    }

    long round() {
        return round;
    }

    int expectedCount() {
        return expected.cardinality();
    }

    /// Who arrived last in this round.
    PartitionId last() {
        return last;
    }

    /// Who was expected and has arrived, in order of rank.
    List<PartitionId> present() {
        return ranks(true);
    }

    /// Who was expected and has not arrived, in order of rank.
    List<PartitionId> missing() {
        return ranks(false);
    }

    private List<PartitionId> ranks(boolean present) {
        var found = new ArrayList<PartitionId>();
        for (int rank = expected.nextSetBit(0); rank >= 0; rank = expected.nextSetBit(rank + 1)) {
            if (arrived.get(rank) == present) {
                found.add(new PartitionId(rank));
            }
        }
        return found;
    }
}
