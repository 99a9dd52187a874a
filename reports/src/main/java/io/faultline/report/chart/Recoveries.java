package io.faultline.report.chart;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.Drained;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.LockTimedOut;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.Queued;
import io.faultline.model.observation.Observed.RetryScheduled;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.report.Result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What recoveries did when: the numbers behind the [RecoveryGantt].
///
/// @param steps in order of partition and time
/// @param ends how attempts ended
record Recoveries(List<Step> steps, List<End> ends) {

    /// What a recovery can be doing.
    enum Activity {
        /// It was put off until there is a quorum.
        QUEUED,
        /// It waits for a permit.
        WAITING,
        /// It has a permit and waits for operations to come to rest.
        PAUSING,
        DETECTING,
        REDISTRIBUTING,
        REBALANCING,
        VALIDATING,
        /// It waits before another attempt.
        BACKOFF
    }

    /// A recovery did something for a time.
    ///
    /// @param attempt the attempt, or 0 outside of attempts
    record Step(PartitionId partition, Activity activity, int attempt, SimTime from, SimTime to) {}

    /// A recovery, or an attempt, came to an end.
    record End(PartitionId partition, How how, SimTime at) {}

    /// How something ended.
    enum How {
        SUCCEEDED,
        FAILED,
        ESCALATED
    }

    static Recoveries of(Result result) {
        var fold = new Fold();
        result.trace().forEach(fold::see);
        return fold.end(result.outcome().clock());
    }

    String csv() {
        var csv = new StringBuilder("partition,activity,attempt,from_ns,to_ns\n");
        for (var step : steps) {
            csv.append(step.partition())
                    .append(',')
                    .append(Kind.name(step.activity()))
                    .append(',')
                    .append(step.attempt() == 0 ? "" : Integer.toString(step.attempt()))
                    .append(',')
                    .append(step.from().nanos())
                    .append(',')
                    .append(step.to().nanos())
                    .append('\n');
        }
        for (var end : ends) {
            csv.append(end.partition())
                    .append(',')
                    .append(Kind.name(end.how()))
                    .append(",,")
                    .append(end.at().nanos())
                    .append(',')
                    .append(end.at().nanos())
                    .append('\n');
        }
        return csv.toString();
    }

    private static final class Fold {
        private final Map<PartitionId, Open> open = new TreeMap<>();
        private final Map<PartitionId, List<Step>> steps = new TreeMap<>();
        private final List<End> ends = new ArrayList<>();

        private record Open(Activity activity, int attempt, SimTime from) {}

        void see(Trace.Entry entry) {
            var now = entry.time();
            switch (entry.what()) {
                case Queued queued -> begin(queued.partition(), Activity.QUEUED, 0, now);
                case Drained _ ->
                        List.copyOf(open.entrySet()).stream()
                                .filter(e -> e.getValue().activity() == Activity.QUEUED)
                                .forEach(e -> stop(e.getKey(), now));
                case LockReserved reserved -> begin(reserved.partition(), Activity.WAITING, 0, now);
                case LockTimedOut timedOut -> stop(timedOut.partition(), now);
                case LockGranted granted -> begin(granted.partition(), Activity.PAUSING, 0, now);
                case PhaseEntered(var partition, var phase, var attempt) -> {
                    switch (phase) {
                        case DETECTING -> begin(partition, Activity.DETECTING, attempt, now);
                        case REDISTRIBUTING ->
                                begin(partition, Activity.REDISTRIBUTING, attempt, now);
                        case REBALANCING -> begin(partition, Activity.REBALANCING, attempt, now);
                        case VALIDATING -> begin(partition, Activity.VALIDATING, attempt, now);
                        case COMPLETE, FAILED -> stop(partition, now);
                    }
                }
                case AttemptFinished finished -> {
                    stop(finished.partition(), now);
                    end(
                            finished.partition(),
                            finished.succeeded() ? How.SUCCEEDED : How.FAILED,
                            now);
                }
                case RetryScheduled retry -> begin(retry.partition(), Activity.BACKOFF, 0, now);
                case Escalated escalated -> {
                    stop(escalated.partition(), now);
                    end(escalated.partition(), How.ESCALATED, now);
                }
                case StatusChanged change when change.to() == PartitionStatus.HEALTHY ->
                        stopWaiting(change.partition(), now);
                default -> {}
            }
        }

        private void begin(PartitionId partition, Activity activity, int attempt, SimTime now) {
            stop(partition, now);
            open.put(partition, new Open(activity, attempt, now));
        }

        private void stop(PartitionId partition, SimTime now) {
            var step = open.remove(partition);
            // Steps that take no time are not to be seen, but for phases, which are counted.
            if (step != null && (step.from().isBefore(now) || step.attempt() > 0)) {
                steps.computeIfAbsent(partition, _ -> new ArrayList<>())
                        .add(
                                new Step(
                                        partition,
                                        step.activity(),
                                        step.attempt(),
                                        step.from(),
                                        now));
            }
        }

        /// An operator may heal a partition whose recovery waits.
        private void stopWaiting(PartitionId partition, SimTime now) {
            var step = open.get(partition);
            if (step != null && step.attempt() == 0) {
                stop(partition, now);
            }
        }

        private void end(PartitionId partition, How how, SimTime now) {
            ends.add(new End(partition, how, now));
        }

        Recoveries end(SimTime end) {
            List.copyOf(open.keySet()).forEach(partition -> stop(partition, end));
            return new Recoveries(
                    steps.values().stream().flatMap(List::stream).toList(), List.copyOf(ends));
        }
    }
}
