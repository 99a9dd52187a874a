package io.faultline.report.metric;

import io.faultline.model.recovery.RecoveryPhase;

import java.util.List;

/// How long attempts took in the phase that moves its entities to the survivors.
public record PhaseRedistributing() implements Latency {

    @Override
    public String description() {
        return "what an attempt takes in REDISTRIBUTING";
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
        return Samples.ofPhase(RecoveryPhase.REDISTRIBUTING, sieve);
    }
}
