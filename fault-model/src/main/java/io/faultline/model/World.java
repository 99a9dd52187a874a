package io.faultline.model;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.balancer.Balancer;
import io.faultline.model.barrier.Barrier;
import io.faultline.model.barrier.BarrierSettings;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.Partition;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.Topology;
import io.faultline.model.cluster.Truth;
import io.faultline.model.dependency.Rejoiner;
import io.faultline.model.detector.FailureDetector;
import io.faultline.model.detector.FaultHandler;
import io.faultline.model.detector.Listener;
import io.faultline.model.detector.Lookout;
import io.faultline.model.ghost.GhostSynchroniser;
import io.faultline.model.handler.Handler;
import io.faultline.model.listener.ChangeListener;
import io.faultline.model.monitor.HealthMonitor;
import io.faultline.model.monitor.MonitorSettings;
import io.faultline.model.network.Network;
import io.faultline.model.observation.Observed.HandlerPlaced;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.recovery.Coordinator;
import io.faultline.model.recovery.Mover;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The system under test, whole: nodes, network, partitions, and the actors that look after them.
/// It is what faults and operators act on.
public final class World {

    private final Topology topology;
    private final Network network;
    private final List<Node> partitionNodes;
    private final Node coordinatorNode;
    private final Truth truth;
    private final Coordinator coordinator;
    private final Optional<Barrier> barrier;
    private final Optional<Lookout> lookout;
    private final List<GhostSynchroniser> ghosts;
    private final Optional<Balancer> balancer;
    private final Optional<HealthMonitor> monitor;
    private final Optional<Rejoiner> dependencies;
    private final SortedMap<String, Handler> handlers = new TreeMap<>();
    private final List<Lookout> handlersLookouts = new ArrayList<>();
    private final SortedMap<String, Guest> guests = new TreeMap<>();
    private final List<Partition> partitions = new ArrayList<>();

    /// Builds the system. To be called inside a run.
    public World(ModelSettings settings) {
        topology = settings.topology();
        var protocol = settings.protocol();
        network = new Network(topology.network(), settings.observeMessages());
        partitionNodes =
                topology.nodeIds().stream()
                        .map(id ->
                                new Node(id, topology.indexOf(id), topology.location(id), network))
                        .toList();
        coordinatorNode =
                new Node(
                        Topology.COORDINATOR,
                        partitionNodes.size(),
                        topology.location(Topology.COORDINATOR),
                        network);
        truth = new Truth(network, partitionNodes, coordinatorNode);
        nodes().forEach(node -> node.watchedBy(truth::nodeChanged));

        int count = topology.partitions();
        coordinator =
                hosted(new Coordinator(coordinatorNode, protocol, count, topology.entities()));
        barrier =
                protocol.barrier()
                        .map(b -> new Barrier(coordinatorNode, b, coordinator, count))
                        .map(World::hosted);
        var hosts =
                topology.partitionIds().stream()
                        .map(id -> partitionNodes.get(topology.nodeIndexOf(id)))
                        .toList();
        var healing = protocol.suspicion().healing();
        lookout = protocol.detector().map(d -> d.listenFor(coordinator, healing, hosts));
        balancer =
                protocol.balancer().map(b -> hosted(new Balancer(coordinatorNode, b, coordinator)));
        addHandlers(protocol, count);
        monitor = protocol.monitor().map(m -> hosted(healthMonitor(m, count)));
        dependencies =
                protocol.dependencies()
                        .map(d -> new Rejoiner(coordinatorNode, d, coordinator, count))
                        .map(World::hosted);
        var duties = duties(settings);
        for (var id : topology.partitionIds()) {
            var node = partitionNodes.get(topology.nodeIndexOf(id));
            node.assign(id);
            var peers =
                    new Partition.Peers(
                            listenersTo(id),
                            barrier.map(Actor.class::cast),
                            dependencies.map(Actor.class::cast),
                            balancer.map(Actor.class::cast),
                            coordinator);
            partitions.add(hosted(new Partition(id, node, topology.entities(), duties, peers)));
        }
        protocol.recovery()
                .transfer()
                .ifPresent(transfer ->
                        coordinator.meetMovers(
                                Mover.of(partitions, transfer, coordinator).stream()
                                        .map(World::hosted)
                                        .toList()));
        ghosts =
                protocol.ghosts()
                        .map(g -> GhostSynchroniser.of(partitions, g, coordinator))
                        .orElse(List.of());
        ghosts.forEach(World::hosted);
        for (int rank = 0; rank < ghosts.size(); rank++) {
            partitions.get(rank).meetGhosts(ghosts.get(rank));
        }
        coordinator.meet(partitions);
        barrier.ifPresent(coordinator::subscribe);
        lookout.ifPresent(l -> l.statusListeners().forEach(coordinator::subscribe));
        balancer.ifPresent(b -> {
            b.meet(partitions);
            coordinator.meetBalancer(b);
            coordinator.subscribe(b);
        });
        dependencies.ifPresent(coordinator::subscribe);
        monitor.ifPresent(coordinator::subscribe);
        barrier.ifPresent(b -> b.meet(partitions));
        dependencies.ifPresent(d -> d.meet(partitions));
        new TreeMap<>(protocol.actors())
                .forEach((name, kind) -> guests.put(name, hosted(kind.settle(name, this))));
    }

