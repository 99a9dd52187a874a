package io.faultline.report.metric;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.report.Handlers;

import java.util.function.BiConsumer;

/// Follows handlers from instant to instant: what they believe in between, before all that happens
/// at an instant has happened, is not looked at.
final class SettledHandlers {

    private final Handlers handlers = new Handlers();
    private final BiConsumer<Handlers, SimTime> settled;
    private SimTime now = SimTime.ZERO;

    /// @param settled told of every instant at which something about handlers was observed, when it
    ///   is over; may be told twice
    SettledHandlers(BiConsumer<Handlers, SimTime> settled) {
        this.settled = settled;
    }

    void see(Trace.Entry entry) {
        if (entry.time().isAfter(now)) {
            settle();
            now = entry.time();
        }
        handlers.see(entry);
    }

    /// The last instant is over.
    void settle() {
        settled.accept(handlers, now);
    }
}
