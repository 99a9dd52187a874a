package io.faultline.report.metric;

import io.faultline.kernel.SimTime;
import io.faultline.model.monitor.HealthLevel;
import io.faultline.model.observation.Observed.HealthSampled;

import java.util.List;

/// How long a monitor found the system in another state than healthy, from poll to poll.
public record UnhealthyDuration() implements Latency {

    @Override
    public String description() {
        return "from a poll that found something wrong to one that found all well";
    }

    @Override
    public List<Tag> tags() {
        return Tag.and(Tag.OF_RUN, Tag.LEVEL);
    }

    @Override
    public Fold<Samples> begin(Sieve sieve) {
        var samples = new Samples();
        var spell = new Spell();
        return Fold.of(
                () -> samples,
                entry -> {
                    if (!(entry.what() instanceof HealthSampled sample)) {
                        return;
                    }
                    if (sample.level() != HealthLevel.HEALTHY) {
                        spell.begin(entry.time(), sample.level());
                    } else if (spell.since != null) {
                        if (sieve.takes(entry) && sieve.is(Tag.LEVEL, spell.worst)) {
                            samples.add(entry.time().since(spell.since).toNanos());
                        }
                        spell.since = null;
                    }
                },
                HealthSampled.class);
    }

    /// A time in which something is wrong; none as long as it has no beginning.
    private static final class Spell {
        SimTime since;
        HealthLevel worst;

        void begin(SimTime now, HealthLevel level) {
            boolean isNew = since == null;
            since = isNew ? now : since;
            worst = isNew || level.compareTo(worst) > 0 ? level : worst;
        }
    }
}
