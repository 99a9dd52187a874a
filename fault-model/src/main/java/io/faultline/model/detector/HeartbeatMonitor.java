package io.faultline.model.detector;

import io.faultline.kernel.Timer;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.Actor;
import io.faultline.model.Turn;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.detector.Suspicions.Change;
import io.faultline.model.network.Message;

import java.util.Arrays;

/// Listens to heartbeats and tells a handler whom it suspects, whom it takes to be failed, and who
/// is alive.
///
/// Its verdicts fall at the checks only. Of each partition it looks at those checks at which
/// something can have changed, so that a heartbeat costs no more than writing down its time.
@Entity
public class HeartbeatMonitor extends Actor implements StatusListener {

    private final HeartbeatTimeout settings;
    private final Healing healing;
    private final FaultHandler handler;
    private final long[] lastHeard;
    private final Opinion[] opinions;
    private final Timer[] checks;

    /// What the monitor has last said of a partition.
    private enum Opinion {
        TRUSTED,
        /// Somebody else reported it; the next check has to say whether it is alive.
        DOUBTED,
        SUSPECTED,
        FAILED
    }

    public HeartbeatMonitor(
            String name,
            Node host,
            HeartbeatTimeout settings,
            Healing healing,
            FaultHandler handler,
            int partitions) {
        super(name, host);
        this.settings = settings;
        this.healing = healing;
        this.handler = handler;
        this.lastHeard = new long[partitions];
        this.opinions = new Opinion[partitions];
        this.checks = new Timer[partitions];
        Arrays.fill(opinions, Opinion.TRUSTED);
    }

    /// Registers every partition, which counts as a heartbeat of each.
    public void start() {
        for (int rank = 0; rank < lastHeard.length; rank++) {
            trust(new PartitionId(rank));
        }
    }

    @Override
    protected void handle(Message message) {
        if (message instanceof Message.Heartbeat(var partition)) {
            heard(partition);
        } else {
            throw new IllegalArgumentException(this + " does not expect " + message);
        }
    }

    private void heard(PartitionId partition) {
        if (opinions[partition.rank()] == Opinion.FAILED) {
            handler.heardLate(partition);
            if (healing == Healing.BY_RECOVERY) {
                return;
            }
        }
        lastHeard[partition.rank()] = Kronos.currentTime();
        if (opinions[partition.rank()] == Opinion.SUSPECTED
                || opinions[partition.rank()] == Opinion.FAILED) {
            checkAt(partition, settings.checkFrom(Kronos.currentTime()));
        }
    }

    /// When a partition was last heard from, or counted as if it were.
    @NonEvent
    public long lastHeard(PartitionId partition) {
        return lastHeard[partition.rank()];
    }

    /// A check at which something about a partition can have changed.
    public void check(PartitionId partition) {
        if (!host().isUp()) {
            return;
        }
        long heard = lastHeard[partition.rank()];
        switch (settings.judge(Kronos.currentTime() - heard)) {
            case ALIVE -> {
                if (opinions[partition.rank()] != Opinion.TRUSTED) {
                    opinions[partition.rank()] = Opinion.TRUSTED;
                    tell(partition, () -> handler.alive(partition));
                }
                checkAt(partition, settings.suspectCheck(heard));
            }
            case SUSPECT -> {
                opinions[partition.rank()] = Opinion.SUSPECTED;
                tell(partition, () -> handler.suspect(partition));
                checkAt(partition, settings.failureCheck(heard));
            }
            case CONFIRM -> {
                opinions[partition.rank()] = Opinion.FAILED;
                tell(partition, () -> handler.confirm(partition));
            }
        }
    }

    /// Somebody has reported a partition: the next check has to say whether it is alive.
    @Override
    public void doubt(PartitionId partition) {
        if (opinions[partition.rank()] == Opinion.TRUSTED) {
            opinions[partition.rank()] = Opinion.DOUBTED;
            checkAt(partition, settings.checkFrom(Kronos.currentTime()));
        }
    }

    @Override
    public void statusChanged(Change change) {
        switch (change.to()) {
            case FAILED -> {
                opinions[change.partition().rank()] = Opinion.FAILED;
                checks[change.partition().rank()].cancel();
            }
            case HEALTHY -> {
                switch (change.reason()) {
                    case RECOVERED, OPERATOR -> trust(change.partition());
                    default -> absolve(change.partition());
                }
            }
            case SUSPECTED -> doubt(change.partition());
        }
    }

    /// Somebody else has heard from a partition. If it has been silent here for too long, the next
    /// check will say so again.
    private void absolve(PartitionId partition) {
        if (opinions[partition.rank()] == Opinion.SUSPECTED) {
            checkAt(partition, settings.checkFrom(Kronos.currentTime()));
        }
        opinions[partition.rank()] = Opinion.TRUSTED;
    }

    /// Silence while nobody listened proves nothing: it is measured from now on.
    @Override
    @NonEvent
    public void nodeRestarted() {
        for (int rank = 0; rank < lastHeard.length; rank++) {
            lastHeard[rank] = Kronos.currentTime();
            if (opinions[rank] != Opinion.FAILED) {
                checkAt(new PartitionId(rank), settings.checkFrom(Kronos.currentTime()));
            }
        }
    }

    private void trust(PartitionId partition) {
        opinions[partition.rank()] = Opinion.TRUSTED;
        lastHeard[partition.rank()] = Kronos.currentTime();
        checkAt(partition, settings.suspectCheck(Kronos.currentTime()));
    }

    private void checkAt(PartitionId partition, long time) {
        var pending = checks[partition.rank()];
        if (pending != null) {
            pending.cancel();
        }
        checks[partition.rank()] =
                Kronos.timer(
                        time - Kronos.currentTime(),
                        Turn.TIMER.of(partition),
                        () -> this.check(partition));
    }

    private static void tell(PartitionId partition, Runnable call) {
        Kronos.after(0, Turn.DELIVERY.of(partition), call);
    }
}
