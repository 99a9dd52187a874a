package io.faultline.model.monitor;

import java.util.ArrayDeque;
import java.util.List;

/// The newest samples of a monitor.
final class History {

    private final int capacity;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

    History(int capacity) {
        this.capacity = capacity;
    }

    /// Takes a sample in, in place of the oldest one if there are as many as can be.
    void add(Sample sample) {
        if (samples.size() == capacity) {
            samples.removeFirst();
        }
        samples.addLast(sample);
    }

    Sample newest() {
        return samples.getLast();
    }

    /// The share of samples of a level.
    double share(HealthLevel level) {
        long hits = samples.stream().filter(sample -> sample.level() == level).count();
        return (double) hits / samples.size();
    }

    /// The samples, the oldest first.
    List<Sample> samples() {
        return List.copyOf(samples);
    }
}
