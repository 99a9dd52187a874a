package io.faultline.benchmark;

import io.faultline.benchmark.hold.HandWrittenHops;
import io.faultline.benchmark.hold.Hops;
import io.faultline.benchmark.hold.RunnableHops;
import io.faultline.benchmark.hold.WovenHops;
import io.faultline.benchmark.peer.DsolHops;
import io.faultline.benchmark.peer.KalasimHops;
import io.faultline.benchmark.peer.SsjHops;
import io.faultline.kernel.BareHops;

import umontreal.ssj.simevents.eventlist.Henriksen;
import umontreal.ssj.simevents.eventlist.RedblackTree;
import umontreal.ssj.simevents.eventlist.SplayTree;

import java.util.function.Function;

/// What can run the hold model.
public enum Engine {
    /// Faultline: `@Entity` classes.
    WOVEN("Faultline", WovenHops::new),

    SSJ_HENRIKSEN("SSJ Henriksen", hops -> new SsjHops(hops, new Henriksen())),
    SSJ_SPLAY("SSJ splay tree", hops -> new SsjHops(hops, new SplayTree())),
    SSJ_RED_BLACK("SSJ red-black tree", hops -> new SsjHops(hops, new RedblackTree())),
    DSOL("DSOL", DsolHops::new),
    KALASIM("kalasim", KalasimHops::new),

    /// Faultline's simulation, with events written by hand.
    HAND_WRITTEN("hand-written", HandWrittenHops::new),
    /// Faultline's simulation, with lambdas.
    RUNNABLE("lambdas", RunnableHops::new),

    LADDER("bare ladder", BareHops::onLadder),
    HEAP("bare 4-ary heap", BareHops::onHeap),
    PRIORITY_QUEUE("PriorityQueue", BareHops::onPriorityQueue),
    UNORDERED("unordered", BareHops::unordered);

    private final String title;
    private final Function<Hops, Subject> start;

    Engine(String title, Function<Hops, Subject> start) {
        this.title = title;
        this.start = start;
    }

    public Subject start(Hops hops) {
        return start.apply(hops);
    }

    /// Whether this is somebody else's simulator.
    public boolean isPeer() {
        return switch (this) {
            case SSJ_HENRIKSEN, SSJ_SPLAY, SSJ_RED_BLACK, DSOL, KALASIM -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return title;
    }
}
