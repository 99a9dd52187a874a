package io.faultline.report.invariant;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.LockCollided;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockRefused;
import io.faultline.model.observation.Observed.LockReleased;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.LockTimedOut;
import io.faultline.model.observation.Observed.QuorumJudged;
import io.faultline.model.observation.Observed.RefusalCause;
import io.faultline.model.recovery.InProgress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/// Recoveries in progress are those that hold a permit and those that wait for one. Who is admitted
/// waits, then either gets a permit and gives it back, or gives up; only who waits gives up, only
/// who holds gives back, and only who does either is refused as recovering already.
public record ReservationsAccounted() implements Law {

    @Override
    public String description() {
        return "recoveries in progress are those that hold a permit and those that wait for one";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var waiting = new HashMap<PartitionId, SimTime>();
        var holding = new HashSet<PartitionId>();
        for (var entry : trace) {
            switch (entry.what()) {
                case LockReserved(var partition) -> waiting.put(partition, entry.time());
                case LockGranted(var partition, var waited) -> {
                    var since = waiting.remove(partition);
                    holding.add(partition);
                    if (since != null && !waited.equals(entry.time().since(since))) {
                        violations.add(
                                new Violation(
                                        entry,
                                        partition
                                                + " waits since "
                                                + since
                                                + ", but is said to have waited for "
                                                + waited.toNanos()
                                                + "ns"));
                    }
                }
                case LockTimedOut(var partition) -> {
                    if (waiting.remove(partition) == null) {
                        violations.add(
                                new Violation(entry, partition + " gave up, but did not wait"));
                    }
                }
                case LockCollided(var partition, _) -> {
                    if (waiting.remove(partition) == null) {
                        violations.add(
                                new Violation(entry, partition + " collided, but did not wait"));
                    }
                }
                case LockReleased(var partition) -> {
                    if (!holding.remove(partition)) {
                        violations.add(
                                new Violation(
                                        entry, partition + " gave back what it did not hold"));
                    }
                }
                case LockRefused(var partition, var cause)
                        when cause == RefusalCause.ALREADY_RECOVERING -> {
                    if (!holding.contains(partition) && !waiting.containsKey(partition)) {
                        violations.add(
                                new Violation(
                                        entry,
                                        partition + " was refused as recovering, but it is not"));
                    }
                }
                case QuorumJudged judged -> {
                    int waiters = rules.inProgress() == InProgress.HOLDERS ? 0 : waiting.size();
                    if (judged.inProgress() != holding.size() + waiters) {
                        violations.add(
                                new Violation(
                                        entry,
                                        judged.inProgress()
                                                + " recoveries were counted, but "
                                                + holding.size()
                                                + " hold a permit and "
                                                + waiting.size()
                                                + " wait"));
                    }
                }
                default -> {}
            }
        }
        return violations;
    }
}
