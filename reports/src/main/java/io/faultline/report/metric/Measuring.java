package io.faultline.report.metric;

import io.faultline.kernel.Observation;
import io.faultline.kernel.Trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Measures a run by many metrics at once, or a run that is still going on: every entry of its
/// trace is looked at once, and only by those to whom its kind matters.
public final class Measuring {

    private final Trace trace;
    private final Sieve whole;
    private final SequencedMap<String, Fold<?>> folds = new LinkedHashMap<>();
    private final Map<Class<? extends Observation>, List<Fold<?>>> concerned = new HashMap<>();
    private int seen;

    /// @param trace of a run, which may go on
    public Measuring(Trace trace) {
        this.trace = trace;
        this.whole = Sieve.all(trace);
    }

    /// Has something measured, too, unless it is already.
    ///
    /// @param name what it is asked for by
    /// @param fold has seen nothing yet
    private void add(String name, Fold<?> fold) {
        if (seen > 0) {
            throw new IllegalStateException(name + " has missed the first " + seen + " entries");
        }
        if (folds.putIfAbsent(name, fold) == null) {
            fold.kinds()
                    .forEach(kind ->
                            concerned.computeIfAbsent(kind, _ -> new ArrayList<>()).add(fold));
        }
    }

    /// Has a metric measured.
    public void add(Metric metric) {
        add(metric.name(), metric.begin(whole));
    }

    /// Has a part of a metric measured.
    public void add(Part part, Frame frame) {
        add(part.name(), part.begin(trace, frame));
    }

    /// Looks at what was observed since the last time.
    public void catchUp() {
        for (; seen < trace.size(); seen++) {
            var entry = trace.get(seen);
            for (var fold : concerned.getOrDefault(entry.what().getClass(), List.of())) {
                fold.see(entry);
            }
        }
    }

    /// What was found until it was last caught up with the run.
    public Measurement found(Part part) {
        return folds.get(part.name()).found();
    }

    /// All that was found, by name, in the order in which it was asked for.
    public SequencedMap<String, Measurement> found() {
        var found = new LinkedHashMap<String, Measurement>();
        folds.forEach((name, fold) -> found.put(name, fold.found()));
        return Collections.unmodifiableSequencedMap(found);
    }
}
