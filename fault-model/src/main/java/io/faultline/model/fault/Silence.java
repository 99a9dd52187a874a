package io.faultline.model.fault;

import io.faultline.model.World;
import io.faultline.model.network.Envelope;
import io.faultline.model.network.Host;
import io.faultline.model.network.MessageKind;
import io.faultline.model.network.Network;

import java.util.Set;

/// What is true of nodes between which nothing of some kinds gets through, although the network is
/// whole: every such message is lost, damaged or held up on its way. If that is so of all kinds, be
/// it for several reasons, they are cut off as by a cut, but nothing stops here.
record Silence(Cut cut, Set<MessageKind> stopped) implements Network.Split {

    /// Begins it.
    ///
    /// @return ends it
    Runnable begin(World world) {
        return Cut.install(this, world);
    }

    /// Whether it would leave nothing that reaches one node from another.
    boolean cutsOff(Host from, Host to, World world) {
        return separates(from, to) && !world.network().connects(from, to, this);
    }

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
        return false;
    }
}
