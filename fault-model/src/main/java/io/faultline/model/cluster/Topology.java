package io.faultline.model.cluster;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Setting;
import io.faultline.model.network.NetworkSettings;
import java.util.List;
import java.util.Optional;

/// What the simulated system consists of.
///
/// Nodes `n0`, `n1`, … host the partitions `P0`, `P1`, … in blocks of ranks, and belong to the
/// regions in blocks as well. The coordinator has a node of its own, `coordinator`.
public record Topology(
        @Setting("how many partitions the system has") int partitions,
        @Setting("how many nodes host them; as many as partitions if left out")
                Optional<Integer> nodes,
        @Setting(value = "how many entities a partition owns at the start", byDefault = "1000")
                int entities,
        @Setting("regions, over which the nodes are dealt in blocks") List<String> regions,
        @Setting("the region of the coordinator's node; the first one if left out")
                Optional<String> coordinator,
        @Setting(value = "what messages meet on their way", byDefault = "{}")
                NetworkSettings network,
        @Setting(
                        value = "how long after the start each partition begins to work",
                        byDefault = "0ms")
                Distribution startJitter) {}
