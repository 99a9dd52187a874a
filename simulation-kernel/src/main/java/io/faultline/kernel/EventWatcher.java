package io.faultline.kernel;

/// Looks on while events are posted and begin; see [Simulation#watch]. Must not act on the
/// simulation.
public interface EventWatcher {

    /// An event was posted.
    ///
    /// @param by the event that posted it; null if it was posted from outside
    default void posted(PostedEvent event, PostedEvent by) {}

    /// An event begins, or goes on after it was suspended.
    default void starts(PostedEvent event) {}
}
