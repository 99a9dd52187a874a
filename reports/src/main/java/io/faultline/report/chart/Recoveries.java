package io.faultline.report.chart;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.Drained;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.LockCollided;
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
/// @param episodes in order of time
record Recoveries(List<Episode> episodes) {

    /// Everything that was done about one failure of a partition.
    ///
    /// @param failed when it was declared failed
    record Episode(PartitionId partition, SimTime failed, List<Step> steps, List<End> ends) {

        /// When the last step was over.
        SimTime to() {
            var to = failed;
            for (var step : steps) {
                to = step.to().isAfter(to) ? step.to() : to;
            }
            return to;
        }

        long nanos() {
            return to().nanos() - failed.nanos();
        }
    }

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
    record Step(Activity activity, int attempt, SimTime from, SimTime to) {}

    /// A recovery, or an attempt, came to an end.
    record End(How how, SimTime at) {}

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

    /// One line for each step and each end.
    String csv() {
        var csv = new StringBuilder("partition,failed_ns,activity,attempt,from_ns,to_ns\n");
        for (var episode : episodes) {
            var who = episode.partition() + "," + episode.failed().nanos();
            for (var step : episode.steps()) {
                var attempt = step.attempt() == 0 ? "" : Integer.toString(step.attempt());
                line(csv, who, Kind.name(step.activity()), attempt, step.from(), step.to());
            }
            for (var end : episode.ends()) {
                line(csv, who, Kind.name(end.how()), "", end.at(), end.at());
            }
        }
        return csv.toString();
    }

    private static void line(
            StringBuilder csv, String who, String what, String attempt, SimTime from, SimTime to) {
        csv.append(String.join(",", who, what, attempt, "" + from.nanos(), "" + to.nanos()))
                .append('\n');
    }

    private static final class Fold {
        private final Map<PartitionId, Episode> current = new TreeMap<>();
        private final Map<PartitionId, Open> open = new TreeMap<>();
        private final List<Episode> episodes = new ArrayList<>();

        private record Open(Activity activity, int attempt, SimTime from) {}

        void see(Trace.Entry entry) {
            var now = entry.time();
            switch (entry.what()) {
                case StatusChanged change -> {
                    if (change.to() == PartitionStatus.FAILED) {
                        begin(change.partition(), now);
                    } else if (change.to() == PartitionStatus.HEALTHY) {
                        stopWaiting(change.partition(), now);
                    }
                }
                case Queued queued -> start(queued.partition(), Activity.QUEUED, 0, now);
                case Drained _ ->
                        List.copyOf(open.entrySet()).stream()
                                .filter(e -> e.getValue().activity() == Activity.QUEUED)
                                .forEach(e -> stop(e.getKey(), now));
                case LockReserved reserved -> start(reserved.partition(), Activity.WAITING, 0, now);
                case LockTimedOut timedOut -> stop(timedOut.partition(), now);
                case LockCollided collided -> stop(collided.partition(), now);
                case LockGranted granted -> start(granted.partition(), Activity.PAUSING, 0, now);
                case PhaseEntered(var partition, var phase, var attempt) -> {
                    switch (phase) {
                        case DETECTING -> start(partition, Activity.DETECTING, attempt, now);
                        case REDISTRIBUTING ->
                                start(partition, Activity.REDISTRIBUTING, attempt, now);
                        case REBALANCING -> start(partition, Activity.REBALANCING, attempt, now);
                        case VALIDATING -> start(partition, Activity.VALIDATING, attempt, now);
                        case COMPLETE, FAILED -> stop(partition, now);
                    }
                }
                case AttemptFinished finished -> {
                    var how = finished.succeeded() ? How.SUCCEEDED : How.FAILED;
                    end(finished.partition(), how, now);
                }
                case RetryScheduled retry -> start(retry.partition(), Activity.BACKOFF, 0, now);
                case Escalated escalated -> end(escalated.partition(), How.ESCALATED, now);
                default -> {}
            }
        }

        private Episode begin(PartitionId partition, SimTime now) {
            stop(partition, now);
            var episode = new Episode(partition, now, new ArrayList<>(), new ArrayList<>());
            episodes.add(episode);
            current.put(partition, episode);
            return episode;
        }

        /// A trace of a part of the system, such as recoveries alone, declares nobody failed.
        private Episode episode(PartitionId partition, SimTime now) {
            var episode = current.get(partition);
            return episode == null ? begin(partition, now) : episode;
        }

        private void start(PartitionId partition, Activity activity, int attempt, SimTime now) {
            episode(partition, now);
            stop(partition, now);
            open.put(partition, new Open(activity, attempt, now));
        }

        private void stop(PartitionId partition, SimTime now) {
            var step = open.remove(partition);
            // Waits that take no time are not worth a line; phases are, since they are counted.
            if (step != null && (step.from().isBefore(now) || step.attempt() > 0)) {
                episode(partition, now)
                        .steps()
                        .add(new Step(step.activity(), step.attempt(), step.from(), now));
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
            stop(partition, now);
            episode(partition, now).ends().add(new End(how, now));
        }

        Recoveries end(SimTime end) {
            List.copyOf(open.keySet()).forEach(partition -> stop(partition, end));
            return new Recoveries(
                    episodes.stream().filter(episode -> !episode.steps().isEmpty()).toList());
        }
    }
}
