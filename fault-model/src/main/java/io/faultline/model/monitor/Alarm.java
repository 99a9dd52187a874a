package io.faultline.model.monitor;

/// Whether an alert is on: it is raised when its condition has held at some polls in a row, and
/// cleared when the opposite has. In between it stays as it was, so that what flaps need not.
final class Alarm {

    private final int raiseAfter;
    private final int clearAfter;
    private boolean raised;
    private int inARow;
    private int polls;

    /// What a poll changes.
    enum Edge {
        NONE,
        RAISED,
        CLEARED
    }

    Alarm(int raiseAfter, int clearAfter) {
        this.raiseAfter = raiseAfter;
        this.clearAfter = clearAfter;
    }

    /// A poll.
    ///
    /// @param exceeded whether the limit is exceeded
    /// @param clear whether the value is back where the alert may end
    Edge poll(boolean exceeded, boolean clear) {
        if (!raised && inARow == 0) {
            polls = 0;
        }
        polls += exceeded ? 1 : 0;
        inARow = (raised ? clear : exceeded) ? inARow + 1 : 0;
        if (inARow < (raised ? clearAfter : raiseAfter)) {
            return Edge.NONE;
        }
        raised = !raised;
        inARow = 0;
        return raised ? Edge.RAISED : Edge.CLEARED;
    }

    /// At how many polls the limit has been exceeded since the alert began to be raised.
    int polls() {
        return polls;
    }
}
