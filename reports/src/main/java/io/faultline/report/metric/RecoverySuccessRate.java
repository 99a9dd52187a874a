package io.faultline.report.metric;

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
        return Tag.OF_FAULT;
    }

    @Override
    public Fold<Ratio> begin(Sieve sieve) {
        var finished = new long[1];
        var succeeded = new long[1];
        return Fold.of(
                () -> new Ratio(succeeded[0], finished[0]),
                entry -> {
                    if (entry.what() instanceof AttemptFinished attempt
                            && sieve.takes(entry, attempt.partition())) {
                        finished[0]++;
                        succeeded[0] += attempt.succeeded() ? 1 : 0;
                    }
                },
                AttemptFinished.class);
    }
}
