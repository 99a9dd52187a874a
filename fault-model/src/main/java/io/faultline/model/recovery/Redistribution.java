package io.faultline.model.recovery;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.Turn;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.Message;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.TransferCompleted;
import io.faultline.model.observation.Observed.TransferRerouted;
import io.faultline.model.recovery.Placement.Move;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The part of the coordinator that gives the entities of failed partitions to others, and says who
/// owns how many.
///
/// Entities change their owner at the end of a phase. Without [TransferSettings] that is all there
/// is to it. With them, a phase begins with orders to send the entities, and is not over before all
/// have arrived: while a partition is down, its next healthy neighbour sends, which holds a replica
/// of what it owns; whoever gives entities back sends them itself.
final class Redistribution {

    private final Placement placement;
    private final Heirs heirs = new Heirs();
    private final Survivors survivors;
    private final OptionalInt spread;
    private final boolean transfers;
    private final SequencedMap<PartitionId, Plan> plans = new LinkedHashMap<>();
    private final SequencedSet<Plan> balancing = new LinkedHashSet<>();
    private final SequencedMap<Long, Share> open = new LinkedHashMap<>();
    private BiConsumer<PartitionId, Message> send = (_, _) -> {};
    private Consumer<Message.TransferOrder> sendOrder = _ -> {};
    private long version;
    private long orders;

    /// What one phase of a recovery moves.
    private static final class Plan {
        final PartitionId recovered;
        final RecoveryPhase phase;
        final SequencedSet<Share> shares = new LinkedHashSet<>();
        final long since = Kronos.currentTime();
        Optional<IntConsumer> balancing = Optional.empty();
        boolean hasBegun;
        boolean isComplete;
        int unfinished;
        Optional<Runnable> whenComplete = Optional.empty();

        Plan(PartitionId recovered, RecoveryPhase phase) {
            this.recovered = recovered;
            this.phase = phase;
        }
    }

    /// What one partition is to get in it.
    private static final class Share {
        final Plan plan;
        final Move move;
        PartitionId source;
        final Set<Integer> batches = new HashSet<>(); // of the order; never iterated
        long order;
        int missing;

        Share(Plan plan, Move move, PartitionId source) {
            this.plan = plan;
            this.move = move;
            this.source = source;
            this.missing = move.entities();
        }
    }

    /// @param healthy whether the coordinator believes a partition to be healthy
    Redistribution(
            RecoverySettings settings,
            int partitions,
            int entitiesEach,
            Predicate<PartitionId> healthy) {
        this.placement = new Placement(partitions, entitiesEach);
        this.survivors = new Survivors(partitions, healthy);
        this.spread = settings.spread().map(OptionalInt::of).orElseGet(OptionalInt::empty);
        this.transfers = settings.transfer().isPresent();
    }

    /// Gives the way in which the coordinator sends messages to partitions.
    void sendWith(BiConsumer<PartitionId, Message> send) {
        this.send = send;
    }

    /// Gives the way in which it sends orders to those who move entities.
    void orderWith(Consumer<Message.TransferOrder> sendOrder) {
        this.sendOrder = sendOrder;
    }

    // The phases of a recovery.

    /// Begins with what a phase is for, if that takes time.
    ///
    /// @param isUp whether the partition can take entities now; if not, it will say when it
    ///   [#joined]
    void phaseBegun(PartitionId recovered, RecoveryPhase phase, boolean isUp) {
        if (transfers && moves(phase)) {
            var plan = new Plan(recovered, phase);
            plans.put(recovered, plan);
            if (isUp || phase == RecoveryPhase.REDISTRIBUTING) {
                begin(plan);
            }
        }
    }

    /// Whether everything that a phase moves has arrived; if not, `whenComplete` is run when it
    /// has.
    boolean isComplete(PartitionId recovered, Runnable whenComplete) {
        var plan = plans.get(recovered);
        if (plan == null || plan.isComplete) {
            return true;
        }
        plan.whenComplete = Optional.of(whenComplete);
        return false;
    }

    /// Does what a phase is for, at its end.
    void phaseDone(PartitionId recovered, RecoveryPhase phase) {
        if (moves(phase)) {
            var plan = plans.remove(recovered);
            var moves = plan == null ? plan(recovered, phase) : moves(plan);
            for (var move : moves) {
                if (phase == RecoveryPhase.REDISTRIBUTING) {
                    heirs.add(move.from(), move.to());
                } else {
                    heirs.forget(recovered);
                }
            }
            make(moves);
        }
    }

    /// An attempt is over, whether or not it has come to its end.
    void attemptOver(PartitionId recovered) {
        var plan = plans.remove(recovered);
        if (plan != null) {
            plan.shares.forEach(share -> {
                open.remove(share.order);
                placement.cancel(share.move);
            });
        }
    }

    private static boolean moves(RecoveryPhase phase) {
        return phase == RecoveryPhase.REDISTRIBUTING || phase == RecoveryPhase.REBALANCING;
    }

    private static List<Move> moves(Plan plan) {
        return plan.shares.stream().map(share -> share.move).toList();
    }

    private static int entitiesOf(List<Move> moves) {
        return moves.stream().mapToInt(Move::entities).sum();
    }

    private List<Move> plan(PartitionId recovered, RecoveryPhase phase) {
        if (phase == RecoveryPhase.REDISTRIBUTING) {
            return placement.spread(recovered, survivors.without(recovered, spread));
        }
        return placement.fill(
                recovered,
                spread.isPresent()
                        ? heirs.holders(recovered, survivors::isHealthy)
                        : survivors.without(recovered, spread));
    }

