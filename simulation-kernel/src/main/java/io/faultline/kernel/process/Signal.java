package io.faultline.kernel.process;

/// Tells an event that waits that it may go on.
///
/// A signal that nobody waits for is remembered: the next to wait goes on at once and uses it up.
/// So a signal given a moment too early is not lost. No more than one is remembered, and a signal
/// to all never is: it is for those who are there.
public final class Signal {

    private final Place place;
    private final Line<Void> line;
    private final String what;
    private boolean remembered;

    /// @param name for people, who read `waits for signal doors-open`
    /// @throws IllegalStateException outside a run
    public Signal(String name) {
        place = new Place("Signal", name);
        line = new Line<>(place);
        what = "signal " + name;
    }

    /// Waits for a signal, unless one is remembered.
    public void await() {
        await(Place.FOREVER);
    }

    /// Waits for a signal, unless one is remembered, but not for longer than a time.
    ///
    /// @param nanos how long at most; zero or more
    /// @return whether it came
    public boolean await(long nanos) {
        place.arrive("Signal.await", nanos);
        if (remembered) {
            remembered = false;
            return true;
        }
        return nanos > 0 && line.await(what, null, nanos) != null;
    }

    /// Has the first that waits go on; if there is none, the next.
    public void signal() {
        place.act("Signal.signal", this::signalNow);
    }

    /// Has all go on that wait now, in the order in which they came.
    public void signalAll() {
        place.act("Signal.signalAll", this::signalAllNow);
    }

    /// Ends every wait of an entity's events here with a
    /// [java.util.concurrent.CancellationException].
    ///
    /// @return how many there were
    public int cancel(Object entity) {
        place.arrive("Signal.cancel");
        return line.cancel(entity);
    }

    private void signalNow() {
        var next = line.first();
        if (next == null) {
            remembered = true;
        } else {
            line.go(next);
        }
    }

    private void signalAllNow() {
        for (var next = line.first(); next != null; next = line.first()) {
            line.go(next);
        }
    }

    @Override
    public String toString() {
        return what;
    }
}
