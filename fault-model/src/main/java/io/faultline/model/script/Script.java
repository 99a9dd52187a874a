package io.faultline.model.script;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.Kind;
import io.faultline.model.Turn;
import io.faultline.model.World;
import io.faultline.model.observation.Observed.ActionTaken;

import java.time.Duration;

/// Does what the script of a run says, at the times that it names.
@Entity
public class Script {

    private final World world;
    private int planned;

    public Script(World world) {
        this.world = world;
    }

    /// Plans one more action. Actions are numbered from 0 in the order in which they are planned.
    ///
    /// @param at how long after now it takes place
    @NonEvent
    public void plan(Action action, Duration at) {
        int number = planned++;
        Kronos.after(at.toNanos(), Turn.FAULT.ofNobody(), () -> this.perform(number, action));
    }

    /// Leaves out the action whose turn it is to be planned; those after it keep their numbers.
    @NonEvent
    public void skip() {
        planned++;
    }

    /// An action takes place.
    public void perform(int number, Action action) {
        Kronos.observe(new ActionTaken(number, Kind.name(action), action.toString()));
        action.perform(world);
    }

    @Override
    public String toString() {
        return "script";
    }
}
