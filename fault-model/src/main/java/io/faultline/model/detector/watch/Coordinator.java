package io.faultline.model.detector.watch;

import io.faultline.model.cluster.PartitionId;

import java.util.List;

/// The coordinator's node listens to everybody.
public record Coordinator() implements Watch {

    @Override
    public List<PartitionId> watchersOf(PartitionId partition, int total) {
        return List.of();
    }

    @Override
    public int accusers() {
        return 1;
    }

    @Override
    public int waves(int atOnce) {
        return 1;
    }
}
