package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.RoundBroken;
import io.faultline.model.observation.Observed.RoundCompleted;
import io.faultline.model.observation.Observed.RoundOpened;
import io.faultline.model.observation.Observed.RoundWentOn;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.recovery.RecoveryPhase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Incarnations of a node, rounds of the barrier, and attempts of a recovery count up one by one. A
/// recovery counts its attempts from 1 whenever its partition fails while none is under way, and
/// may do so when an operator asks for another one. One that is under way when its partition fails
/// again, because it was heard from in between, goes on, and those that follow it count on.
public record EpochsMonotone() implements Law {

    @Override
    public String description() {
        return "incarnations, rounds and attempts count up one by one";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var check = new Check();
        trace.forEach(check::see);
        return check.violations;
    }

    private static final class Check {
        final List<Violation> violations = new ArrayList<>();
        final Map<NodeId, Integer> incarnations = new HashMap<>();
        final Map<PartitionId, Integer> attempts = new HashMap<>();
        final Set<PartitionId> underWay = new HashSet<>();
        final Set<PartitionId> running = new HashSet<>();
        final Set<PartitionId> mayStartOver = new HashSet<>();
        long round;

        void see(Trace.Entry entry) {
            switch (entry.what()) {
                case NodeRestarted(var node, var incarnation) -> {
                    int last = incarnations.getOrDefault(node, 1);
                    incarnations.put(node, incarnation);
                    expect(entry, "incarnation of " + node, incarnation, last + 1);
                }
                case RoundOpened(var opened, _) -> {
                    expect(entry, "round", opened, round + 1);
                    round = opened;
                }
                case RoundCompleted(var over, _, _) -> expect(entry, "round", over, round);
                case RoundBroken(var over, _) -> expect(entry, "round", over, round);
                case RoundWentOn(var over, _) -> expect(entry, "round", over, round);
                case PhaseEntered(var partition, var phase, var attempt)
                        when phase == RecoveryPhase.DETECTING -> {
                    running.add(partition);
                    attempt(entry, partition, attempt);
                }
                // One whose pause times out is over before its first phase.
                case AttemptFinished finished -> {
                    underWay.remove(finished.partition());
                    if (!running.remove(finished.partition())) {
                        attempt(entry, finished.partition(), finished.attempt());
                    }
                }
                case LockGranted granted -> underWay.add(granted.partition());
                case StatusChanged change when change.to() == PartitionStatus.FAILED -> {
                    if (!underWay.contains(change.partition())) {
                        attempts.remove(change.partition());
                    }
                }
                case ActionTaken action ->
                        attempts.keySet().stream()
                                .filter(id -> Operators.retry(action, id))
                                .forEach(mayStartOver::add);
                default -> {}
            }
        }

        void attempt(Trace.Entry entry, PartitionId partition, int attempt) {
            boolean startsOver = mayStartOver.remove(partition) && attempt == 1;
            int next = startsOver ? 1 : attempts.getOrDefault(partition, 0) + 1;
            attempts.put(partition, attempt);
            expect(entry, "attempt of " + partition, attempt, next);
        }

        void expect(Trace.Entry entry, String what, long number, long right) {
            if (number != right) {
                violations.add(
                        new Violation(
                                entry, what + " is number " + number + ", but should be " + right));
            }
        }
    }
}
