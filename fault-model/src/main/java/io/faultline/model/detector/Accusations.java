package io.faultline.model.detector;

import io.faultline.model.cluster.PartitionId;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What partitions say of those that they watch, and what follows from it. Knows no clock and no
/// network.
///
/// Only the newest word of a watcher on a partition counts, so each watcher counts once. A word
/// that is struck out counts no longer, and neither does whatever else the watcher said before it
/// was told to measure silence afresh: every strike is numbered, and a word carries the number of
/// the one that its sender knew of.
public final class Accusations {

    private final int needed;
    private final int[][] watchers;
    private final Finding[][] words;
    private final int[][] strikes;
    private final int[][] numbers;

    /// @param needed how many watchers have to accuse a partition for the accusation to stand
    /// @param watchers of each partition, in order of rank
    public Accusations(int needed, List<List<PartitionId>> watchers) {
        this.needed = needed;
        this.watchers =
                watchers.stream()
                        .map(all -> all.stream().mapToInt(PartitionId::rank).toArray())
                        .toArray(int[][]::new);
        this.words = new Finding[watchers.size()][];
        this.strikes = new int[watchers.size()][];
        this.numbers = new int[watchers.size()][];
        for (int rank = 0; rank < words.length; rank++) {
            int count = this.watchers[rank].length;
            words[rank] = new Finding[count];
            strikes[rank] = new int[count];
            numbers[rank] = new int[count];
            Arrays.fill(words[rank], Finding.ALIVE);
        }
    }

    /// The partitions that watch a partition.
    public List<PartitionId> watchersOf(PartitionId partition) {
        return Arrays.stream(watchers[partition.rank()]).mapToObj(PartitionId::new).toList();
    }

    /// A watcher says something of a partition.
    ///
    /// @param strike the number of the last strike that the watcher knew of
    /// @param number counts what the watcher has said, from 1
    /// @return what follows for the partition, if anything does
    public Optional<Finding> hear(
            PartitionId partition, PartitionId watcher, Finding finding, int strike, int number) {
        int rank = partition.rank();
        int at = place(partition, watcher);
        if (strike != strikes[rank][at] || number <= numbers[rank][at]) {
            return Optional.empty();
        }
        numbers[rank][at] = number;
        words[rank][at] = finding;
        return switch (finding) {
            case ALIVE -> stands(partition) ? Optional.empty() : Optional.of(Finding.ALIVE);
            case SUSPECT -> stands(partition) ? Optional.of(Finding.SUSPECT) : Optional.empty();
            case CONFIRM ->
                    isConfirmed(partition)
                            ? Optional.of(Finding.CONFIRM)
                            : stands(partition) ? Optional.of(Finding.SUSPECT) : Optional.empty();
        };
    }

    /// Strikes out what a watcher has said of a partition, and whatever it will say before it hears
    /// of that.
    ///
    /// @return whether the partition stood accused until now and does so no longer
    public boolean strike(PartitionId partition, PartitionId watcher) {
        boolean before = stands(partition);
        int at = place(partition, watcher);
        words[partition.rank()][at] = Finding.ALIVE;
        numbers[partition.rank()][at] = 0;
        strikes[partition.rank()][at]++;
        return before && !stands(partition);
    }

    /// The number of the last strike of what a watcher said of a partition; 0 if there was none.
    public int strikes(PartitionId partition, PartitionId watcher) {
        return strikes[partition.rank()][place(partition, watcher)];
    }

    /// Those whose newest word is against a partition.
    public List<PartitionId> accusersOf(PartitionId partition) {
        var accusers = new ArrayList<PartitionId>();
        for (int at = 0; at < watchers[partition.rank()].length; at++) {
            if (words[partition.rank()][at] != Finding.ALIVE) {
                accusers.add(new PartitionId(watchers[partition.rank()][at]));
            }
        }
        return accusers;
    }

    /// Whether so many accuse a partition as are needed.
    private boolean stands(PartitionId partition) {
        return count(partition, Finding.SUSPECT) + count(partition, Finding.CONFIRM) >= needed;
    }

    private boolean isConfirmed(PartitionId partition) {
        return count(partition, Finding.CONFIRM) >= needed;
    }

    private int count(PartitionId partition, Finding finding) {
        int count = 0;
        for (var word : words[partition.rank()]) {
            if (word == finding) {
                count++;
            }
        }
        return count;
    }

    private int place(PartitionId partition, PartitionId watcher) {
        var all = watchers[partition.rank()];
        for (int at = 0; at < all.length; at++) {
            if (all[at] == watcher.rank()) {
                return at;
            }
        }
        throw new IllegalArgumentException(watcher + " does not watch " + partition);
    }
}
