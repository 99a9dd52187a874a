package io.faultline.report.metric;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.report.Truth;

import java.util.List;

/// From the true beginning of a fault to the moment at which a coordinator declares the partition
/// failed. The beginning is defined as for [SuspicionLatency].
public record DetectionLatency() implements Latency {

    @Override
    public String description() {
        return "from the true fault to FAILED";
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
                    && change.to() == PartitionStatus.FAILED
                    && sieve.takes(entry, change.partition())) {
                truth.onset(change).ifPresent(onset -> samples.add(entry.time().nanos() - onset));
            }
        }
        return samples;
    }
}
