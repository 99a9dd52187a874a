package io.faultline.model.recovery;

import io.faultline.model.cluster.PartitionId;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Who is asked to stand in for a partition that failed.
final class Survivors {

    private final int partitions;
    private final Predicate<PartitionId> healthy;

    /// @param healthy whether a partition is believed to be healthy
    Survivors(int partitions, Predicate<PartitionId> healthy) {
        this.partitions = partitions;
        this.healthy = healthy;
    }

    boolean isHealthy(PartitionId partition) {
        return healthy.test(partition);
    }

    /// All who are healthy but one, in order of rank; or only so many, from the next rank on and
    /// round the ring. The latter looks at few more partitions than it finds.
    List<PartitionId> without(PartitionId failed, OptionalInt atMost) {
        if (atMost.isEmpty()) {
            return IntStream.range(0, partitions)
                    .mapToObj(PartitionId::new)
                    .filter(healthy)
                    .filter(id -> !id.equals(failed))
                    .toList();
        }
        var found = new ArrayList<PartitionId>();
        for (int step = 1; step < partitions && found.size() < atMost.getAsInt(); step++) {
            var next = new PartitionId((failed.rank() + step) % partitions);
            if (healthy.test(next)) {
                found.add(next);
            }
        }
        return found;
    }

    /// The next healthy one by rank, round the ring, but a certain other.
    Optional<PartitionId> next(PartitionId after, PartitionId except) {
        for (int step = 1; step < partitions; step++) {
            var next = new PartitionId((after.rank() + step) % partitions);
            if (!next.equals(except) && healthy.test(next)) {
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }
}
