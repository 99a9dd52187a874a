package io.faultline.model.fault;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.kernel.random.RandomStream;
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
    private final Allowance allowance;
    private int planned;

    public FaultPlan(World world) {
        this(world, Optional.empty());
    }

    /// @param budget how much faults may take out at once
    public FaultPlan(World world, Optional<Budget> budget) {
        this.world = world;
        this.allowance = new Allowance(world, budget);
    }

    /// A fault of the plan, which may strike any number of times.
    public final class Planned {
        private final int number;
        private final Fault fault;
        private int occurrences;

        private Planned(int number, Fault fault) {
            this.number = number;
            this.fault = fault;
        }

        /// Has it strike once more.
        ///
        /// @param begin how long after now it begins
        /// @param length how long it lasts, if it ever ends
        public void strike(Duration begin, Optional<Duration> length) {
            Kronos.after(
                    begin.toNanos(),
                    Turn.FAULT.ofNobody(),
                    () -> FaultPlan.this.inject(this, length));
        }

        /// A random stream of this fault alone, for its times.
        public RandomStream random(String purpose) {
            return Kronos.random("fault/" + number + "/schedule/" + purpose);
        }

        @Override
        public String toString() {
            return "fault " + number;
        }
    }

    /// Takes up the next fault. Faults are numbered from 0 in the order in which they are taken up,
    /// whether or not they ever strike; all chance of a fault hangs on its number, so one can be
    /// left out and the others remain as they are.
    @NonEvent
    public Planned next(Fault fault) {
        return new Planned(planned++, fault);
    }

    /// Takes up the next fault and has it strike once.
    ///
    /// @param begin how long after now it begins
    /// @param end how long after now it ends, if it does
    @NonEvent
    public void plan(Fault fault, Duration begin, Optional<Duration> end) {
        next(fault).strike(begin, end.map(e -> e.minus(begin)));
    }

    /// A fault begins, if the budget allows it.
    public void inject(Planned planned, Optional<Duration> length) {
        var fault = planned.fault;
        int occurrence = ++planned.occurrences;
        var effect = new Effect(planned.number, Kind.name(fault), occurrence, allowance);
        if (!effect.mayTakeOut(fault.takesOut(world, effect))) {
            return;
        }
        Kronos.observe(
                new FaultInjected(
                        planned.number,
                        Kind.name(fault),
                        fault.toString(),
                        fault.targets(world, effect),
                        occurrence));
        var undo = fault.inject(world, effect);
        length.ifPresent(l ->
                Kronos.after(
                        l.toNanos(),
                        Turn.HEAL.ofNobody(),
                        () -> this.heal(planned, occurrence, undo)));
    }

    /// A fault ends.
    public void heal(Planned planned, int occurrence, Runnable undo) {
        Kronos.observe(new FaultHealed(planned.number, Kind.name(planned.fault), occurrence));
        undo.run();
    }

    @Override
    public String toString() {
        return "faults";
    }
}
