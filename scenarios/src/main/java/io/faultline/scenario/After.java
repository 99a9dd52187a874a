package io.faultline.scenario;

import io.faultline.kernel.Trace;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.random.Distribution;
import io.faultline.model.Setting;
import io.faultline.model.fault.FaultPlan.Planned;
import io.faultline.model.observation.Observed;
import io.faultline.scenario.format.Inline;
import io.faultline.scenario.format.Pattern;

import java.time.Duration;
import java.util.Optional;

/// When something has been observed, in its window: at that instant, before whatever else happens
/// there, or some time later. Once, unless it is said how often.
public record After(
        @Inline("observation") Pattern<Observed> pattern,
        @Setting("who observed it; anybody if left out") Optional<String> by,
        @Setting(value = "how long after the observation it strikes", byDefault = "0ms")
                Distribution delay)
        implements Schedule {

    @Override
    public void plan(Planned fault, Timing timing) {
        var reaction =
                new Object() {
                    int left = timing.times().orElse(1);

                    void see(Trace.Entry entry) {
                        var now = timing.sinceChaos(entry.time());
                        if (left > 0 && timing.isOpen(now) && isIt(entry)) {
                            left--;
                            react(fault, timing, now);
                        }
                    }
                };
        Kronos.onObservation(reaction::see);
    }

    private void react(Planned fault, Timing timing, Duration now) {
        timing.strikeWithin(
                fault, now.plus(Timing.draw(delay, fault, "delay")), timing.length(fault));
    }

    private boolean isIt(Trace.Entry entry) {
        return pattern.matches(entry.what()) && by.map(entry.actor()::equals).orElse(true);
    }

    @Override
    public boolean saysWhenItEnds() {
        return false;
    }

    @Override
    public boolean repeats() {
        return true;
    }
}
