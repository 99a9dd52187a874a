package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.Quiesced;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.report.Quantity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// From the moment at which no operation is in flight any more until the end of the pause, none is
/// accepted: when an operation completes, its latency tells when it arrived.
///
/// Until that moment word of the pause is on its way, and a pause whose time runs out never gets
/// there; nor does one that is ended before, where the pause is a flag. A partition that is taken
/// to be failed at some time during a pause, but not after it, is not asked to keep it: nobody
/// talks to it as long as it is, and when it is back, word is on its way again. Arrivals at the
/// very instants at which quiet begins or ends may fall on either side.
public record NoOperationWhilePaused() implements Law {

    /// A time of quiet, and whom it does not bind.
    private static final class Quiet {
        long end = Long.MAX_VALUE;
        final Set<PartitionId> exempt;

        Quiet(Set<PartitionId> exempt) {
            this.exempt = exempt;
        }
    }

    @Override
    public String description() {
        return "no operation is accepted between quiescence and the end of the pause";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var failed = new HashSet<PartitionId>();
        Set<PartitionId> exempt = new HashSet<>();
        var quietByStart = new TreeMap<Long, Quiet>();
        boolean paused = false;
        for (var entry : trace) {
            long now = entry.time().nanos();
            switch (entry.what()) {
                case StatusChanged change -> {
                    if (change.to() == PartitionStatus.FAILED) {
                        failed.add(change.partition());
                        exempt.add(change.partition());
                    } else {
                        failed.remove(change.partition());
                    }
                }
                case Paused _ -> {
                    paused = true;
                    exempt = new HashSet<>(failed);
                }
                case Quiesced _ -> {
                    if (paused) {
                        quietByStart.put(now, new Quiet(exempt));
                    }
                }
                case Resumed _ -> {
                    paused = false;
                    exempt = new HashSet<>();
                    if (!quietByStart.isEmpty()) {
                        var last = quietByStart.lastEntry().getValue();
                        last.end = Math.min(last.end, now);
                    }
                }
                case OperationCompleted(var partition, var latency) -> {
                    long arrival = now - latency.toNanos();
                    var quiet = quietByStart.lowerEntry(arrival);
                    if (quiet != null
                            && arrival < quiet.getValue().end
                            && !quiet.getValue().exempt.contains(partition)) {
                        violations.add(
                                new Violation(
                                        entry,
                                        partition
                                                + " accepted an operation "
                                                + Quantity.time(arrival - quiet.getKey())
                                                + " after all had come to rest for a recovery"));
                    }
                }
                default -> {}
            }
        }
        return violations;
    }
}
