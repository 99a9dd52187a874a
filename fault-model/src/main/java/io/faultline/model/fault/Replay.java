package io.faultline.model.fault;

import io.faultline.kernel.entity.Entity;
import io.faultline.model.cluster.Node;

import java.util.ArrayList;
import java.util.List;

/// Has the outages of a failure trace happen.
@Entity
class Replay {

    private final Effect effect;
    private final Runnable takesEffect;
    private final List<Down> down = new ArrayList<>();

    private record Down(Outage outage, Node node) {}

    Replay(Effect effect) {
        this.effect = effect;
        this.takesEffect = effect::take;
    }

    /// A node goes down, if the budget allows it.
    public void fail(Outage outage, Node node) {
        if (effect.mayTakeOut(node.partitions())) {
            down.add(new Down(outage, node));
            node.crash(takesEffect);
        }
    }

    /// A node comes up, if it was this outage that had it go down.
    public void repair(Outage outage, Node node) {
        if (down.remove(new Down(outage, node))) {
            node.crashOver(takesEffect);
        }
    }

    /// Whoever is down comes up.
    public void end() {
        down.forEach(those -> those.node().crashOver(takesEffect));
        down.clear();
    }

    @Override
    public String toString() {
        return "failure-trace";
    }
}
