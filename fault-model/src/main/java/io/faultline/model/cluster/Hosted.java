package io.faultline.model.cluster;

/// Whoever acts on a node. None of its events runs while the node is paused; they wait.
public interface Hosted {

    /// The node on which it acts.
    Node host();
}
