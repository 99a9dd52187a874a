package io.faultline.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/// Everything that was observed in a run, in the order in which it happened.
///
/// The trace is the seam between a run and whatever is said of it. It only grows.
public final class Trace implements Iterable<Trace.Entry> {

    /// The cause of an entry that nothing observed led to.
    public static final int NO_CAUSE = -1;

    private final List<Entry> entries = new ArrayList<>();

    /// One observation and its place in the run.
    ///
    /// @param index the entry's position in the trace, from 0
    /// @param time when it was observed
    /// @param actor who observed it: the name of the entity whose event was running
    /// @param what the observation
    /// @param cause the index of the last observation that happened before this one along the chain
    ///   of events which led to it, or [#NO_CAUSE]: the event itself, else the event that posted
    ///   it, and so on back to the start
    public record Entry(int index, SimTime time, String actor, Observation what, int cause) {
        @Override
        public String toString() {
            return time + " " + actor + " " + what;
        }
    }

    void append(Entry entry) {
        entries.add(entry);
    }

    public int size() {
        return entries.size();
    }

    public Entry get(int index) {
        return entries.get(index);
    }

    public List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    @Override
    public Iterator<Entry> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < entries.size();
            }

            @Override
            public Entry next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return entries.get(next++);
            }
        };
    }

    public Stream<Entry> stream() {
        return entries.stream();
    }

    /// The observations of one kind, in order.
    public <T extends Observation> Stream<T> all(Class<T> kind) {
        return entries.stream().map(Entry::what).filter(kind::isInstance).map(kind::cast);
    }

    /// The chain of observations that led to an entry, from the first to the entry itself.
    public List<Entry> causes(Entry entry) {
        var chain = new ArrayList<Entry>();
        for (var at = entry; ; at = entries.get(at.cause())) {
            chain.add(at);
            if (at.cause() == NO_CAUSE) {
                return chain.reversed();
            }
        }
    }
}
