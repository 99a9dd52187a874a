package io.faultline.model.script;

import io.faultline.model.Setting;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

/// An operator repairs a partition by hand, starting its node again if it is down, and declares it
/// healthy. Nothing comes of it while the node is wiped, since there is nothing to repair.
public record OperatorHeal(@Setting("who is healed") PartitionId partition) implements Action {

    @Override
    public void perform(World world) {
        var node = world.partition(partition).host();
        if (!node.isWiped()) {
            node.restart();
            world.coordinator().operatorHeal(partition);
        }
    }
}
