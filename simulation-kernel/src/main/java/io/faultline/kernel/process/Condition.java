package io.faultline.kernel.process;

import java.util.function.BooleanSupplier;

/// Lets events wait until something is true.
///
/// ```java
/// var everybodyHere = new Condition("everybody here", () -> arrived == expected);
/// everybodyHere.await();        // in one event
/// arrived++;                    // in another
/// everybodyHere.changed();
/// ```
///
/// Nobody looks by itself: whoever changes what the predicate depends on says so by [#changed].
/// Then, if it holds, those who wait go on in the order in which they came, and each looks again in
/// its turn: if another has undone it meanwhile, it waits on at its old place. So when [#await]
/// returns, the predicate holds.
public final class Condition {

    private final Place place;
    private final Line<Void> line;
    private final String what;
    private final BooleanSupplier predicate;

    /// @param name for people, who read `waits for condition everybody here`
    /// @param predicate what to wait for; must change nothing and must not wait
    /// @throws IllegalStateException outside a run
    public Condition(String name, BooleanSupplier predicate) {
        this.place = new Place("Condition", name);
        this.line = new Line<>(place);
        this.what = "condition " + name;
        this.predicate = predicate;
    }

    /// Waits until the predicate holds; not at all if it does.
    public void await() {
        await(Place.FOREVER);
    }

    /// Waits until the predicate holds, but not for longer than a time.
    ///
    /// @param nanos how long at most; zero or more
    /// @return whether it holds
    public boolean await(long nanos) {
        place.arrive("Condition.await", nanos);
        if (predicate.getAsBoolean()) {
            return true;
        }
        if (nanos == 0) {
            return false;
        }
        var waiter = line.enter(what, null);
        try {
            for (long left = nanos; waiter.await(left); left = left(waiter, nanos)) {
                if (predicate.getAsBoolean()) {
                    return true;
                }
                if (!waiter.inLine) {
                    throw waiter.cancellation();
                }
                waiter.again(place.suspension(what));
            }
            return false;
        } finally {
            line.leave(waiter);
        }
    }

    /// Says that the predicate may hold now.
    public void changed() {
        place.act("Condition.changed", this::changedNow);
    }

    /// Ends every wait of an entity's events here with a
    /// [java.util.concurrent.CancellationException].
    ///
    /// @return how many there were
    public int cancel(Object entity) {
        place.arrive("Condition.cancel");
        return line.cancel(entity);
    }

    private void changedNow() {
        if (line.first() != null && predicate.getAsBoolean()) {
            line.wakeAll();
        }
    }

    private long left(Waiter<Void> waiter, long nanos) {
        return nanos == Place.FOREVER ? nanos : waiter.since + nanos - place.now();
    }

    @Override
    public String toString() {
        return what;
    }
}