    private static <A extends Actor> A hosted(A actor) {
        actor.host().house(actor);
        return actor;
    }

    private void addHandlers(Protocol protocol, int partitions) {
        var places = new TreeMap<String, Node>();
        protocol.handlers().forEach((name, node) -> places.put(name, node(node)));
        places.forEach((name, node) -> {
            var handler = hosted(new Handler(name, node, protocol, partitions));
            handlers.put(name, handler);
            protocol.detector()
                    .map(d -> d.listenFor(handler, protocol.suspicion().healing(), partitions))
                    .ifPresent(detector -> {
                        detector.statusListeners().forEach(handler::subscribe);
                        handlersLookouts.add(detector);
                    });
        });
        truth.placeHandlers(places);
    }

    private List<? extends Listener> listenersTo(PartitionId partition) {
        return Stream.concat(lookout.stream(), handlersLookouts.stream())
                .flatMap(all -> all.listenersTo(partition).stream())
                .toList();
    }

    private HealthMonitor healthMonitor(MonitorSettings settings, int partitions) {
        return new HealthMonitor(coordinatorNode, settings, coordinator, lookout, partitions);
    }

    private static Partition.Duties duties(ModelSettings settings) {
        var protocol = settings.protocol();
        return new Partition.Duties(
                protocol.detector().map(FailureDetector::heartbeat),
                protocol.barrier().flatMap(BarrierSettings::work),
                settings.workload());
    }

    /// Says where everything is, and has every actor begin.
    public void start() {
        for (var partition : partitions) {
            var node = partition.host();
            Kronos.observe(
                    new PartitionPlaced(
                            partition.id(), node.id(), node.region(), topology.entities()));
        }
        handlers.forEach(
                (name, handler) -> Kronos.observe(new HandlerPlaced(name, handler.host().id())));
        lookout.ifPresent(Lookout::start);
        handlersLookouts.forEach(Lookout::start);
        barrier.ifPresent(b -> Kronos.after(0, Turn.DELIVERY.ofNobody(), () -> b.start()));
        balancer.ifPresent(b -> Kronos.after(0, Turn.DELIVERY.ofNobody(), () -> b.start()));
        monitor.ifPresent(m -> Kronos.after(0, Turn.SAMPLING.ofNobody(), () -> m.start()));
        guests.values()
                .forEach(guest -> Kronos.after(0, Turn.DELIVERY.ofNobody(), () -> guest.start()));
        for (var partition : partitions) {
            long late =
                    topology.startJitter().sampleNanos(Kronos.random("start/" + partition.id()));
            Kronos.after(late, Turn.DELIVERY.of(partition.id()), () -> partition.start());
            if (!ghosts.isEmpty()) {
                var synchroniser = ghosts.get(partition.id().rank());
                Kronos.after(late, Turn.DELIVERY.of(partition.id()), () -> synchroniser.start());
            }
        }
    }

    /// Has somebody outside of the model told of changes from now on; running the result ends that.
    /// Whoever subscribes before the start is told of everything.
    public Runnable subscribe(ChangeListener listener) {
        return coordinator.subscribers().subscribe(listener);
    }

    public Topology topology() {
        return topology;
    }

    public Network network() {
        return network;
    }

    /// Who keeps book of what is really of use; to be told when the network has changed.
    public Truth truth() {
        return truth;
    }

    public Coordinator coordinator() {
        return coordinator;
    }

    /// The nodes of the coordinator and of every handler.
    public List<Node> handlerNodes() {
        return Stream.concat(
                        Stream.of(coordinatorNode), handlers.values().stream().map(Handler::host))
                .distinct()
                .toList();
    }

    /// The nodes of the coordinator and of every handler who now believes that there is a quorum,
    /// and is up.
    public List<Node> primaries() {
        return Stream.concat(
                        Stream.of(coordinatorNode).filter(_ -> coordinator.isQuorate()),
                        handlers.values().stream().filter(Handler::isQuorate).map(Handler::host))
                .filter(Node::isUp)
                .distinct()
                .toList();
    }

    /// The handler of that name; the coordinator if there is no name.
    public FaultHandler handler(Optional<String> name) {
        return name.<FaultHandler>map(handlers::get).orElse(coordinator);
    }

    /// The actor of your own that has this name.
    ///
    /// @throws IllegalArgumentException if there is none
    public Guest guest(String name) {
        var guest = guests.get(name);
        if (guest == null) {
            throw new IllegalArgumentException(
                    "there is no actor '" + name + "' yet; known: " + guests.keySet());
        }
        return guest;
    }

    /// Who watches the health of the system, if anybody does.
    public Optional<HealthMonitor> monitor() {
        return monitor;
    }

    public List<Partition> partitions() {
        return Collections.unmodifiableList(partitions);
    }

    public Partition partition(PartitionId id) {
        return partitions.get(id.rank());
    }

    /// Every node, the coordinator's last.
    public List<Node> nodes() {
        return Stream.concat(partitionNodes.stream(), Stream.of(coordinatorNode)).toList();
    }

    public Node node(NodeId id) {
        return id.equals(Topology.COORDINATOR)
                ? coordinatorNode
                : partitionNodes.get(topology.indexOf(id));
    }
}
