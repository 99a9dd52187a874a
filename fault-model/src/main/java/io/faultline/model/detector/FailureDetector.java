package io.faultline.model.detector;

import io.faultline.model.cluster.Node;
import io.faultline.model.handler.Handler;
import io.faultline.model.recovery.Coordinator;

import java.time.Duration;
import java.util.List;

/// How silence is turned into suspicion.
public sealed interface FailureDetector permits HeartbeatTimeout, OwnDetector {

    /// The period at which every partition sends heartbeats.
    Duration heartbeat();

    /// How long it takes at most until a partition that is silent for good is taken to be failed,
    /// if the network does not delay anything.
    Duration detection();

    /// How often, at worst, failures are found only after recoveries that were due to others.
    ///
    /// @param failures how many partitions are down at once
    default int waves(int failures) {
        return 1;
    }

    /// Sends out who listens on behalf of the coordinator.
    ///
    /// @param hosts of the partitions, in order of rank
    Lookout listenFor(Coordinator coordinator, Healing healing, List<Node> hosts);

    /// Sends out who listens on behalf of another handler, on his node.
    Lookout listenFor(Handler handler, Healing healing, int partitions);
}
