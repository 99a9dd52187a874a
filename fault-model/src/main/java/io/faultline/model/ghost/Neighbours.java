package io.faultline.model.ghost;

import io.faultline.model.cluster.PartitionId;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// How the synchronisation of one partition with its neighbours stands. Knows no clock.
final class Neighbours {

    private final List<PartitionId> neighbours;
    private final Set<PartitionId> awaited = new TreeSet<>();
    private final Set<PartitionId> failing = new TreeSet<>();
    private boolean isPaused;
    private long round;

    /// @param count how many of the next partitions by rank are neighbours
    Neighbours(PartitionId partition, int partitions, int count) {
        this.neighbours =
                IntStream.rangeClosed(1, Math.min(count, partitions - 1))
                        .mapToObj(step -> new PartitionId((partition.rank() + step) % partitions))
                        .toList();
    }

    /// A round begins, unless there is a pause.
    ///
    /// @return with whom to synchronise
    List<PartitionId> begin() {
        if (isPaused) {
            return List.of();
        }
        round++;
        awaited.clear();
        awaited.addAll(neighbours);
        return neighbours;
    }

    /// The number of the newest round, from 1.
    long round() {
        return round;
    }

    /// A neighbour has answered.
    ///
    /// @return whether that is news, because the last thing heard of it was a failure
    boolean answered(PartitionId neighbour, long of) {
        return of == round && awaited.remove(neighbour) && failing.remove(neighbour);
    }

    /// The time for the answers of a round is over.
    ///
    /// @return who has not answered, by nearness
    List<PartitionId> timedOut(long of) {
        if (of != round) {
            return List.of();
        }
        var silent = neighbours.stream().filter(awaited::contains).toList();
        awaited.clear();
        failing.addAll(silent);
        return silent;
    }

    /// No rounds begin, and nobody is waited for.
    void pause() {
        isPaused = true;
        awaited.clear();
    }

    void resume() {
        isPaused = false;
    }

    /// The partition starts from scratch, and does not know whether there is a pause.
    void forget() {
        pause();
        failing.clear();
    }
}
