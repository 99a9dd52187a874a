package io.faultline.model.recovery;

/// When recoveries that were put off are started, provided that there is a quorum.
public enum Drain {
    /// Whenever a partition becomes healthy again, for whatever reason, and when a recovery has
    /// been given up.
    EVERY_RETURN,
    /// Only when a recovery has succeeded. A quorum that comes back otherwise goes unnoticed.
    AFTER_SUCCESS
}
