package io.faultline.model.network;

import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.random.RandomStream;

/// One direction between two nodes: how long messages take and how many are lost. It has random
/// streams of its own, so traffic elsewhere does not change what happens here.
final class Link {

    private final long key;
    private final Route route;
    private final RandomStream delays;
    private final RandomStream losses;

    Link(Host from, Host to, Route route) {
        this.key = Links.key(from, to);
        this.route = route;
        this.delays = Kronos.random("network.delay/" + from + "->" + to);
        this.losses = route.loss() > 0 ? Kronos.random("network.loss/" + from + "->" + to) : null;
    }

    /// What it is found by among [Links].
    long key() {
        return key;
    }

    long drawDelay() {
        return route.latency().sampleNanos(delays) + route.jitter().sampleNanos(delays);
    }

    boolean drawLoss() {
        return losses != null && losses.nextBoolean(route.loss());
    }
}
