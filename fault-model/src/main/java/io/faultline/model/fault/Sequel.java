package io.faultline.model.fault;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.model.Turn;

/// What a fault does after its beginning. When the fault is over, nothing more comes of it.
@Entity
class Sequel {

    private boolean over;

    /// Has something done later, at the turn of faults that begin.
    void after(long nanos, Runnable deed) {
        Kronos.after(nanos, Turn.FAULT.ofNobody(), () -> this.act(deed));
    }

    /// Has something undone later, at the turn of faults that end.
    void undoAfter(long nanos, Runnable deed) {
        Kronos.after(nanos, Turn.HEAL.ofNobody(), () -> this.act(deed));
    }

    /// It is time.
    public void act(Runnable deed) {
        if (!over) {
            deed.run();
        }
    }

    /// The fault is over.
    void end() {
        over = true;
    }

    @Override
    public String toString() {
        return "faults";
    }
}
