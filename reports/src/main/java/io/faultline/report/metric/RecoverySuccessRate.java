package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.AttemptFinished;

import java.util.List;

/// Which share of the finished attempts to recover a partition succeeded.
public record RecoverySuccessRate() implements Share {

    @Override
    public String description() {
        return "succeeded attempts of finished ones";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_PARTITION;
    }

    @Override
    public Ratio of(Trace trace, Sieve sieve) {
        long finished = 0;
        long succeeded = 0;
        for (var entry : trace) {
            if (entry.what() instanceof AttemptFinished attempt
                    && sieve.takes(entry, attempt.partition())) {
                finished++;
                succeeded += attempt.succeeded() ? 1 : 0;
            }
        }
        return new Ratio(succeeded, finished);
    }
}
