package io.faultline.model.fault;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.Kind;
import io.faultline.model.Turn;
import io.faultline.model.World;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;

import java.time.Duration;
import java.util.Optional;

/// Makes the planned faults of a run begin and end at their times.
@Entity
public class FaultPlan {

    private final World world;
    private int planned;

    public FaultPlan(World world) {
        this.world = world;
    }

    /// Plans one more fault. Faults are numbered from 0 in the order in which they are planned.
    ///
    /// @param begin how long after now it begins
    /// @param end how long after now it ends, if it does
    @NonEvent
    public void plan(Fault fault, Duration begin, Optional<Duration> end) {
        int number = planned++;
        var length = end.map(e -> e.minus(begin));
        Kronos.after(
                begin.toNanos(), Turn.FAULT.ofNobody(), () -> this.inject(number, fault, length));
    }

    /// Leaves out the fault whose turn it is to be planned. Those after it keep their numbers, and
    /// so the random streams that are called after these.
    @NonEvent
    public void skip() {
        planned++;
    }

    /// A fault begins.
    public void inject(int number, Fault fault, Optional<Duration> length) {
        Kronos.observe(
                new FaultInjected(
                        number, Kind.name(fault), fault.toString(), fault.targets(world)));
        var undo = fault.inject(world, new Effect(number));
        length.ifPresent(l ->
                Kronos.after(
                        l.toNanos(), Turn.FAULT.ofNobody(), () -> this.heal(number, fault, undo)));
    }

    /// A fault ends.
    public void heal(int number, Fault fault, Runnable undo) {
        Kronos.observe(new FaultHealed(number, Kind.name(fault)));
        undo.run();
    }

    @Override
    public String toString() {
        return "faults";
    }
}
