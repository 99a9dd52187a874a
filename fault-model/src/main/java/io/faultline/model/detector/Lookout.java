package io.faultline.model.detector;

import io.faultline.model.cluster.PartitionId;

import java.util.List;
import java.util.Optional;

/// Everybody who listens to heartbeats on behalf of the coordinator, or of another handler. Each of
/// them is in the house of its node.
public interface Lookout {

    /// Who listens to the heartbeats of a partition.
    List<? extends Listener> listenersTo(PartitionId partition);

    /// How long a partition has been silent, if that is known on the node of whom they listen for.
    Optional<Long> silenceOf(PartitionId partition);

    /// Who has to be told what the handler believes.
    List<StatusListener> statusListeners();

    /// Has everybody begin to listen.
    void start();
}
