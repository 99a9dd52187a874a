package io.faultline.model.detector;

import io.faultline.kernel.entity.Entity;
import io.faultline.model.Actor;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;

/// An actor to which partitions send their heartbeats, as [io.faultline.model.network.Message]s.
///
/// One that is a [StatusListener] too is told what the handler believes for whom it listens.
@Entity
public abstract class Listener extends Actor {

    protected Listener(String name, Node host) {
        super(name, host);
    }

    /// Begins to listen.
    public abstract void start();

    /// How long ago, by the clock of this node, a partition was last heard from. What implements it
    /// is a [NonEvent][io.faultline.kernel.entity.NonEvent].
    public abstract long silenceOf(PartitionId partition);
}
