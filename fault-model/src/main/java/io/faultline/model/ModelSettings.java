package io.faultline.model;

import io.faultline.model.cluster.Topology;
import io.faultline.model.workload.Workload;

import java.util.Optional;

/// Everything that a [World] is built from.
///
/// @param observeMessages whether every message that arrives or is lost is observed
public record ModelSettings(
        Topology topology,
        Protocol protocol,
        Optional<Workload> workload,
        boolean observeMessages) {}
