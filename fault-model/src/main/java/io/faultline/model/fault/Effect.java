package io.faultline.model.fault;

import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.random.RandomStream;
import io.faultline.model.World;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.FaultSkipped;
import io.faultline.model.observation.Observed.FaultTookEffect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What one planned fault of a run is known by, each time that it strikes: its number, its random
/// streams, who was chosen, and whether it has changed anything yet.
public final class Effect {

    private final int fault;
    private final String kind;
    private final int occurrence;
    private final Allowance allowance;
    private final Map<String, List<Node>> chosen = new HashMap<>(); // looked up, never iterated
    private boolean taken;

    Effect(int fault, String kind, int occurrence, Allowance allowance) {
        this.fault = fault;
        this.kind = kind;
        this.occurrence = occurrence;
        this.allowance = allowance;
    }

    /// The fault has changed something; observed once.
    public void take() {
        if (!taken) {
            taken = true;
            Kronos.observe(new FaultTookEffect(fault, occurrence));
        }
    }

    /// Asks the budget of the run, if it has one, whether partitions may be taken out now. If not,
    /// that is observed, and they must not be.
    public boolean mayTakeOut(List<PartitionId> partitions) {
        var refusal = allowance.ask(partitions);
        refusal.ifPresent(no ->
                Kronos.observe(new FaultSkipped(fault, kind, no.out(), no.allowed(), occurrence)));
        return refusal.isEmpty();
    }

    /// The nodes that a selector chooses, the same whenever they are asked for.
    ///
    /// @param purpose what the fault needs them for, such as `from`
    public List<Node> choose(String purpose, Selector selector, World world) {
        return chosen.computeIfAbsent(
                purpose, _ -> selector.choose(world, random("choice/" + purpose)));
    }

    /// The nodes that a selector chooses, in a random order, the same whenever they are asked for.
    public List<Node> shuffle(String purpose, Selector selector, World world) {
        var those = choose(purpose, selector, world);
        return chosen.computeIfAbsent(
                purpose + " in random order",
                _ -> {
                    var left = new ArrayList<>(those);
                    var chance = random("order/" + purpose);
                    var shuffled = new ArrayList<Node>();
                    while (!left.isEmpty()) {
                        shuffled.add(left.remove(chance.nextInt(left.size())));
                    }
                    return shuffled;
                });
    }

    /// The partitions on the nodes that a selector chooses, in order of rank.
    public List<PartitionId> partitions(String purpose, Selector selector, World world) {
        return choose(purpose, selector, world).stream()
                .flatMap(node -> node.partitions().stream())
                .sorted()
                .toList();
    }

    /// A random stream of this fault alone, which goes on from one time that it strikes to the
    /// next.
    public RandomStream random(String purpose) {
        return Kronos.random("fault/" + fault + "/" + purpose);
    }
}
