package io.faultline.report.metric;

import io.faultline.model.observation.Observed.Paused;

import java.util.List;

/// How often the system began to refuse new operations; one that begins when the last has just
/// ended counts as another.
public record Pauses() implements Count {

    @Override
    public String description() {
        return "times new operations began to be refused";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_RUN;
    }

    @Override
    public Fold<Tally> begin(Sieve sieve) {
        return Tally.counting(Paused.class, (entry, seen) -> sieve.takes(entry));
    }
}
