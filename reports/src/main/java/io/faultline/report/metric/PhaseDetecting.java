package io.faultline.report.metric;

import io.faultline.model.recovery.RecoveryPhase;

import java.util.List;

/// How long attempts took in the phase that makes sure that the partition is gone.
public record PhaseDetecting() implements Latency {

    @Override
    public String description() {
        return "what an attempt takes in DETECTING";
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
        return Samples.ofPhase(RecoveryPhase.DETECTING, sieve);
    }
}
