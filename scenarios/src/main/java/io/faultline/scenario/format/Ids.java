package io.faultline.scenario.format;

import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;

/// Names of partitions, `P3`, and of nodes, `n3` or `coordinator`. Whether there are such ones in
/// the scenario is another question.
final class Ids {
    private Ids() {}

    static final Syntax<PartitionId> PARTITION =
            new Syntax<>(
                    PartitionId.class,
                    "a partition",
                    "P[0-9]+",
                    "P3",
                    Ids::partition,
                    PartitionId::toString);

    static final Syntax<NodeId> NODE =
            new Syntax<>(NodeId.class, "a node", "[^\\s]+", "n3", Ids::node, NodeId::toString);

    private static PartitionId partition(String text) {
        var rank = text.startsWith("P") ? text.substring(1) : "";
        boolean number = !rank.isEmpty() && rank.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number || rank.length() > 9 || rank.length() > 1 && rank.startsWith("0")) {
            var digits = text.replaceAll("[^0-9]", "");
            boolean meant = !digits.isEmpty() && digits.length() <= 6 && text.length() < 16;
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is not a partition; partitions are called P0, P1, …"
                            + (meant
                                    ? " — did you mean 'P" + Integer.parseInt(digits) + "'?"
                                    : ""));
        }
        return new PartitionId(Integer.parseInt(rank));
    }

    private static NodeId node(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a node; nodes are called n0, n1, … and coordinator");
        }
        return new NodeId(text);
    }
}
