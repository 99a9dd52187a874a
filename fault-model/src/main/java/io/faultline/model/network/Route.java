package io.faultline.model.network;

import io.faultline.kernel.random.Constant;
import io.faultline.kernel.random.Distribution;

/// What the links between two regions have in common.
///
/// @param loss the share of messages that are lost
record Route(Distribution latency, Distribution jitter, double loss) {

    /// Whether chance has no part in what happens on its links, so that they need no streams.
    boolean isCertain() {
        return latency instanceof Constant && jitter instanceof Constant && loss == 0;
    }

    /// The delay of every message, if that is certain.
    long certainDelay() {
        return nanos(latency) + nanos(jitter);
    }

    /// As [Distribution#sampleNanos] would have it.
    private static long nanos(Distribution constant) {
        return Distribution.spanOf(constant.mean());
    }
}
