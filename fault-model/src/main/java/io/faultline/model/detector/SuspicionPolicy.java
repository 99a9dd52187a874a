package io.faultline.model.detector;

/// How reports of failed barriers and synchronisations turn into a failure.
public enum SuspicionPolicy {
    /// The first report raises suspicion, the second makes it a failure; no clock is involved.
    COUNTING,
    /// A number of reports in a row raise suspicion; it becomes a failure when it has stood for the
    /// confirmation time.
    CONFIRMING
}
