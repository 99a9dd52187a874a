package io.faultline.model.cluster;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.network.Host;
import io.faultline.model.network.Network;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodeRestarted;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/// A machine: it is up or down, and does one piece of work after another.
///
/// Whatever its actors do takes its turn in one queue, in the order of arrival, so a node with too
/// much to do is late with everything, heartbeats included.
@Entity
public class Node implements Host {

    private final NodeId id;
    private final int index;
    private final Location location;
    private final Network network;
    private final List<PartitionId> partitions = new ArrayList<>();
    private final List<Resident> residents = new ArrayList<>();
    private final List<Runnable> deferred = new ArrayList<>();
    private final List<Runnable> crashes = new ArrayList<>();
    private final NodeClock clock = new NodeClock(() -> residents.forEach(Resident::clockChanged));

    private Consumer<Node> watcher = _ -> {};
    private boolean up = true;
    private int incarnation = 1;
    private long busyUntil;
    private long sendingUntil;

    /// @param index its position in the cluster, from 0
    public Node(NodeId id, int index, Location location, Network network) {
        this.id = id;
        this.index = index;
        this.location = location;
        this.network = network;
    }

    /// Names whoever keeps book of what is really up, and is to be told of crashes and restarts.
    @NonEvent
    public void watchedBy(Consumer<Node> watcher) {
        this.watcher = watcher;
    }

    /// Takes somebody in.
    @NonEvent
    public void house(Resident resident) {
        residents.add(resident);
    }

    /// Makes this the node of a partition.
    @NonEvent
    public void assign(PartitionId partition) {
        partitions.add(partition);
    }

    /// The node stops at once, if it is up, and loses what it was doing. It stays down until the
    /// last of the crashes that overlap is over, or until somebody restarts it.
    ///
    /// @param takesEffect run once it is this crash that keeps the node down: now, or when those
    ///   before it are over
    public void crash(Runnable takesEffect) {
        crashes.add(takesEffect);
        if (up) {
            takesEffect.run();
            up = false;
            busyUntil = 0;
            sendingUntil = 0;
            Kronos.observe(new NodeCrashed(id));
            watcher.accept(this);
            residents.forEach(Resident::nodeCrashed);
        }
    }

    /// A crash is over, and the node starts again from scratch if no other keeps it down. If the
    /// node was restarted since, there is nothing left to do.
    ///
    /// @param takesEffect as it was given to [#crash]
    public void crashOver(Runnable takesEffect) {
        if (crashes.remove(takesEffect)) {
            if (crashes.isEmpty()) {
                start();
            } else {
                crashes.getFirst().run();
            }
        }
    }

    /// The node starts again from scratch if it is down, whatever crashed it.
    public void restart() {
        if (!up) {
            crashes.clear();
            start();
        }
    }

    private void start() {
        up = true;
        incarnation++;
        Kronos.observe(new NodeRestarted(id, incarnation));
        watcher.accept(this);
        residents.forEach(Resident::nodeRestarted);
        var calls = List.copyOf(deferred);
        deferred.clear();
        calls.forEach(Runnable::run);
    }

    /// Has a call made when the node starts again.
    @NonEvent
    public void onceRestarted(Runnable call) {
        deferred.add(call);
    }

    /// Puts a piece of work into the queue.
    ///
    /// @param nanos how long it takes once its turn has come
    /// @return how long it is from now until it is done
    @NonEvent
    public long enqueue(long nanos) {
        long now = Kronos.currentTime();
        busyUntil = Math.max(busyUntil, now) + nanos;
        return busyUntil - now;
    }

    /// Puts data into the queue of what the node sends, which is not that of its work.
    ///
    /// @param nanos how long it takes once its turn has come
    /// @return how long it is from now until it has left
    @NonEvent
    public long transmit(long nanos) {
        long now = Kronos.currentTime();
        sendingUntil = Math.max(sendingUntil, now) + nanos;
        return sendingUntil - now;
    }

    @Override
    @NonEvent
    public boolean isUp() {
        return up;
    }

    /// How often the node has started, the first time being 1.
    @Override
    @NonEvent
    public int incarnation() {
        return incarnation;
    }

    @Override
    @NonEvent
    public NodeId id() {
        return id;
    }

    @Override
    @NonEvent
    public int index() {
        return index;
    }

    @Override
    @NonEvent
    public String region() {
        return location.region();
    }

    /// Where it is.
    @NonEvent
    public Location location() {
        return location;
    }

    /// The clock by which everybody here measures time.
    @NonEvent
    public NodeClock clock() {
        return clock;
    }

    @NonEvent
    public Network network() {
        return network;
    }

    /// The partitions that live here, in order of rank.
    @NonEvent
    public List<PartitionId> partitions() {
        return Collections.unmodifiableList(partitions);
    }

    @Override
    public String toString() {
        return id.name();
    }
}
