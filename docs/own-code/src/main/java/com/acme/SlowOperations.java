package com.acme;

import io.faultline.kernel.Trace;
import io.faultline.model.Setting;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.report.metric.OwnCount;
import io.faultline.report.metric.Tally;

import java.time.Duration;

/// How many operations took longer than clients like.
public record SlowOperations(
        @Setting(value = "what takes longer than this is slow", byDefault = "10ms") Duration than)
        implements OwnCount {

    @Override
    public String description() {
        return "operations that took longer than " + than;
    }

    @Override
    public Tally of(Trace trace) {
        return new Tally(
                trace.stream()
                        .filter(entry ->
                                entry.what() instanceof OperationCompleted operation
                                        && operation.latency().compareTo(than) > 0)
                        .count());
    }
}
