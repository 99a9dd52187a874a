package io.faultline.model.fault;

import io.faultline.model.World;
import io.faultline.model.network.Envelope;
import io.faultline.model.network.Host;
import io.faultline.model.network.Network;

/// What is true of nodes between which nothing gets through, although the network is whole: every
/// message is lost, damaged or held up on its way. They are cut off as by a cut, but nothing stops
/// here.
record Silence(Cut cut) implements Network.Split {

    /// Begins it.
    ///
    /// @return ends it
    Runnable begin(World world) {
        var end = world.network().install(this);
        world.truth().networkChanged();
        return () -> {
            end.run();
            world.truth().networkChanged();
        };
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
