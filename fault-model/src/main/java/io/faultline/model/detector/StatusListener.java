package io.faultline.model.detector;

import io.faultline.model.cluster.PartitionId;
import io.faultline.model.detector.Suspicions.Change;

/// Somebody whom the coordinator tells what it believes. What is told arrives as an event, in the
/// order in which listeners subscribed.
public interface StatusListener {

    /// The coordinator has changed its mind about a partition.
    void statusChanged(Change change);

    /// A partition was reported, without consequence so far.
    void doubt(PartitionId partition);
}
