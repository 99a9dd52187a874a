package io.faultline.model.fault;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// Nodes stop at once, losing what they were doing, and start again from scratch when a restart
/// takes as long; all at once, or one after the other, as in a deployment that does not wait for
/// anybody's health. At the end of the fault, if it has one, those that are down start and no other
/// is stopped.
public record Restart(
        @Setting("the nodes that restart") Selector nodes,
        @Setting("how long a node is down; each draws its own") Distribution takes,
        @Setting(
                        value = "whether each one stops when the one before is up again",
                        byDefault = "false")
                boolean rolling)
        implements Fault {

    public Restart {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("restart needs nodes");
        }
    }

    @Override
    public Runnable inject(World world, Effect effect) {
        var sequel = new Sequel();
        Runnable takesEffect = effect::take;
        var chosen = effect.choose("nodes", nodes, world);
        if (rolling) {
            restartNext(new ArrayDeque<>(chosen), sequel, takesEffect, effect);
        } else {
            chosen.forEach(node -> restart(node, sequel, takesEffect, effect, () -> {}));
        }
        return () -> {
            sequel.end();
            chosen.forEach(node -> node.crashOver(takesEffect));
        };
    }

    private void restartNext(Queue<Node> left, Sequel sequel, Runnable takesEffect, Effect effect) {
        while (!left.isEmpty()) {
            var node = left.remove();
            if (effect.mayTakeOut(node.partitions())) {
                restart(
                        node,
                        sequel,
                        takesEffect,
                        effect,
                        () ->
                                sequel.after(
                                        0, () -> restartNext(left, sequel, takesEffect, effect)));
                return;
            }
        }
    }

    private void restart(
            Node node, Sequel sequel, Runnable takesEffect, Effect effect, Runnable next) {
        node.crash(takesEffect);
        sequel.undoAfter(
                takes.sampleNanos(effect.random("takes/" + node)),
                () -> {
                    node.crashOver(takesEffect);
                    next.run();
                });
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return effect.partitions("nodes", nodes, world);
    }

    /// In a rolling restart nobody, since each is asked for when its turn comes, which is when the
    /// one before is up again and counts no longer: one that may not be taken out is left as it is.
    @Override
    public List<PartitionId> takesOut(World world, Effect effect) {
        return rolling ? List.of() : targets(world, effect);
    }
}
