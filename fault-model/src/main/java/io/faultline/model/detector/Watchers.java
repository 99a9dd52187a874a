package io.faultline.model.detector;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.Turn;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.recovery.Coordinator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Those who measure silence: on the coordinator's node, on the nodes of partitions, or some here
/// and some there.
final class Watchers implements Lookout {

    private final Optional<CentralMonitor> central;
    private final Optional<Jury> jury;
    private final List<Optional<PeerMonitor>> peers;
    private final List<List<PartitionId>> watchers;

    /// @param hosts of the partitions, in order of rank
    Watchers(
            HeartbeatTimeout settings, Healing healing, Coordinator coordinator, List<Node> hosts) {
        int total = hosts.size();
        watchers =
                IntStream.range(0, total)
                        .mapToObj(rank -> settings.watch().watchersOf(new PartitionId(rank), total))
                        .toList();
        var unwatched =
                IntStream.range(0, total).filter(rank -> watchers.get(rank).isEmpty()).toArray();
        central =
                unwatched.length == 0
                        ? Optional.empty()
                        : Optional.of(
                                new CentralMonitor(
                                        "detector",
                                        coordinator.host(),
                                        settings,
                                        healing,
                                        coordinator,
                                        unwatched));
        if (unwatched.length == total) {
            jury = Optional.empty();
            peers = Collections.nCopies(total, Optional.empty());
        } else {
            var hearing =
                    new Jury(
                            coordinator.host(), coordinator, settings.watch().accusers(), watchers);
            jury = Optional.of(hearing);
            peers = new ArrayList<>();
            for (int rank = 0; rank < total; rank++) {
                var self = new PartitionId(rank);
                var watched =
                        hearing.watchedBy(self).stream().mapToInt(PartitionId::rank).toArray();
                peers.add(
                        watched.length == 0
                                ? Optional.empty()
                                : Optional.of(
                                        new PeerMonitor(
                                                self,
                                                hosts.get(rank),
                                                settings,
                                                hearing,
                                                watched)));
            }
            hearing.meet(peers);
        }
        central.ifPresent(monitor -> monitor.host().house(monitor));
        jury.ifPresent(actor -> actor.host().house(actor));
        peers.forEach(peer -> peer.ifPresent(monitor -> monitor.host().house(monitor)));
    }

    @Override
    public List<HeartbeatMonitor> listenersTo(PartitionId partition) {
        var all = watchers.get(partition.rank());
        return all.isEmpty()
                ? List.of(central.orElseThrow())
                : all.stream()
                        .<HeartbeatMonitor>map(watcher -> peers.get(watcher.rank()).orElseThrow())
                        .toList();
    }

    @Override
    public Optional<Long> silenceOf(PartitionId partition) {
        return watchers.get(partition.rank()).isEmpty()
                ? central.map(monitor -> monitor.silenceOf(partition))
                : Optional.empty();
    }

    @Override
    public List<StatusListener> statusListeners() {
        return Stream.<Optional<? extends StatusListener>>of(central, jury)
                .<StatusListener>flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void start() {
        Stream.concat(Stream.of(central), peers.stream())
                .<HeartbeatMonitor>flatMap(Optional::stream)
                .forEach(monitor ->
                        Kronos.after(0, Turn.DELIVERY.ofNobody(), () -> monitor.start()));
    }
}
