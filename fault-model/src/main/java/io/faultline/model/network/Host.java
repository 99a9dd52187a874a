package io.faultline.model.network;

import io.faultline.model.cluster.NodeId;

/// What the network knows of a node.
public interface Host {

    NodeId id();

    /// Its position in the cluster, from 0.
    int index();

    String region();

    boolean isUp();

    /// How often it has started, the first time being 1.
    int incarnation();
}
