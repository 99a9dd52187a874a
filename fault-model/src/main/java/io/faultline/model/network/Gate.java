package io.faultline.model.network;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// Where messages pile up while it is closed.
public final class Gate {

    /// A message need not wait.
    public static final long PASSES = 0;

    /// A message waits for as long as the gate is closed.
    public static final long UNTIL_IT_OPENS = Long.MAX_VALUE;

    private final ToLongFunction<Envelope> wait;
    private final NavigableMap<Long, Departure> waiting = new TreeMap<>();

    /// @param wait how many nanoseconds a message waits while it is closed; asked only of those
    ///   that nothing else holds up or loses
    public Gate(ToLongFunction<Envelope> wait) {
        this.wait = wait;
    }

    long waitOf(Departure departure) {
        return departure.hasWaitedFor(this) ? PASSES : wait.applyAsLong(departure.envelope());
    }

    void add(Departure departure) {
        waiting.put(departure.number(), departure);
    }

    /// Whether a message was still waiting here; it does so no longer.
    boolean remove(Departure departure) {
        return waiting.remove(departure.number(), departure);
    }

    /// Those that were waiting, in the order in which they were sent. None is left.
    List<Departure> clear() {
        var all = new ArrayList<>(waiting.values());
        waiting.clear();
        return all;
    }
}
