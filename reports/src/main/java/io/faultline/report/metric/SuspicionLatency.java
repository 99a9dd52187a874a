package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.report.Truth;

import java.util.List;

/// From the true beginning of a fault to the moment at which a coordinator suspects the partition.
///
/// A partition that is down counts from when it went down, or from when it was last restored. One
/// that is up counts from the first report of the streak if the script of the scenario plays the
/// fault; else the suspicion is mistaken, which [FalseSuspicions] counts and no latency describes.
public record SuspicionLatency() implements Latency {

    @Override
    public String description() {
        return "from the true fault to SUSPECTED";
    }

    @Override
    public List<Tag> tags() {
        return Tag.OF_FAULT;
    }

    @Override
    public Samples of(Trace trace, Sieve sieve) {
        var samples = new Samples();
        var truth = new Truth();
        for (var entry : trace) {
            truth.see(entry);
            if (entry.what() instanceof StatusChanged change
                    && change.to() == PartitionStatus.SUSPECTED
                    && sieve.takes(entry, change.partition())) {
                truth.onset(change).ifPresent(onset -> samples.add(entry.time().nanos() - onset));
            }
        }
        return samples;
    }
}
