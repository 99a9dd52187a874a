package io.faultline.benchmark.scene;

import io.faultline.kernel.Simulation;
import io.faultline.kernel.Suspension;

/// A channel for one producer and one consumer in its simplest form: whoever comes first waits for
/// the other. Stands for the kernel's own channel, which serves any number of either and keeps
/// statistics.
final class Rendezvous<T> {

    private Suspension waiting;
    private T offered;

    /// Hands an element over.
    void put(T element) {
        if (waiting != null) {
            endWait(element);
            return;
        }
        offered = element;
        await("a taker");
    }

    /// Takes what is handed over.
    @SuppressWarnings("unchecked")
    T take() {
        if (waiting == null) {
            return (T) await("a putter");
        }
        var element = offered;
        offered = null;
        endWait(null);
        return element;
    }

    private Object await(String what) {
        waiting = Simulation.current("a rendezvous").suspension(what);
        return waiting.await();
    }

    private void endWait(T element) {
        var other = waiting;
        waiting = null;
        other.resume(element);
    }
}
