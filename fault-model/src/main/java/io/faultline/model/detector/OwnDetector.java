package io.faultline.model.detector;

import io.faultline.model.Door;
import io.faultline.model.cluster.Node;
import io.faultline.model.handler.Handler;
import io.faultline.model.recovery.Coordinator;

import java.util.List;

/// A failure detector of your own: the door for kinds that are not part of this program.
///
/// A kind is a record. In a scenario file it is told by the name of its class, followed by its
/// components: `detector: { class: com.acme.PhiAccrual, threshold: 8 }`.
@Door
public non-sealed interface OwnDetector extends FailureDetector {

    /// Makes an actor that listens to every partition and tells a handler what it finds, with
    /// [Finding#tell].
    ///
    /// @param name what it is called in the trace
    /// @param host its node, which is that of the handler
    /// @param healing whether a heartbeat heals a failed partition
    /// @param partitions how many there are
    Listener listener(
            String name, Node host, FaultHandler handler, Healing healing, int partitions);

    @Override
    default Lookout listenFor(Coordinator coordinator, Healing healing, List<Node> hosts) {
        return new LoneListener(
                listener("detector", coordinator.host(), coordinator, healing, hosts.size()));
    }

    @Override
    default Lookout listenFor(Handler handler, Healing healing, int partitions) {
        return new LoneListener(
                listener("detector of " + handler, handler.host(), handler, healing, partitions));
    }
}
