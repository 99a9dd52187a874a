package io.faultline.model.cluster;

/// Counts the operations in flight of one partition and refuses new ones while it is paused.
final class OperationTracker {

    private int inFlight;
    private int pause;
    private boolean paused;

    /// Begins an operation.
    ///
    /// @return whether it is accepted
    boolean begin() {
        if (paused) {
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
        return paused && inFlight == 0;
    }

    /// Refuses operations from now on. An older pause than the newest changes nothing.
    ///
    /// @return whether nothing is in flight already
    boolean pause(int number) {
        if (number < pause) {
            return false;
        }
        pause = number;
        paused = true;
        return inFlight == 0;
    }

    /// Accepts operations again, unless a newer pause has begun.
    void resume(int number) {
        if (number >= pause) {
            pause = number;
            paused = false;
        }
    }

    /// The number of the newest pause.
    int pause() {
        return pause;
    }

    int inFlight() {
        return inFlight;
    }
}
