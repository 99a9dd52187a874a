package io.faultline.kernel;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Counts events by the type of the entity and the method: `Node.crash()`.
public final class EventCounts implements EventWatcher {

    private final Map<Class<?>, Count> counts = new HashMap<>();

    /// How often an event of one kind has run.
    private static final class Count {
        private final String name;
        private long events;

        Count(PostedEvent event) {
            var entity = event.entity();
            name =
                    (entity == null ? "run" : entity.getClass().getSimpleName())
                            + "."
                            + event.signature();
        }
    }

    @Override
    public void starts(PostedEvent event) {
        counts.computeIfAbsent(event.getClass(), _ -> new Count(event)).events++;
    }

    /// The counts by name, in order of name.
    public SortedMap<String, Long> counts() {
        var sorted = new TreeMap<String, Long>();
        counts.values().forEach(count -> sorted.merge(count.name, count.events, Long::sum));
        return Collections.unmodifiableSortedMap(sorted);
    }
}
