package io.faultline.report.metric;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.monitor.HealthLevel;
import io.faultline.model.observation.Observed.HealthSampled;

import java.util.List;
import java.util.Optional;

/// How long a monitor found the system in another state than healthy, from poll to poll.
public record UnhealthyDuration() implements Latency {

    @Override
    public String description() {
        return "from a poll that found something wrong to one that found all well";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_RUN;
    }

    @Override
    public Samples of(Trace trace, Sieve sieve) {
        var samples = new Samples();
        var since = Optional.<SimTime>empty();
        for (var entry : trace) {
            if (entry.what() instanceof HealthSampled sample) {
                if (sample.level() != HealthLevel.HEALTHY) {
                    since = since.or(() -> Optional.of(entry.time()));
                } else {
                    since.filter(_ -> sieve.takes(entry))
                            .ifPresent(from -> samples.add(entry.time().since(from).toNanos()));
                    since = Optional.empty();
                }
            }
        }
        return samples;
    }
}
