package io.faultline.model.detector.watch;

import io.faultline.model.Setting;
import io.faultline.model.cluster.PartitionId;

import java.util.List;

/// The first partition of each block of ranks watches the others of its block, and the coordinator
/// watches those first ones.
public record Tree(
        @Setting(
                        value = "how many partitions form a block, the one that watches included",
                        byDefault = "100")
                int fanOut)
        implements Watch {

    public Tree {
        if (fanOut < 2) {
            throw new IllegalArgumentException("fanOut must be at least 2, but was " + fanOut);
        }
    }

    @Override
    public List<PartitionId> watchersOf(PartitionId partition, int total) {
        int place = partition.rank() % fanOut;
        return place == 0 ? List.of() : List.of(new PartitionId(partition.rank() - place));
    }

    @Override
    public int accusers() {
        return 1;
    }

    /// The head of a block may have failed with others of it.
    @Override
    public int waves(int atOnce) {
        return Math.min(2, Math.max(1, atOnce));
    }
}
