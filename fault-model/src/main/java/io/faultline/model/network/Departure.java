package io.faultline.model.network;

import java.util.ArrayList;
import java.util.List;

/// A message that is about to leave, or waits to.
final class Departure {

    private final long number;
    private final Envelope envelope;
    private final long delay;
    private final List<Long> copies;
    private final List<Gate> waitedFor = new ArrayList<>();

    /// @param number counts messages in the order in which they were sent
    /// @param delay how long it will be on its way
    /// @param copies how much later than the message each copy of it will arrive
    Departure(long number, Envelope envelope, long delay, List<Long> copies) {
        this.number = number;
        this.envelope = envelope;
        this.delay = delay;
        this.copies = copies;
    }

    long number() {
        return number;
    }

    Envelope envelope() {
        return envelope;
    }

    long delay() {
        return delay;
    }

    List<Long> copies() {
        return copies;
    }

    /// It need not wait for a gate again.
    void hasWaited(Gate gate) {
        waitedFor.add(gate);
    }

    boolean hasWaitedFor(Gate gate) {
        return waitedFor.contains(gate);
    }
}
