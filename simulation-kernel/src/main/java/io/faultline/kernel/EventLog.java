package io.faultline.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Writes down every event as a line that people can read, and remembers which event posted which:
///
/// ```
/// 0.550s  #17 ← #9  coordinator.confirmationDue(P1)
/// ```
///
/// It keeps a line for every event of the run, so it is for looking closely and not for long runs.
public final class EventLog implements EventWatcher {

    private static final long FROM_OUTSIDE = -1;

    private final Predicate<PostedEvent> filter;
    private final Consumer<String> lines;
    private final Map<Long, Long> postedBy = new HashMap<>();
    private final Map<Long, String> written = new HashMap<>();

    /// @param filter which events are handed on; the chain of causes has all of them
    /// @param lines where the lines go
    public EventLog(Predicate<PostedEvent> filter, Consumer<String> lines) {
        this.filter = filter;
        this.lines = lines;
    }

    @Override
    public void posted(PostedEvent event, PostedEvent by) {
        postedBy.put(event.sequence(), by == null ? FROM_OUTSIDE : by.sequence());
    }

    @Override
    public void starts(PostedEvent event) {
        long cause = postedBy.getOrDefault(event.sequence(), FROM_OUTSIDE);
        var line =
                event.at()
                        + "  #"
                        + event.sequence()
                        + (cause == FROM_OUTSIDE ? "" : " ← #" + cause)
                        + "  "
                        + Simulation.describe(event);
        written.put(event.sequence(), line);
        if (filter.test(event)) {
            lines.accept(line);
        }
    }

    /// The events that led to an event, each having posted the next, from the first to the event
    /// itself.
    ///
    /// @param sequence the number of the event, behind `#` in its line
    public List<String> causes(long sequence) {
        var chain = new ArrayList<String>();
        for (long at = sequence; at != FROM_OUTSIDE; at = postedBy.getOrDefault(at, FROM_OUTSIDE)) {
            chain.add(written.getOrDefault(at, "#" + at + " has not run"));
        }
        return chain.reversed();
    }
}
