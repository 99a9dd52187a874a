package io.faultline.model.detector.watch;

import io.faultline.model.cluster.PartitionId;

import java.util.List;

/// Who listens to whose heartbeats.
///
/// Partitions that no partition watches are watched by the coordinator itself.
public sealed interface Watch permits Coordinator, Ring, FullMesh, Tree {

    /// The partitions that watch a partition, each of them once and never the partition itself.
    ///
    /// @param total how many partitions there are
    List<PartitionId> watchersOf(PartitionId partition, int total);

    /// How many of them have to accuse a partition before the coordinator follows.
    int accusers();

    /// In how many rounds failures are found at worst: where watchers fail together with those that
    /// they watch, those found first have to recover before the next are found.
    ///
    /// @param atOnce how many partitions fail at once
    int waves(int atOnce);
}
