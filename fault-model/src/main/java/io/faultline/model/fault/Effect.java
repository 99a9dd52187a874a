package io.faultline.model.fault;

import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.random.RandomStream;
import io.faultline.model.observation.Observed.FaultTookEffect;

/// What one planned fault of a run is known by: its number, its random streams, and whether it has
/// changed anything yet.
public final class Effect {

    private final int fault;
    private boolean taken;

    Effect(int fault) {
        this.fault = fault;
    }

    /// The fault has changed something; observed once.
    public void take() {
        if (!taken) {
            taken = true;
            Kronos.observe(new FaultTookEffect(fault));
        }
    }

    public boolean isTaken() {
        return taken;
    }

    /// A random stream of this fault alone.
    public RandomStream random(String purpose) {
        return Kronos.random("fault/" + fault + "/" + purpose);
    }
}
