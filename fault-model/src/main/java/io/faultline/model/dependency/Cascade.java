package io.faultline.model.dependency;

import io.faultline.model.cluster.PartitionId;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// Walks from a partition to all that depend on it, directly or not: breadth first and in order of
/// rank, no deeper than allowed, to nobody twice, and past nobody who was visited a short while
/// ago.
final class Cascade {

    private static final long NEVER = -1;

    private final DependencySettings settings;
    private final List<List<PartitionId>> dependents = new ArrayList<>();
    private final long[] lastVisits;

    /// A partition that a walk comes to.
    ///
    /// @param level that of the partition from which the walk begins is 0
    /// @param lastVisit how long ago it was visited last, if that is too short a while for it to be
    ///   visited again; else negative
    record Step(PartitionId partition, int level, long lastVisit) {

        boolean isTooSoon() {
            return lastVisit >= 0;
        }
    }

    Cascade(DependencySettings settings, int partitions) {
        this.settings = settings;
        this.lastVisits = new long[partitions];
        Arrays.fill(lastVisits, NEVER);
        for (int rank = 0; rank < partitions; rank++) {
            dependents.add(new ArrayList<>());
        }
        new TreeMap<>(settings.of())
                .forEach((dependent, others) ->
                        others.forEach(other -> dependents.get(other.rank()).add(dependent)));
    }

    /// Begins a walk at a partition.
    ///
    /// @param now nanoseconds of virtual time
    /// @return whom it comes to, in order
    List<Step> from(PartitionId root, long now) {
        var steps = new ArrayList<Step>();
        var seen = new TreeSet<PartitionId>(List.of(root));
        var next = new ArrayDeque<>(List.of(visit(root, 0, now)));
        while (!next.isEmpty()) {
            var step = next.removeFirst();
            steps.add(step);
            if (step.isTooSoon() || step.level() + 1 == settings.depth()) {
                continue;
            }
            for (var dependent : dependents.get(step.partition().rank())) {
                if (seen.add(dependent)) {
                    next.add(visit(dependent, step.level() + 1, now));
                }
            }
        }
        return steps;
    }

    private Step visit(PartitionId partition, int level, long now) {
        long last = lastVisits[partition.rank()];
        if (last != NEVER && now - last < settings.cooldown().toNanos()) {
            return new Step(partition, level, now - last);
        }
        lastVisits[partition.rank()] = now;
        return new Step(partition, level, NEVER);
    }
}
