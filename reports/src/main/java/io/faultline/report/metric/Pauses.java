package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed;

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
    public Tally of(Trace trace, Sieve sieve) {
        long count = 0;
        for (var entry : trace) {
            if (entry.what() instanceof Observed.Paused && sieve.takes(entry)) {
                count++;
            }
        }
        return new Tally(count);
    }
}
