package io.faultline.report.metric;

import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.recovery.RecoveryPhase;

import java.util.HashSet;
import java.util.List;

/// How many attempts to recover a partition were begun. An attempt begins with its first phase; one
/// that fails before that, because operations would not come to rest, counts when it is over.
public record Attempts() implements Count {

    @Override
    public String description() {
        return "recovery attempts that were begun";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_FAULT;
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        var count = new long[1];
        var open = new HashSet<PartitionId>();
        return Fold.of(
                () -> new Tally(count[0]),
                entry -> {
                    switch (entry.what()) {
                        case PhaseEntered(var partition, var phase, _)
                                when phase == RecoveryPhase.DETECTING -> {
                            count[0] += sieve.takes(entry, partition) ? 1 : 0;
                            open.add(partition);
                        }
                        case AttemptFinished finished -> {
                            boolean begun = open.remove(finished.partition());
                            count[0] += begun || !sieve.takes(entry, finished.partition()) ? 0 : 1;
                        }
                        default -> {}
                    }
                },
                PhaseEntered.class,
                AttemptFinished.class);
    }
}
