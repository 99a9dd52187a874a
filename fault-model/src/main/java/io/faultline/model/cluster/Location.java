package io.faultline.model.cluster;

/// Where a node is. The zones of a system are `z0`, `z1`, …, its racks `r0`, `r1`, …; regions have
/// the names that the topology gives them.
public record Location(String region, String zone, String rack) {

    /// The name of the domain of a kind to which the node belongs.
    public String in(Domain domain) {
        return switch (domain) {
            case RACK -> rack;
            case ZONE -> zone;
            case REGION -> region;
        };
    }
}
