package io.faultline.model.recovery;

/// What becomes of a recovery that has waited for its turn too long.
public enum OnLockTimeout {
    /// It is put off like one without a quorum.
    PUT_OFF,
    /// Its attempt has failed; it backs off and tries again.
    RETRY
}
