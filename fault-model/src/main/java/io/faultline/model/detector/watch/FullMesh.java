package io.faultline.model.detector.watch;

import io.faultline.model.Setting;
import io.faultline.model.cluster.PartitionId;

import java.util.List;
import java.util.stream.IntStream;

/// Everybody is watched by everybody else.
public record FullMesh(
        @Setting(
                        value =
                                "how many partitions must accuse another before the coordinator"
                                        + " follows",
                        byDefault = "1")
                int accusers)
        implements Watch {

    public FullMesh {
        if (accusers < 1) {
            throw new IllegalArgumentException("accusers must be at least 1, but was " + accusers);
        }
    }

    @Override
    public List<PartitionId> watchersOf(PartitionId partition, int total) {
        return IntStream.range(0, total)
                .filter(rank -> rank != partition.rank())
                .mapToObj(PartitionId::new)
                .toList();
    }

    @Override
    public int waves(int atOnce) {
        return 1;
    }
}
