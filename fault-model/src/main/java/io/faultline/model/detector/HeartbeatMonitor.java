package io.faultline.model.detector;

import io.faultline.kernel.Timer;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.Turn;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.NodeClock;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.LateHeartbeat;

import java.util.Arrays;

/// Listens to the heartbeats of some partitions and says whom it suspects, whom it takes to be
/// failed, and who is alive.
///
/// Its verdicts fall at the checks only. Of each partition it looks at those checks at which
/// something can have changed, so that a heartbeat costs no more than writing down its time.
@Entity
public abstract class HeartbeatMonitor extends Listener {

    private final HeartbeatTimeout settings;
    private final int[] watched;
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

    /// @param watched the ranks of the partitions that it listens to, in ascending order
    protected HeartbeatMonitor(String name, Node host, HeartbeatTimeout settings, int[] watched) {
        super(name, host);
        this.settings = settings;
        this.watched = watched;
        this.lastHeard = new long[watched.length];
        this.opinions = new Opinion[watched.length];
        this.checks = new Timer[watched.length];
        Arrays.fill(opinions, Opinion.TRUSTED);
    }

    /// Registers every partition, which counts as a heartbeat of each.
    @Override
    public void start() {
        if (host().isUp()) {
            for (int rank : watched) {
                trust(new PartitionId(rank));
            }
        }
    }

    /// Says what a check has found.
    protected abstract void say(PartitionId partition, Finding finding);

    /// Whether only others can take back that a partition has failed.
    protected abstract boolean standsByFailures();

    /// A heartbeat of a partition that is taken to be failed has come.
    protected void heardLate(PartitionId partition) {
        Kronos.observe(new LateHeartbeat(partition));
    }

    /// A heartbeat has come.
    protected final void heard(PartitionId partition) {
        int at = place(partition);
        if (opinions[at] == Opinion.FAILED) {
            heardLate(partition);
            if (standsByFailures()) {
                return;
            }
        }
        lastHeard[at] = clock().read();
        if (opinions[at] == Opinion.SUSPECTED || opinions[at] == Opinion.FAILED) {
            checkAt(partition, settings.checkFrom(clock().counted()));
        }
    }

    @Override
    @NonEvent
    public final long silenceOf(PartitionId partition) {
        return clock().read() - lastHeard[place(partition)];
    }

    /// A check at which something about a partition can have changed.
    public void check(PartitionId partition) {
        if (!host().isUp()) {
            return;
        }
        int at = place(partition);
        long heard = lastHeard[at];
        switch (settings.judge(clock().read() - heard)) {
            case ALIVE -> {
                if (opinions[at] != Opinion.TRUSTED) {
                    opinions[at] = Opinion.TRUSTED;
                    say(partition, Finding.ALIVE);
                }
                checkAt(partition, settings.suspectCheck(clock().countedWhenShowing(heard)));
            }
            case SUSPECT -> {
                opinions[at] = Opinion.SUSPECTED;
                say(partition, Finding.SUSPECT);
                checkAt(partition, settings.failureCheck(clock().countedWhenShowing(heard)));
            }
            case CONFIRM -> {
                opinions[at] = Opinion.FAILED;
                say(partition, Finding.CONFIRM);
            }
        }
    }

    /// Somebody has reported a partition: the next check has to say whether it is alive.
    protected final void doubted(PartitionId partition) {
        if (opinions[place(partition)] == Opinion.TRUSTED) {
            opinions[place(partition)] = Opinion.DOUBTED;
            checkAt(partition, settings.checkFrom(clock().counted()));
        }
    }

    /// The next check has to say how it stands with a partition, even if it has said so before.
    protected final void lookAgain(PartitionId partition) {
        if (opinions[place(partition)] == Opinion.TRUSTED) {
            opinions[place(partition)] = Opinion.DOUBTED;
        }
        checkAt(partition, settings.checkFrom(clock().counted()));
    }

    /// Somebody else has heard from a partition. If it has been silent here for too long, the next
    /// check will say so again.
    protected final void absolve(PartitionId partition) {
        if (opinions[place(partition)] == Opinion.SUSPECTED) {
            checkAt(partition, settings.checkFrom(clock().counted()));
        }
        opinions[place(partition)] = Opinion.TRUSTED;
    }

    /// A partition is taken to be failed, whatever its heartbeats say.
    protected final void giveUp(PartitionId partition) {
        opinions[place(partition)] = Opinion.FAILED;
        checks[place(partition)].cancel();
    }

    /// Measures the silence of a partition from now on.
    protected final void trust(PartitionId partition) {
        opinions[place(partition)] = Opinion.TRUSTED;
        lastHeard[place(partition)] = clock().read();
        checkAt(partition, settings.suspectCheck(clock().counted()));
    }

    /// Silence while nobody listened proves nothing: it is measured from now on, and the next check
    /// takes back what was said because of it.
    protected final void listenAgain() {
        for (int at = 0; at < watched.length; at++) {
            lastHeard[at] = clock().read();
            if (opinions[at] != Opinion.FAILED) {
                checkAt(new PartitionId(watched[at]), settings.checkFrom(clock().counted()));
            }
        }
    }

    /// Forgets everything and looks at nobody.
    protected final void forget() {
        Arrays.fill(opinions, Opinion.TRUSTED);
        for (var check : checks) {
            if (check != null) {
                check.cancel();
            }
        }
    }

    /// Silence is another now than it was to be, so the next check looks at everybody.
    @Override
    @NonEvent
    public void clockChanged() {
        for (int at = 0; at < watched.length; at++) {
            if (checks[at] != null && checks[at].isPending()) {
                checkAt(new PartitionId(watched[at]), settings.checkFrom(clock().counted()));
            }
        }
    }

    /// Whoever looks at every check finds silence at the first one after a pause which was due in
    /// it, however many heartbeats wait behind it.
    @Override
    @NonEvent
    public void nodePaused() {
        clockChanged();
    }

    private NodeClock clock() {
        return host().clock();
    }

    /// @param time what the clock will have counted then
    private void checkAt(PartitionId partition, long time) {
        long nanos = clock().until(time);
        int at = place(partition);
        if (checks[at] != null) {
            checks[at].restart(nanos);
        } else {
            checks[at] = Kronos.timer(nanos, Turn.TIMER.of(partition), () -> this.check(partition));
        }
    }

    /// The position of a partition among those that are watched, which are neighbours as a rule.
    protected final int place(PartitionId partition) {
        int likely = partition.rank() - watched[0];
        return likely >= 0 && likely < watched.length && watched[likely] == partition.rank()
                ? likely
                : Arrays.binarySearch(watched, partition.rank());
    }
}
