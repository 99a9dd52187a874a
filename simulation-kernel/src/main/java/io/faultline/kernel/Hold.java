package io.faultline.kernel;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Predicate;

/// Has the events of some entities wait: see [Simulation#hold].
///
/// While it lasts none of them runs. An event whose turn comes waits behind those whose turn came
/// before, and can still be cancelled, or restarted if it is that of a timer.
public final class Hold {

    private final Simulation simulation;
    private final Predicate<Object> whose;
    private final Queue<PostedEvent> waiting = new ArrayDeque<>();

    Hold(Simulation simulation, Predicate<Object> whose) {
        this.simulation = simulation;
        this.whose = whose;
    }

    boolean concerns(PostedEvent event) {
        var entity = event.entity();
        return entity != null && whose.test(entity);
    }

    void keep(PostedEvent event) {
        event.next = PostedEvent.OUT_OF_LIST;
        waiting.add(event);
    }

    int size() {
        return waiting.size();
    }

    /// Ends it. All that waited runs at this instant, in the order in which the turns came and
    /// before everything else that is still to run; what follows from it comes after it.
    public void release() {
        simulation.release(this, waiting);
        waiting.clear();
    }
}
