package io.faultline.model.detector.watch;

import io.faultline.model.Setting;
import io.faultline.model.cluster.PartitionId;

import java.util.List;
import java.util.stream.IntStream;

/// Each partition is watched by those that follow it by rank, the first ones following the last.
public record Ring(
        @Setting(value = "how many successors watch a partition", byDefault = "3") int neighbours,
        @Setting(
                        value = "how many of them must accuse it before the coordinator follows",
                        byDefault = "1")
                int accusers)
        implements Watch {

    public Ring {
        if (neighbours < 1) {
            throw new IllegalArgumentException(
                    "neighbours must be at least 1, but was " + neighbours);
        }
        if (accusers < 1 || accusers > neighbours) {
            throw new IllegalArgumentException(
                    "accusers lies in [1, " + neighbours + "], but was " + accusers);
        }
    }

    @Override
    public List<PartitionId> watchersOf(PartitionId partition, int total) {
        return IntStream.rangeClosed(1, Math.min(neighbours, total - 1))
                .mapToObj(i -> new PartitionId((partition.rank() + i) % total))
                .toList();
    }

    /// Of a row of partitions that fail together, the last few are found by those behind it, and
    /// when they have recovered they find the ones before.
    @Override
    public int waves(int atOnce) {
        return Math.max(1, Math.ceilDiv(atOnce, neighbours - accusers + 1));
    }
}