    private void make(List<Move> moves) {
        version++;
        var owners = new LinkedHashSet<PartitionId>();
        for (var move : moves) {
            placement.make(move);
            Kronos.observe(new EntitiesMoved(move.from(), move.to(), move.entities()));
            owners.add(move.from());
            owners.add(move.to());
        }
        owners.forEach(this::assign);
    }

    /// Tells a partition what it owns.
    void assign(PartitionId partition) {
        send.accept(partition, new Message.Assign(partition, placement.owned(partition), version));
    }

    /// Levels the load between two partitions that are healthy.
    ///
    /// @param whenDone is told how many entities were moved
    void balance(PartitionId from, PartitionId to, int entities, IntConsumer whenDone) {
        var moves = placement.give(from, to, entities);
        if (moves.isEmpty()) {
            whenDone.accept(0);
            return;
        }
        if (!transfers) {
            make(moves);
            whenDone.accept(entitiesOf(moves));
            return;
        }
        var plan = new Plan(to, RecoveryPhase.REBALANCING);
        plan.balancing = Optional.of(whenDone);
        plan.hasBegun = true;
        balancing.add(plan);
        moves.forEach(move -> add(plan, move));
    }

    // Entities on their way.

    private void begin(Plan plan) {
        plan.hasBegun = true;
        for (var move : plan(plan.recovered, plan.phase)) {
            add(plan, move);
        }
        completeIfNothingIsMissing(plan);
    }

    private void add(Plan plan, Move move) {
        var share = new Share(plan, move, move.from());
        plan.shares.add(share);
        plan.unfinished++;
        if (plan.phase == RecoveryPhase.REBALANCING) {
            order(share);
        } else {
            orderFromReplica(share);
        }
    }

    /// The partition that owns the entities is down: its next healthy neighbour has a replica.
    private void orderFromReplica(Share share) {
        survivors
                .next(share.move.from(), share.move.from())
                .ifPresent(replica -> {
                    share.source = replica;
                    order(share);
                });
    }

    /// Has what is missing sent; what older orders still bring does not count any more.
    private void order(Share share) {
        open.remove(share.order);
        share.order = ++orders;
        share.batches.clear();
        open.put(share.order, share);
        sendOrder.accept(
                new Message.TransferOrder(
                        share.source, share.move.to(), share.missing, share.order));
    }

    /// A batch has arrived. If it comes again it counts no more.
    void transferred(Message.Transferred batch) {
        var share = open.get(batch.order());
        if (share != null && share.batches.add(batch.batch())) {
            share.missing -= batch.entities();
            if (share.missing == 0) {
                open.remove(share.order);
                share.plan.unfinished--;
                completeIfNothingIsMissing(share.plan);
            }
        }
    }

    private void completeIfNothingIsMissing(Plan plan) {
        if (plan.unfinished > 0 || !plan.hasBegun || plan.isComplete) {
            return;
        }
        plan.isComplete = true;
        if (plan.balancing.isPresent()) {
            balancing.remove(plan);
            var moves = moves(plan);
            make(moves);
            plan.balancing.get().accept(entitiesOf(moves));
        } else {
            Kronos.observe(
                    new TransferCompleted(
                            plan.recovered,
                            plan.phase,
                            entitiesOf(moves(plan)),
                            Duration.ofNanos(Kronos.currentTime() - plan.since)));
            plan.whenComplete.ifPresent(
                    call -> Kronos.after(0, Turn.DELIVERY.of(plan.recovered), call));
        }
    }

    /// A partition has started again: what it was sent is lost, and so is what it was to send.
    void joined(PartitionId partition) {
        for (var plan : everyPlan()) {
            if (!plan.hasBegun) {
                if (plan.recovered.equals(partition)) {
                    begin(plan);
                }
                continue;
            }
            for (var share : plan.shares) {
                if (share.move.to().equals(partition)) {
                    plan.unfinished += share.missing == 0 ? 1 : 0;
                    share.missing = share.move.entities();
                    plan.isComplete = false;
                    order(share);
                } else if (share.source.equals(partition) && share.missing > 0) {
                    order(share);
                }
            }
        }
    }

    private List<Plan> everyPlan() {
        return Stream.concat(plans.values().stream(), balancing.stream()).toList();
    }

    /// The coordinator has started again, and does not know what has arrived in the meantime.
    void restarted() {
        for (var plan : everyPlan()) {
            if (!plan.hasBegun) {
                begin(plan);
                continue;
            }
            plan.shares.stream().filter(share -> share.missing > 0).forEach(this::order);
        }
    }

    /// A partition has failed: it is counted on no more, neither to send nor to take.
    void failed(PartitionId partition) {
        for (var plan : everyPlan()) {
            if (plan.balancing.isPresent() || !plan.recovered.equals(partition)) {
                withdraw(plan, partition);
            }
        }
    }

    private void withdraw(Plan plan, PartitionId partition) {
        for (var share : List.copyOf(plan.shares)) {
            boolean takes = share.move.to().equals(partition);
            if (takes || share.move.from().equals(partition)) {
                open.remove(share.order);
                plan.shares.remove(share);
                plan.unfinished -= share.missing > 0 ? 1 : 0;
                placement.cancel(share.move);
                if (takes && plan.balancing.isEmpty()) {
                    reroute(plan, share.move);
                }
            } else if (share.source.equals(partition) && share.missing > 0) {
                orderFromReplica(share);
            }
        }
        completeIfNothingIsMissing(plan);
    }

    /// The share of a partition that has failed goes to the next one.
    private void reroute(Plan plan, Move lost) {
        survivors
                .next(lost.to(), lost.from())
                .ifPresent(heir -> {
                    var move = new Move(lost.from(), heir, lost.entities());
                    placement.plan(move);
                    Kronos.observe(
                            new TransferRerouted(plan.recovered, lost.to(), heir, lost.entities()));
                    add(plan, move);
                });
    }
}
