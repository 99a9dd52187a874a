package io.faultline.report.metric;

import io.faultline.model.cluster.Location;
import io.faultline.model.cluster.NodeId;
import io.faultline.report.Phases;

import java.util.function.Function;

/// What has to be known of a run, beside its trace, to tell its parts from each other.
///
/// @param phases the parts of the run in time
/// @param map where nodes are
public record Frame(Phases phases, Function<NodeId, Location> map) {}
