package io.faultline.model.cluster;

/// Names a node, a machine that hosts partitions or the coordinator.
///
/// @param name unique in its cluster, such as `n3` or `coordinator`
public record NodeId(String name) implements Comparable<NodeId> {
    @Override
    public int compareTo(NodeId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
