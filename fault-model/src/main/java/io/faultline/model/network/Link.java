package io.faultline.model.network;

import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.random.Distribution;
import io.faultline.kernel.random.RandomStream;

/// One direction between two nodes: how long messages take and how many are lost. It has random
/// streams of its own, so traffic elsewhere does not change what happens here.
final class Link {

    private final Distribution latency;
    private final Distribution jitter;
    private final double loss;
    private final RandomStream delays;
    private final RandomStream losses;

    Link(Host from, Host to, Distribution latency, Distribution jitter, double loss) {
        this.latency = latency;
        this.jitter = jitter;
        this.loss = loss;
        this.delays = Kronos.random("network.delay/" + from + "->" + to);
        this.losses = Kronos.random("network.loss/" + from + "->" + to);
    }

    long drawDelay() {
        return latency.sampleNanos(delays) + jitter.sampleNanos(delays);
    }

    boolean drawLoss() {
        return loss > 0 && losses.nextBoolean(loss);
    }
}
