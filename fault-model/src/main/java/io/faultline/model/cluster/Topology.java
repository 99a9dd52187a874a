package io.faultline.model.cluster;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Setting;
import io.faultline.model.network.NetworkSettings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What the simulated system consists of.
///
/// Nodes `n0`, `n1`, … host the partitions `P0`, `P1`, … in blocks of ranks. They are dealt over
/// the regions in blocks as well, those of a region over its zones, and those of a zone over its
/// racks. Zones and racks are numbered through the whole system: `z0`, `z1`, …; `r0`, `r1`, … The
/// coordinator has a node of its own, `coordinator`.
public record Topology(
        @Setting("how many partitions the system has") int partitions,
        @Setting("how many nodes host them; as many as partitions if left out")
                Optional<Integer> nodes,
        @Setting(value = "how many entities a partition owns at the start", byDefault = "1000")
                int entities,
        @Setting("regions, over which the nodes are dealt in blocks") List<String> regions,
        @Setting(value = "how many zones each region has", byDefault = "1") int zones,
        @Setting(value = "how many racks each zone has", byDefault = "1") int racks,
        @Setting(
                        "the region, zone or rack of the coordinator's node, in the first zone and"
                                + " rack of it; those of n0 if left out")
                Optional<String> coordinator,
        @Setting(value = "what messages meet on their way", byDefault = "{}")
                NetworkSettings network,
        @Setting(
                        value = "how long after the start each partition begins to work",
                        byDefault = "0ms")
                Distribution startJitter) {

    /// The node of the coordinator.
    public static final NodeId COORDINATOR = new NodeId("coordinator");

    /// As many as have their place in the order of one instant; see [io.faultline.model.Turn].
    public static final int MAX_PARTITIONS = 1_000_000;

    public Topology {
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw new IllegalArgumentException(
                    "partitions lies in [1, " + MAX_PARTITIONS + "], but was " + partitions);
        }
        int hosts = nodes.orElse(partitions);
        if (hosts < 1 || hosts > partitions) {
            throw new IllegalArgumentException(
                    "nodes lies in [1, " + partitions + "], but was " + hosts);
        }
        if (regions.size() > hosts) {
            throw new IllegalArgumentException(
                    "there are more regions than nodes: " + regions.size() + " and " + hosts);
        }
        if (zones < 1 || racks < 1) {
            throw new IllegalArgumentException(
                    "there is at least one of each, but zones is %d and racks is %d"
                            .formatted(zones, racks));
        }
        int inRegion = hosts / Math.max(1, regions.size());
        if (zones > inRegion) {
            throw new IllegalArgumentException(
                    "zones must not be more than the nodes of a region, %d, but was %d"
                            .formatted(inRegion, zones));
        }
        if (racks > inRegion / zones) {
            throw new IllegalArgumentException(
                    "racks must not be more than the nodes of a zone, %d, but was %d"
                            .formatted(inRegion / zones, racks));
        }
        if (entities < 0) {
            throw new IllegalArgumentException(
                    "entities must not be negative, but was " + entities);
        }
    }

    /// The nodes that host partitions, in order.
    public List<NodeId> nodeIds() {
        return IntStream.range(0, nodeCount()).mapToObj(i -> new NodeId("n" + i)).toList();
    }

    public List<PartitionId> partitionIds() {
        return IntStream.range(0, partitions).mapToObj(PartitionId::new).toList();
    }

    /// The node that hosts a partition, by its position.
    public int nodeIndexOf(PartitionId partition) {
        return (int) ((long) partition.rank() * nodeCount() / partitions);
    }

    /// The position of a node that hosts partitions.
    public int indexOf(NodeId node) {
        return Integer.parseInt(node.name().substring(1));
    }

    /// Where a node is; without regions there is one, which is called `default`.
    public Location location(NodeId node) {
        return location(node.equals(COORDINATOR) ? coordinatorsNeighbour() : indexOf(node));
    }

    /// Where each partition is, in order of rank.
    public SequencedMap<PartitionId, Location> places() {
        var places = new LinkedHashMap<PartitionId, Location>();
        partitionIds().forEach(id -> places.put(id, location(nodeIndexOf(id))));
        return places;
    }

    private Location location(int index) {
        int first = 0;
        int end = nodeCount();
        var numbers = new int[3];
        int number = 0;
        var parts = new int[] {regionNames().size(), zones, racks};
        for (int i = 0; i < parts.length; i++) {
            int size = end - first;
            int part = (int) ((long) (index - first) * parts[i] / size);
            end = first + firstOf(part + 1, parts[i], size);
            first += firstOf(part, parts[i], size);
            number = number * parts[i] + part;
            numbers[i] = number;
        }
        return new Location(regionNames().get(numbers[0]), "z" + numbers[1], "r" + numbers[2]);
    }

    /// Where a part begins if so many are dealt over parts in blocks.
    private static int firstOf(int part, int parts, int size) {
        return (int) Math.ceilDiv((long) part * size, parts);
    }

    /// The first node that is where the coordinator's is.
    private int coordinatorsNeighbour() {
        return coordinator.stream()
                .flatMap(place ->
                        IntStream.range(0, nodeCount())
                                .filter(i -> isIn(location(i), place))
                                .boxed())
                .findFirst()
                .orElse(0);
    }

    private static boolean isIn(Location location, String place) {
        return Stream.of(Domain.values()).anyMatch(domain -> location.in(domain).equals(place));
    }

    /// The names of the regions, of which there is at least one.
    public List<String> regionNames() {
        return regions.isEmpty() ? List.of("default") : regions;
    }

    /// The names of all zones.
    public List<String> zoneNames() {
        return names("z", regionNames().size() * zones);
    }

    /// The names of all racks.
    public List<String> rackNames() {
        return names("r", regionNames().size() * zones * racks);
    }

    private static List<String> names(String letter, int count) {
        return IntStream.range(0, count).mapToObj(i -> letter + i).toList();
    }

    private int nodeCount() {
        return nodes.orElse(partitions);
    }
}
