package io.faultline.report.metric;

import io.faultline.model.observation.Observed.Quiesced;

import java.util.List;

/// From the beginning of a pause to the moment at which no operation is in flight any more. A pause
/// whose time runs out has none.
public record DrainTime() implements Latency {

    @Override
    public String description() {
        return "from a pause to the last operation in flight";
    }

    @Override
    public boolean isDrawn() {
        return false;
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_RUN;
    }

    @Override
    public Fold<Samples> begin(Sieve sieve) {
        return Samples.collecting(
                Quiesced.class, (entry, seen) -> sieve.takes(entry), Quiesced::waited);
    }
}
