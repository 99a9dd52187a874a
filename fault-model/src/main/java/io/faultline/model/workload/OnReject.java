package io.faultline.model.workload;

/// What a client does when its operation is refused, because operations are paused.
public sealed interface OnReject permits Skip, Retry {}
