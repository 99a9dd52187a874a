package io.faultline.kernel.process;

import io.faultline.kernel.Suspension;

import java.util.concurrent.CancellationException;

/// An event in a [Line].
///
/// @param <T> what it brings, or is to be given
final class Waiter<T> {

    final Line<T> line;
    final String what;
    final long since;

    /// What it brings; or what whoever lets it go has given it.
    T item;

    private Suspension turn;

    Waiter<T> before;
    Waiter<T> after;
    boolean inLine = true;

    Waiter(Line<T> line, String what, long since, Suspension turn, T item) {
        this.line = line;
        this.what = what;
        this.since = since;
        this.turn = turn;
        this.item = item;
    }

    /// Suspends the running event until it is let go, but not for longer than `nanos`.
    ///
    /// @return false if the time was over first
    boolean await(long nanos) {
        if (nanos == Place.FOREVER) {
            turn.await();
        } else {
            turn.await(nanos);
        }
        return !turn.hasTimedOut();
    }

    /// Gets ready to wait once more, at the same place in the line.
    void again(Suspension turn) {
        this.turn = turn;
    }

    boolean isWaiting() {
        return turn.isWaiting();
    }

    /// Has it go on, at the present instant.
    void wake() {
        turn.resume(null);
    }

    void fail(Throwable thrown) {
        turn.fail(thrown);
    }

    CancellationException cancellation() {
        return new CancellationException("the wait for " + what + " was cancelled");
    }

    boolean belongsTo(Object entity) {
        return turn.entity() == entity;
    }
}
