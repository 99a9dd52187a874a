package io.faultline.model.cluster;

/// Counts the operations in flight of one partition and refuses new ones while it is paused, or
/// does not know whether it is.
final class OperationTracker {

    private int inFlight;
    private int begun;
    private int ended;
    private boolean untold;

    /// That of a partition which has forgotten whether there is a pause.
    static OperationTracker pausedUntilTold() {
        var tracker = new OperationTracker();
        tracker.untold = true;
        return tracker;
    }

    /// Begins an operation.
    ///
    /// @return whether it is accepted
    boolean begin() {
        if (isPaused()) {
            return false;
        }
        inFlight++;
        return true;
    }

    /// Ends an operation.
    ///
    /// @return whether that was the last one which a pause was waiting for
    boolean end() {
        inFlight--;
        return isPaused() && inFlight == 0;
    }

    /// Refuses operations from now on, unless the pause is older than another one or has ended
    /// already: its end may have overtaken it.
    ///
    /// @return whether it holds and nothing is in flight
    boolean pause(int number) {
        untold = false;
        if (number < begun || number <= ended) {
            return false;
        }
        begun = number;
        return inFlight == 0;
    }

    /// Accepts operations again, unless a newer pause has begun.
    void resume(int number) {
        untold = false;
        ended = Math.max(ended, number);
    }

    /// The number of the newest pause that held, from 1.
    int pause() {
        return begun;
    }

    int inFlight() {
        return inFlight;
    }

    boolean isPaused() {
        return untold || begun > ended;
    }
}
