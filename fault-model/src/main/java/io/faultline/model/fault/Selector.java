package io.faultline.model.fault;

import io.faultline.kernel.random.RandomStream;
import io.faultline.model.Kind;
import io.faultline.model.Probability;
import io.faultline.model.Setting;
import io.faultline.model.Shorthand;
import io.faultline.model.World;
import io.faultline.model.cluster.Domain;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which nodes a fault concerns: those to which all applies that is said of them, and of these as
/// many as the mode says, chosen when the fault begins.
///
/// If neither nodes nor roles are named, only nodes with partitions are in question.
@Shorthand("nodes")
public record Selector(
        @Setting("the nodes in question; all if left out") List<NodeId> nodes,
        @Setting("the partitions whose nodes are in question; all if left out")
                List<PartitionId> partitions,
        @Setting("the regions of the nodes in question; all if left out") List<String> regions,
        @Setting("the zones of the nodes in question; all if left out") List<String> zones,
        @Setting("the racks of the nodes in question; all if left out") List<String> racks,
        @Setting("what the nodes in question are there for") Optional<Role> role,
        @Setting("how many of them are chosen; all if left out") Optional<Mode> mode,
        @Setting("the domains of which the mode chooses so many, each whole; nodes if left out")
                Optional<Domain> whole,
        @Setting("how many, with mode fixed") Optional<Integer> count,
        @Setting("which share of them, with mode percent") Optional<Probability> share) {

    /// Of whom nothing is said.
    public static final Selector NOBODY = of(List.of());

    public Selector {
        nodes = List.copyOf(nodes);
        partitions = List.copyOf(partitions);
        regions = List.copyOf(regions);
        zones = List.copyOf(zones);
        racks = List.copyOf(racks);
        if (whole.isPresent() && mode.isEmpty()) {
            throw new IllegalArgumentException("whole needs mode, which says how many of them");
        }
        if (count.isPresent() != mode.equals(Optional.of(Mode.FIXED))) {
            throw new IllegalArgumentException("mode fixed needs count, and no other mode does");
        }
        if (share.isPresent() != mode.equals(Optional.of(Mode.PERCENT))) {
            throw new IllegalArgumentException("mode percent needs share, and no other mode does");
        }
        if (count.isPresent() && count.get() < 1) {
            throw new IllegalArgumentException("count must be at least 1, but was " + count.get());
        }
    }

    /// These nodes.
    public static Selector of(List<NodeId> nodes) {
        return new Selector(
                nodes,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// These nodes.
    public static Selector of(NodeId... nodes) {
        return of(List.of(nodes));
    }

    /// Nodes with partitions, as many as a mode says.
    public static Selector of(Mode mode) {
        return new Selector(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(mode),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// Whether nothing is said: an empty list.
    public boolean isEmpty() {
        return equals(NOBODY);
    }

    /// The nodes that are chosen, in their order in the cluster; none if nothing is said.
    ///
    /// @param chance drawn from if some of those in question are chosen, and not all
    List<Node> choose(World world, RandomStream chance) {
        if (isEmpty()) {
            return List.of();
        }
        var left = new ArrayList<>(units(world));
        int wanted =
                mode.orElse(Mode.ALL)
                        .of(
                                left.size(),
                                count.orElse(0),
                                share.map(Probability::value).orElse(0.0));
        var chosen = new ArrayList<List<Node>>();
        if (wanted == left.size()) {
            chosen.addAll(left);
        }
        while (chosen.size() < wanted) {
            chosen.add(left.remove(chance.nextInt(left.size())));
        }
        return chosen.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Node::index))
                .toList();
    }

    /// The nodes in question, one by one or together with those of the same domain.
    private Collection<List<Node>> units(World world) {
        if (whole.isEmpty()) {
            return inQuestion(world).map(List::of).toList();
        }
        return inQuestion(world)
                .collect(
                        Collectors.groupingBy(
                                node -> node.location().in(whole.get()),
                                LinkedHashMap::new,
                                Collectors.toList()))
                .values();
    }

    /// The partitions on the nodes in question, in order of rank; all of these nodes, whatever the
    /// mode.
    List<PartitionId> partitions(World world) {
        return inQuestion(world).flatMap(node -> node.partitions().stream()).sorted().toList();
    }

    private Stream<Node> inQuestion(World world) {
        return world.nodes().stream()
                .filter(node -> nodes.isEmpty() || nodes.contains(node.id()))
                .filter(node ->
                        partitions.isEmpty()
                                || node.partitions().stream().anyMatch(partitions::contains))
                .filter(node -> isIn(node, Domain.REGION, regions))
                .filter(node -> isIn(node, Domain.ZONE, zones))
                .filter(node -> isIn(node, Domain.RACK, racks))
                .filter(node -> isThereFor(node, world));
    }

    private static boolean isIn(Node node, Domain domain, List<String> names) {
        return names.isEmpty() || names.contains(node.location().in(domain));
    }

    private boolean isThereFor(Node node, World world) {
        if (role.isEmpty()) {
            return !nodes.isEmpty() || !node.partitions().isEmpty();
        }
        return switch (role.get()) {
            case ANY -> true;
            case PARTITIONS -> !node.partitions().isEmpty();
            case COORDINATOR -> node == world.coordinator().host();
            case HANDLERS -> world.handlerNodes().contains(node);
            case PRIMARIES -> world.primaries().contains(node);
        };
    }

    /// As in a file: `[n1, n2]`, `{ mode: minority, regions: [eu] }`.
    @Override
    public String toString() {
        if (equals(of(nodes))) {
            return nodes.toString();
        }
        var said = new ArrayList<String>();
        say(said, "nodes", nodes);
        say(said, "partitions", partitions);
        say(said, "regions", regions);
        say(said, "zones", zones);
        say(said, "racks", racks);
        role.ifPresent(r -> said.add("role: " + Kind.name(r)));
        mode.ifPresent(m -> said.add("mode: " + Kind.name(m)));
        whole.ifPresent(d -> said.add("whole: " + Kind.name(d)));
        count.ifPresent(c -> said.add("count: " + c));
        share.ifPresent(s -> said.add("share: " + s.value()));
        return "{" + String.join(", ", said) + "}";
    }

    private static void say(List<String> said, String name, List<?> list) {
        if (!list.isEmpty()) {
            said.add(name + ": " + list);
        }
    }
}
