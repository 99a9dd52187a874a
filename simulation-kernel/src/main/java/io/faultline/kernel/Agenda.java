package io.faultline.kernel;

/// Where a simulation keeps the events to come. Each of them runs events in exactly the same order,
/// so a run that differs with another agenda depends on something that it should not.
public enum Agenda {
    /// Sorts only what is due next: the fastest for most models.
    LADDER {
        @Override
        EventList list() {
            return new LadderEventList();
        }
    },
    /// A heap: simple enough to be checked against.
    HEAP {
        @Override
        EventList list() {
            return new HeapEventList();
        }
    };

    abstract EventList list();
}
