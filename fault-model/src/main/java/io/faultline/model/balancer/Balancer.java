package io.faultline.model.balancer;

import io.faultline.kernel.Timer;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.Actor;
import io.faultline.model.Turn;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.Partition;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.detector.StatusListener;
import io.faultline.model.detector.Suspicions.Change;
import io.faultline.model.network.Message;
import io.faultline.model.observation.Observed.BalanceEnd;
import io.faultline.model.observation.Observed.BalanceFinished;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// Levels the load: once in a period it asks all partitions that are taken to be healthy how many
/// entities they own, and if one has too many, has some moved, round after round.
///
/// Who owns what is the coordinator's to decide: it makes a move, or refuses it. While operations
/// are paused for a recovery there is nothing to do, which is no failure.
@Entity
public class Balancer extends Actor implements StatusListener {

    private final BalancerSettings settings;
    private final Actor coordinator;
    private final TreeSet<PartitionId> healthy = new TreeSet<>();
    private final TreeSet<PartitionId> silent = new TreeSet<>();
    private final TreeMap<PartitionId, Integer> replies = new TreeMap<>();

    private List<Partition> partitions = List.of();
    private boolean isBalancing;
    private int rounds;
    private int moved;
    private int unanswered;
    private long number;
    private Timer deadline;

    public Balancer(Node host, BalancerSettings settings, Actor coordinator) {
        super("balancer", host);
        this.settings = settings;
        this.coordinator = coordinator;
    }

    /// Introduces the balancer to the partitions whose loads it levels.
    @NonEvent
    public void meet(List<Partition> partitions) {
        this.partitions = partitions;
        partitions.forEach(partition -> healthy.add(partition.id()));
    }

    /// Begins; the first look at the loads is an interval away.
    public void start() {
        Kronos.after(settings.interval().toNanos(), Turn.TIMER.ofNobody(), () -> this.balance());
    }

    /// It is time to look at the loads.
    public void balance() {
        start();
        if (host().isUp() && !isBalancing && !healthy.isEmpty()) {
            isBalancing = true;
            rounds = 0;
            moved = 0;
            ask();
        }
    }

    private void ask() {
        number++;
        silent.clear();
        silent.addAll(healthy);
        replies.clear();
        unanswered = 0;
        long round = number;
        deadline =
                Kronos.timer(
                        settings.roundTimeout().toNanos(),
                        Turn.TIMER.ofNobody(),
                        () -> this.roundTimedOut(round));
        for (var partition : List.copyOf(silent)) {
            send(partitions.get(partition.rank()), new Message.LoadRequest(partition, number));
        }
    }

    @Override
    protected void handle(Message message) {
        switch (message) {
            case Message.LoadReply reply -> {
                if (isBalancing && reply.round() == number) {
                    replied(reply);
                }
            }
            case Message.Moved(_, var entities, var round) -> {
                if (isBalancing && round == number) {
                    moved += entities;
                    unanswered--;
                    proceedIfAllIsAnswered();
                }
            }
            default -> throw new IllegalArgumentException(this + " does not expect " + message);
        }
    }

    private void replied(Message.LoadReply reply) {
        if (reply.paused()) {
            finish(BalanceEnd.SKIPPED);
        } else if (silent.remove(reply.partition())) {
            replies.put(reply.partition(), reply.entities());
            decideIfAllHaveReplied();
        }
    }

    private void decideIfAllHaveReplied() {
        if (!silent.isEmpty()) {
            return;
        }
        var loads = new Loads(replies);
        if (loads.imbalance() <= settings.threshold()) {
            finish(BalanceEnd.BALANCED);
        } else if (rounds >= maxRounds()) {
            finish(BalanceEnd.OUT_OF_ROUNDS);
        } else {
            exchange(loads.gifts(settings.exchange(), rounds, settings.batch()));
        }
    }

    /// A round without gifts is over at once; only in a butterfly the next one may have some.
    private void exchange(List<Loads.Gift> gifts) {
        if (gifts.isEmpty() && settings.exchange() != Exchange.BUTTERFLY) {
            finish(BalanceEnd.BALANCED);
        } else {
            rounds++;
            unanswered = gifts.size();
            for (var gift : gifts) {
                send(
                        coordinator,
                        new Message.Move(gift.from(), gift.to(), gift.entities(), number));
            }
            proceedIfAllIsAnswered();
        }
    }

    private int maxRounds() {
        return settings.exchange() == Exchange.BUTTERFLY
                ? Math.min(settings.rounds(), Loads.butterflyRounds(partitions.size()))
                : settings.rounds();
    }

    private void proceedIfAllIsAnswered() {
        if (unanswered == 0) {
            deadline.cancel();
            ask();
        }
    }

    /// The time for a round is over.
    public void roundTimedOut(long round) {
        if (host().isUp() && isBalancing && round == number) {
            finish(BalanceEnd.TIMED_OUT);
        }
    }

    private void finish(BalanceEnd end) {
        deadline.cancel();
        isBalancing = false;
        Kronos.observe(new BalanceFinished(end, rounds, moved));
    }

    @Override
    public void statusChanged(Change change) {
        if (change.to() == PartitionStatus.HEALTHY) {
            healthy.add(change.partition());
        } else {
            healthy.remove(change.partition());
        }
    }

    @Override
    public void doubt(PartitionId partition) {}

    @Override
    @NonEvent
    public void nodeCrashed() {
        isBalancing = false;
        if (deadline != null) {
            deadline.cancel();
        }
    }
}
