package io.faultline.report.diagnosis;

import io.faultline.kernel.Trace;

import java.util.List;

/// A run that is diagnosed, and what several diagnoses ask of it, found out once.
final class History {

    private final Trace trace;
    private final Circumstances circumstances;
    private Heal heal;
    private List<Stretch> stretches;

    History(Trace trace, Circumstances circumstances) {
        this.trace = trace;
        this.circumstances = circumstances;
    }

    Trace trace() {
        return trace;
    }

    Circumstances circumstances() {
        return circumstances;
    }

    /// From when on nothing was done to the system any more.
    Heal heal() {
        if (heal == null) {
            heal = Heal.of(trace);
        }
        return heal;
    }

    /// The times in which the system could be expected to recover.
    List<Stretch> stretches() {
        if (stretches == null) {
            stretches = Stretch.of(trace, heal(), circumstances);
        }
        return stretches;
    }
}
