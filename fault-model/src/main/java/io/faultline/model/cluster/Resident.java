package io.faultline.model.cluster;

/// Something that lives on a node and shares its fate.
public interface Resident extends Hosted {

    /// Told, in the event of the crash, that the node has crashed.
    void nodeCrashed();

    /// Told, in the event of the restart, that the node has started again.
    void nodeRestarted();

    /// Told, in the event of the change, that the node's clock was set or goes at another rate. Its
    /// timers are taken care of.
    void clockChanged();

    /// Whether nothing is left to do before the node can stop.
    boolean isAtRest();

    /// Told, in the event of the stop, that the node has done what it had to do and stops.
    void nodeLeaves();

    /// Told, in the event of the pause, that the node is paused. Its events wait.
    void nodePaused();
}
