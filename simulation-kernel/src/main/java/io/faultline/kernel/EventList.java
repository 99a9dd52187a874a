package io.faultline.kernel;

import java.util.function.Consumer;

/// The future event list: events that have been posted and not yet run, the earliest first.
///
/// The order is (time, priority, sequence), total, whatever happens inside: no two events have the
/// same sequence number. An event may be added that comes before one already taken at the same
/// instant, but none that lies before that instant.
sealed interface EventList permits HeapEventList, LadderEventList {

    void add(PostedEvent event);

    /// Takes the next event out, unless it lies after `end` or there is none: then null.
    PostedEvent poll(long end);

    /// Told that an event of the list was marked as cancelled.
    void cancelled(PostedEvent event);

    /// The number of events that are still to run.
    int size();

    /// Every event that is still to run, in no particular order.
    void forEach(Consumer<PostedEvent> action);
}
