package io.faultline.model.fault;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

import java.util.ArrayList;
import java.util.List;

/// The regions fall apart: no message crosses from one to another. Regions that are not named form
/// one more together.
public record RegionSplit(
        @Setting("the regions that lose contact to all others; every region if left out")
                List<String> regions)
        implements Fault {

    @Override
    public Runnable inject(World world, Effect effect) {
        return cut(world).make(world, effect);
    }

    private Cut cut(World world) {
        var apart = new ArrayList<>(regions);
        if (apart.isEmpty()) {
            world.nodes().stream().map(node -> node.region()).distinct().forEach(apart::add);
        }
        return Cut.of(world, node -> apart.indexOf(node.region()), Cut.Passage.NONE);
    }

    @Override
    public List<PartitionId> targets(World world, Effect effect) {
        return world.nodes().stream()
                .filter(node -> regions.isEmpty() || regions.contains(node.region()))
                .flatMap(node -> node.partitions().stream())
                .sorted()
                .toList();
    }

    @Override
    public List<PartitionId> takesOut(World world, Effect effect) {
        return cut(world).takesOut(world);
    }
}
