package io.faultline.model.fault;

import io.faultline.model.network.Envelope;
import io.faultline.model.network.Host;
import io.faultline.model.network.MessageKind;
import io.faultline.model.network.Network;

import java.util.Set;

/// A cut through the network that messages of some kinds cannot pass, and all others can.
record Sieve(Cut cut, Set<MessageKind> stopped, Effect effect) implements Network.Split {

    @Override
    public int side(Host host) {
        return cut.side(host);
    }

    @Override
    public boolean passes(int from, int to) {
        return cut.passes(from, to);
    }

    @Override
    public boolean stops(Envelope envelope) {
        boolean stops =
                stopped.contains(envelope.message().kind())
                        && separates(envelope.from(), envelope.at());
        if (stops) {
            effect.take();
        }
        return stops;
    }
}
