package io.faultline.model.detector;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.Message;

import java.util.Arrays;

/// Listens to the heartbeats of other partitions on behalf of one, on its node and sharing its
/// fate, and tells the jury beside the coordinator by messages.
///
/// After a crash it has forgotten whom it suspected and what it was told, and listens to nobody
/// until the jury has it measure silence afresh.
@Entity
public class PeerMonitor extends HeartbeatMonitor {

    private static final int UNTOLD = -1;

    private final PartitionId self;
    private final Jury jury;
    private final int[] strikes;
    private int said;

    /// @param self the partition on whose behalf it listens
    /// @param watched the ranks of the partitions that it listens to, in ascending order
    public PeerMonitor(
            PartitionId self, Node host, HeartbeatTimeout settings, Jury jury, int[] watched) {
        super(self + "/detector", host, settings, watched);
        this.self = self;
        this.jury = jury;
        this.strikes = new int[watched.length];
    }

    @Override
    protected void handle(Message message) {
        switch (message) {
            case Message.Heartbeat(var partition) -> heard(partition);
            case Message.MeasureAfresh(var partition, _, var strike) -> {
                if (strike > strikes[place(partition)]) {
                    strikes[place(partition)] = strike;
                    trust(partition);
                }
            }
            case Message.Doubt(var partition, _) -> {
                if (strikes[place(partition)] != UNTOLD) {
                    lookAgain(partition);
                }
            }
            default -> throw new IllegalArgumentException(this + " does not expect " + message);
        }
    }

    @Override
    protected void say(PartitionId partition, Finding finding) {
        said++;
        send(
                jury,
                new Message.Testimony(partition, self, finding, strikes[place(partition)], said));
    }

    /// The coordinator need not follow, so that a heartbeat speaks for a partition as ever.
    @Override
    protected boolean standsByFailures() {
        return false;
    }

    @Override
    @NonEvent
    public void nodeCrashed() {
        forget();
        Arrays.fill(strikes, UNTOLD);
        said = 0;
    }

    @Override
    @NonEvent
    public void nodeRestarted() {
        send(jury, new Message.Watching(self, host().incarnation()));
    }
}
