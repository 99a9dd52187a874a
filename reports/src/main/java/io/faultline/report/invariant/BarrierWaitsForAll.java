package io.faultline.report.invariant;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.RoundBroken;
import io.faultline.model.observation.Observed.RoundCompleted;
import io.faultline.model.observation.Observed.RoundOpened;
import io.faultline.model.observation.Observed.RoundWentOn;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A round expects every partition that is not taken to be failed. It is complete when all of them
/// have arrived. At its deadline it is broken, or goes on, because of some of them that have not:
/// not without anybody missing, unless all whom it expected were taken to be failed since, for a
/// round at which nobody is cannot be complete.
///
/// Changes of mind reach the barrier within their instant, so those of the instant at which a round
/// opens or ends may have come before or after. Where messages are observed, every arrival that a
/// round is said to have had must have been delivered: no node has fewer arrivals delivered than
/// rounds have used up.
public record BarrierWaitsForAll() implements Law {

    @Override
    public String description() {
        return "a round ends only when all who are not taken to be failed have arrived or are named"
                + " as missing";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var check = new Check(rules);
        trace.forEach(check::see);
        return check.violations;
    }

    private static final class Check {
        final List<Violation> violations = new ArrayList<>();
        final Belief belief;
        final Map<PartitionId, NodeId> nodes = new HashMap<>();
        // When a partition was last declared failed, or healthy after that.
        final Map<PartitionId, SimTime> turned = new HashMap<>();
        final Map<NodeId, Integer> arrivals = new HashMap<>();
        // Who the open round certainly expects, in order of rank.
        final List<PartitionId> expected = new ArrayList<>();
        SimTime opened = SimTime.ZERO;

        Check(Rules rules) {
            belief = new Belief(rules.census());
        }

        void see(Trace.Entry entry) {
            belief.see(entry);
            switch (entry.what()) {
                case PartitionPlaced placed -> nodes.put(placed.partition(), placed.node());
                case MessageDelivered(var message, var from, _, _)
                        when message == MessageKind.BARRIER_ARRIVE ->
                        arrivals.merge(from, 1, Integer::sum);
                case StatusChanged change -> {
                    if (change.to() == PartitionStatus.FAILED) {
                        expected.remove(change.partition());
                        turned.put(change.partition(), entry.time());
                    } else if (change.from() == PartitionStatus.FAILED) {
                        turned.put(change.partition(), entry.time());
                    }
                }
                case RoundOpened(_, var count) -> open(entry, count);
                case RoundCompleted(_, var took, _) -> {
                    if (!took.equals(entry.time().since(opened))) {
                        add(entry, "the round that opened at " + opened + " took something else");
                    }
                    useArrivals(entry);
                }
                case RoundBroken(_, var missing) -> end(entry, missing, "broke");
                case RoundWentOn(_, var missing) -> end(entry, missing, "went on");
                default -> {}
            }
        }

        void end(Trace.Entry entry, List<PartitionId> missing, String how) {
            if (missing.isEmpty() && !expected.isEmpty()) {
                add(entry, "a round " + how + " although nobody was missing");
            }
            for (var partition : missing) {
                if (belief.isFailed(partition) && !turnedAt(entry.time(), partition)) {
                    add(entry, partition + " was missed although it is taken to be failed");
                }
            }
            missing.forEach(expected::remove);
            useArrivals(entry);
        }

        void open(Trace.Entry entry, int count) {
            opened = entry.time();
            expected.clear();
            int unsure = 0;
            for (var partition : belief.partitions()) {
                if (turnedAt(opened, partition)) {
                    unsure++;
                } else if (!belief.isFailed(partition)) {
                    expected.add(partition);
                }
            }
            int least = expected.size();
            if (belief.total() > 0 && (count < least || count > least + unsure)) {
                add(entry, "a round expects " + count + " partitions, but " + least + " are due");
            }
        }

        void useArrivals(Trace.Entry entry) {
            if (!arrivals.isEmpty()) {
                for (var partition : expected) {
                    if (arrivals.merge(nodes.get(partition), -1, Integer::sum) < 0) {
                        add(entry, "a round ended as if " + partition + " had arrived");
                    }
                }
            }
            expected.clear();
        }

        boolean turnedAt(SimTime time, PartitionId partition) {
            return time.equals(turned.get(partition));
        }

        void add(Trace.Entry entry, String sentence) {
            violations.add(new Violation(entry, sentence));
        }
    }
}
