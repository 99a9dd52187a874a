package io.faultline.scenario;

import io.faultline.model.fault.FaultPlan.Planned;

/// When a fault strikes. A kind is a record, and its class name in kebab-case is the key that
/// stands beside the fault: `at: 5s`, `every: 3s`.
public sealed interface Schedule permits At, During, Every, After, Renewal {

    /// Has a fault strike at its times. Whatever chance there is in them comes from random streams
    /// of that fault alone.
    ///
    /// @param timing what else is said of its times
    void plan(Planned fault, Timing timing);

    /// Whether it says itself when the fault ends.
    boolean saysWhenItEnds();

    /// Whether the fault may strike more than once.
    boolean repeats();
}
