package io.faultline.kernel.entity;

import io.faultline.kernel.BlockingEvent;
import io.faultline.kernel.PostedEvent;
import io.faultline.kernel.Simulation;

/// What woven code calls; not for use by hand.
public final class EntityRuntime {

    private EntityRuntime() {}

    /// Posts the event of a call of an event method.
    public static void post(PostedEvent event) {
        Simulation.current(event).post(event);
    }

    /// Posts the event of a call of a blocking event method and waits for its result.
    public static Object call(BlockingEvent event) {
        return Simulation.current(event).call(event);
    }
}
