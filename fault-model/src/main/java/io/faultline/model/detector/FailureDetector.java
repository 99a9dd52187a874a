package io.faultline.model.detector;

/// How silence is turned into suspicion.
public sealed interface FailureDetector permits HeartbeatTimeout {}
