package io.faultline.model.workload;

/// It gives up.
public record Skip() implements OnReject {}
