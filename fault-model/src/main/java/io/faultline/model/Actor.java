package io.faultline.model;

import io.faultline.kernel.Timer;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.Resident;
import io.faultline.model.network.Endpoint;
import io.faultline.model.network.Envelope;
import io.faultline.model.network.Message;

/// An actor that lives on a node and receives messages.
///
/// It knows what messages have told it, and nothing else.
@Entity
public abstract class Actor implements Endpoint, Resident {

    private final String name;
    private final Node host;

    protected Actor(String name, Node host) {
        this.name = name;
        this.host = host;
    }

    /// A message reaches the node; the actor handles it if it really arrives.
    @Override
    public void receive(Envelope envelope) {
        if (host.network().arrives(envelope)) {
            var message = envelope.message();
            if (host.laboursOverMessages()) {
                int incarnation = host.incarnation();
                host.enqueue(
                        0,
                        Turn.DELIVERY.of(message.partition()),
                        () -> this.attend(incarnation, message));
            } else {
                handle(message);
            }
        }
    }

    /// The turn of a message has come that waited in the queue of the node.
    public void attend(int incarnation, Message message) {
        if (host.isUp() && host.incarnation() == incarnation) {
            handle(message);
        }
    }

    /// Does what a message asks for, now.
    protected abstract void handle(Message message);

    @Override
    @NonEvent
    public void nodeCrashed() {}

    @Override
    @NonEvent
    public void nodeRestarted() {}

    @Override
    @NonEvent
    public void clockChanged() {}

    @Override
    @NonEvent
    public void nodePaused() {}

    @Override
    @NonEvent
    public boolean isAtRest() {
        return true;
    }

    @Override
    @NonEvent
    public void nodeLeaves() {}

    /// The node on which the actor lives.
    @Override
    @NonEvent
    public final Node host() {
        return host;
    }

    /// Whether the node is down, so that an event of this actor has to wait until it starts again;
    /// then `call` is made.
    protected final boolean defers(Runnable call) {
        if (host.isUp()) {
            return false;
        }
        host.onceRestarted(call);
        return true;
    }

    /// Has a call made when a time has passed by the clock of the node.
    ///
    /// @param call code that calls exactly one event method
    protected final Timer timer(long nanos, int priority, Runnable call) {
        return host.clock().timer(nanos, priority, call);
    }

    /// Sends a message to an actor on this or another node.
    protected final void send(Actor to, Message message) {
        host.network().send(host, to, message);
    }

    @Override
    public final String toString() {
        return name;
    }
}
