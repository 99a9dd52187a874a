package io.faultline.model.cluster;

import io.faultline.kernel.Hold;
import io.faultline.kernel.Timer;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.Turn;
import io.faultline.model.network.Host;
import io.faultline.model.network.Network;
import io.faultline.model.observation.Observed;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodePaused;
import io.faultline.model.observation.Observed.NodeReplaced;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.NodeResumed;
import io.faultline.model.observation.Observed.NodeStopped;
import io.faultline.model.observation.Observed.NodeWiped;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A machine: it is up or down, and does one piece of work after another.
///
/// Whatever its actors do takes its turn in one queue, in the order of arrival, so a node with too
/// much to do is late with everything, heartbeats included.
///
/// A node that is up can be paused: nothing on it runs, and it loses nothing. Messages that arrive
/// and timers that come due wait, and are all handled when it goes on, in the order in which they
/// would have been. What it works on and what it sends takes as much longer as the pause.
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
    private final List<Runnable> wipes = new ArrayList<>();
    private final List<Runnable> pauses = new ArrayList<>();
    private final List<Runnable> leaves = new ArrayList<>();
    private final List<Slowdown> slowdowns = new ArrayList<>();
    private final List<Slowdown> unfelt = new ArrayList<>();
    private final Server processor = new Server();
    private final Server uplink = new Server();
    private final NodeClock clock = new NodeClock(() -> residents.forEach(Resident::clockChanged));

    private Consumer<Node> watcher = _ -> {};
    private boolean up = true;
    private int incarnation = 1;
    private Optional<Hold> hold = Optional.empty();
    private boolean hasYetToStart;
    private boolean hasStopped;

    /// Something that slows the processor down. It is known by what is run when it is felt.
    ///
    /// @param factor how many times as long everything takes
    /// @param overhead what every piece of work takes besides, in nanoseconds
    private record Slowdown(double factor, long overhead, Runnable felt) {}

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
            goDown(new NodeCrashed(id));
        }
    }

    private void goDown(Observed how) {
        crashes.addAll(leaves);
        leaves.clear();
        up = false;
        hasStopped = how instanceof NodeStopped;
        hasYetToStart = false;
        processor.forget();
        uplink.forget();
        Kronos.observe(how);
        watcher.accept(this);
        residents.forEach(Resident::nodeCrashed);
        goOn();
    }

    /// The node accepts no operation any more, does what it has to do, says so to the coordinator,
    /// and stops. It stays down until the last of those that keep it down is over, or until
    /// somebody restarts it.
    ///
    /// @param takesEffect run once it is this that keeps the node from working: now, or when what
    ///   keeps it down is over
    @NonEvent
    public void leave(Runnable takesEffect) {
        if (!up) {
            crashes.add(takesEffect);
            return;
        }
        leaves.add(takesEffect);
        takesEffect.run();
        this.stopOnceDone(incarnation);
    }

    /// The node need not stop any more, or may start again if nothing else keeps it down.
    ///
    /// @param takesEffect as it was given to [#leave]
    @NonEvent
    public void leaveOver(Runnable takesEffect) {
        if (!leaves.remove(takesEffect)) {
            this.crashOver(takesEffect);
        }
    }

    /// Whether it accepts no operation any more, and is about to stop.
    @NonEvent
    public boolean isLeaving() {
        return !leaves.isEmpty();
    }

    /// Whether it was not a crash that took it down.
    @NonEvent
    public boolean hasStopped() {
        return hasStopped;
    }

    /// Stops if nothing is left to do; if something is, it will be asked again.
    public void stopOnceDone(int incarnation) {
        if (!up || incarnation != this.incarnation || leaves.isEmpty() || isPaused()) {
            return;
        }
        Runnable again = () -> this.stopOnceDone(incarnation);
        if (processor.hasQueue()) {
            processor.enqueue(0, Turn.DELIVERY.ofNobody(), again);
        } else if (uplink.hasQueue()) {
            uplink.enqueue(0, Turn.DELIVERY.ofNobody(), again);
        } else if (residents.stream().allMatch(Resident::isAtRest)) {
            residents.forEach(Resident::nodeLeaves);
            goDown(new NodeStopped(id));
        }
    }

    /// A crash is over, and the node starts again from scratch if no other keeps it down. If the
    /// node was restarted since, there is nothing left to do.
    ///
    /// @param takesEffect as it was given to [#crash]
    public void crashOver(Runnable takesEffect) {
        if (crashes.remove(takesEffect)) {
            startUnlessKeptDown();
        }
    }

    private void startUnlessKeptDown() {
        if (isWiped()) {
            return;
        }
        if (crashes.isEmpty()) {
            start();
        } else {
            crashes.getFirst().run();
        }
    }

    /// The node starts again from scratch if it is down, whatever crashed it; unless it is wiped,
    /// when there is nothing to start.
    public void restart() {
        if (!up && !isWiped()) {
            crashes.clear();
            start();
        }
    }

    /// The node stops at once, if it is up, and all that it stored is lost. Nobody can start it
    /// again until the last of the wipes that overlap is over.
    ///
    /// @param takesEffect run once it is this wipe that makes the node of no use: now, or when
    ///   those before it are over
    public void wipe(Runnable takesEffect) {
        wipes.add(takesEffect);
        if (wipes.size() == 1) {
            takesEffect.run();
            if (up) {
                goDown(new NodeCrashed(id));
            }
            Kronos.observe(new NodeWiped(id));
        }
    }

    /// A wipe is over. If no other is left, an empty machine takes the place of the node, and
    /// starts unless a crash keeps it down.
    ///
    /// @param takesEffect as it was given to [#wipe]
    public void wipeOver(Runnable takesEffect) {
        wipes.remove(takesEffect);
        if (wipes.isEmpty()) {
            Kronos.observe(new NodeReplaced(id));
            startUnlessKeptDown();
        } else {
            wipes.getFirst().run();
        }
    }

    /// Whether nothing is left of it that could be started.
    @NonEvent
    public boolean isWiped() {
        return !wipes.isEmpty();
    }

    private void start() {
        up = true;
        incarnation++;
        Kronos.observe(new NodeRestarted(id, incarnation));
        if (pauses.isEmpty()) {
            watcher.accept(this);
            tellOfStart();
        } else {
            hasYetToStart = true;
            stand();
        }
    }

    private void tellOfStart() {
        residents.forEach(Resident::nodeRestarted);
        var calls = List.copyOf(deferred);
        deferred.clear();
        calls.forEach(Runnable::run);
    }

    /// Nothing on the node runs from now on, until the last of the pauses that overlap is over. A
    /// crash ends that, but not the pause: a node that starts again meanwhile is paused at once.
    ///
    /// @param takesEffect run once it is this pause that keeps the node from running: now, or when
    ///   the node starts or those before it are over
    public void pause(Runnable takesEffect) {
        pauses.add(takesEffect);
        if (up && hold.isEmpty()) {
            stand();
        }
    }

    private void stand() {
        pauses.getFirst().run();
        processor.stop();
        uplink.stop();
        residents.forEach(Resident::nodePaused);
        hold = Optional.of(Kronos.hold(who -> who instanceof Hosted h && h.host() == this));
        Kronos.observe(new NodePaused(id));
        watcher.accept(this);
    }

    /// A pause is over, and the node goes on if no other keeps it from running.
    ///
    /// @param takesEffect as it was given to [#pause]
    public void pauseOver(Runnable takesEffect) {
        if (!pauses.remove(takesEffect) || hold.isEmpty()) {
            return;
        }
        if (!pauses.isEmpty()) {
            pauses.getFirst().run();
            return;
        }
        Kronos.observe(new NodeResumed(id));
        goOn();
        watcher.accept(this);
        if (hasYetToStart) {
            hasYetToStart = false;
            tellOfStart();
        }
        if (isLeaving()) {
            this.stopOnceDone(incarnation);
        }
    }

    private void goOn() {
        processor.resume();
        uplink.resume();
        hold.ifPresent(Hold::release);
        hold = Optional.empty();
    }

    /// Has a call made when the node starts again.
    @NonEvent
    public void onceRestarted(Runnable call) {
        deferred.add(call);
    }

    /// The processor is slower from now on: everything takes `factor` times as long, also what it
    /// has begun, and every piece of work that comes takes `overhead` more. To handle a message is
    /// a piece of work as long as there is an overhead.
    ///
    /// @param felt run when the first work takes longer
    /// @return makes it as much faster
    @NonEvent
    public Runnable slow(double factor, long overhead, Runnable felt) {
        var slowdown = new Slowdown(factor, overhead, felt);
        slowdowns.add(slowdown);
        unfelt.add(slowdown);
        if (factor > 1 && processor.isBusy()) {
            unfelt.remove(slowdown);
            felt.run();
        }
        processor.slow(slowness());
        return () -> {
            slowdowns.remove(slowdown);
            unfelt.remove(slowdown);
            processor.slow(slowness());
        };
    }

    private double slowness() {
        return slowdowns.stream().mapToDouble(Slowdown::factor).reduce(1, (a, b) -> a * b);
    }

    private long overhead() {
        return slowdowns.stream().mapToLong(Slowdown::overhead).sum();
    }

    /// Work takes longer than it would.
    ///
    /// @param nanos how long it would take if nothing slowed it down; 0 if that takes no time, so
    ///   that no factor changes it
    private void feel(long nanos) {
        for (var slowdown : List.copyOf(unfelt)) {
            if (slowdown.overhead > 0 || slowdown.factor > 1 && nanos > 0) {
                unfelt.remove(slowdown);
                slowdown.felt.run();
            }
        }
    }

    /// How much work it is to do what takes so long besides all overhead.
    private long workFor(long nanos) {
        if (slowdowns.isEmpty()) {
            return nanos;
        }
        feel(nanos);
        return nanos + Math.round(overhead() / slowness());
    }

    /// Whether it is work to handle a message.
    @NonEvent
    public boolean laboursOverMessages() {
        return !slowdowns.isEmpty() && overhead() > 0;
    }

    /// Puts a piece of work into the queue.
    ///
    /// @param nanos how long it takes once its turn has come
    /// @param call posts exactly one event, for when it is done
    @NonEvent
    public Timer enqueue(long nanos, int priority, Runnable call) {
        return processor.enqueue(workFor(nanos), priority, call);
    }

    /// Puts a piece of work into the queue that nobody waits for.
    @NonEvent
    public void enqueue(long nanos) {
        processor.enqueue(workFor(nanos));
    }

    /// Does a piece of work beside all others, as if there were a processor for it alone.
    ///
    /// @param call posts exactly one event, for when it is done
    @NonEvent
    public Timer work(long nanos, int priority, Runnable call) {
        return processor.beside(workFor(nanos), priority, call);
    }

    /// Puts data into the queue of what the node sends, which is not that of its work.
    ///
    /// @param nanos how long it takes once its turn has come
    /// @param call posts exactly one event, for when it has left
    @NonEvent
    public Timer transmit(long nanos, int priority, Runnable call) {
        return uplink.enqueue(nanos, priority, call);
    }

    @Override
    @NonEvent
    public boolean isUp() {
        return up;
    }

    /// Whether it is up, but nothing on it runs.
    @NonEvent
    public boolean isPaused() {
        return hold.isPresent();
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
