package io.faultline.model.fault;

/// How many of the nodes in question are chosen, at random.
///
/// After the node specifications of Jepsen's combined nemeses (`jepsen.nemesis.combined`) and the
/// modes of Chaos Mesh.
public enum Mode {
    /// Every one.
    ALL,
    /// One of them.
    ONE,
    /// As many as `count` says, or all if they are fewer.
    FIXED,
    /// As many as `share` says, rounded up.
    PERCENT,
    /// As many as are still no majority: 2 of 5, 2 of 6.
    MINORITY,
    /// The smallest number that is a majority: 3 of 5, 4 of 6.
    MAJORITY,
    /// As many as are fewer than a third: 1 of 5, 1 of 6, 2 of 7.
    MINORITY_THIRD;

    int of(int nodes, int count, double share) {
        int majority = nodes / 2 + 1;
        return switch (this) {
            case ALL -> nodes;
            case ONE -> Math.min(1, nodes);
            case FIXED -> Math.min(count, nodes);
            case PERCENT -> Math.min(nodes, (int) Math.ceil(nodes * share - 1e-9));
            case MINORITY -> Math.max(0, Math.ceilDiv(nodes, 2) - 1);
            case MAJORITY -> Math.min(majority, nodes);
            case MINORITY_THIRD -> Math.max(0, Math.ceilDiv(nodes, 3) - 1);
        };
    }
}
