package io.faultline.kernel.process;

/// What happened in a queue since it was made, or since its statistics were reset.
///
/// @param served how many were served, with and without waiting
/// @param atOnce how many of these did not have to wait
/// @param timedOut how many went away because their time was over, or because they would have had
///   to wait and allowed no time for it
/// @param cancelled how many waits were called off
/// @param meanLength the number waiting, averaged over time
/// @param maxLength the greatest number waiting, be it for an instant
/// @param meanWaitNanos how long those waited who were served, averaged over them, in nanoseconds;
///   not a number if none was
/// @param maxWaitNanos the longest wait of one who was served; not a number if none was
public record QueueStatistics(
        long served,
        long atOnce,
        long timedOut,
        long cancelled,
        double meanLength,
        int maxLength,
        double meanWaitNanos,
        double maxWaitNanos) {}
