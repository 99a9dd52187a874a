package io.faultline.model.recovery;

import java.time.Duration;

/// What a coordinator says of itself to a monitor.
///
/// @param quorum whether it has a quorum
/// @param queued how many recoveries are put off
/// @param attempts how many attempts are over
/// @param successes how many of them succeeded
/// @param draining how long operations in flight have been waited for, if any still are
public record Vitals(boolean quorum, int queued, int attempts, int successes, Duration draining) {}
