package io.faultline.scenario.format;

import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong, so that all of it can be said in one go.
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    public void add(Place place, String message) {
        var problem = place.problem(message);
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /// By position.
    public List<Problem> sorted() {
        return found.stream().sorted().toList();
    }
}
