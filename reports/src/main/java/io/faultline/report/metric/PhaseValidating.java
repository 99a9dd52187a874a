package io.faultline.report.metric;

import io.faultline.model.recovery.RecoveryPhase;

import java.util.List;

/// How long attempts took in the phase that checks that nothing was lost or doubled.
public record PhaseValidating() implements Latency {

    @Override
    public String description() {
        return "what an attempt takes in VALIDATING";
    }

    @Override
    public boolean isDrawn() {
        return false;
    }

    @Override
    public List<Tag> tags() {
        return Tag.and(Tag.OF_FAULT, Tag.OUTCOME);
    }

    @Override
    public Fold<Samples> begin(Sieve sieve) {
        return Samples.ofPhase(RecoveryPhase.VALIDATING, sieve);
    }
}
