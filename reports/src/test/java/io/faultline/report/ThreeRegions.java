package io.faultline.report;

import static io.faultline.report.TraceBuilder.span;
import static io.faultline.report.TraceBuilder.time;

import io.faultline.kernel.Observation;
import io.faultline.kernel.Outcome;
import io.faultline.model.cluster.Location;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.detector.Healing;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.DropCause;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.EscalationCause;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockReleased;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.MessageDropped;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.Quiesced;
import io.faultline.model.observation.Observed.QuorumJudged;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.observation.Observed.RetryScheduled;
import io.faultline.model.observation.Observed.RoundCompleted;
import io.faultline.model.observation.Observed.RoundOpened;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.quorum.Census;
import io.faultline.model.quorum.StrictMajority;
import io.faultline.model.recovery.InProgress;
import io.faultline.model.recovery.OnPauseTimeout;
import io.faultline.model.recovery.PauseSharing;
import io.faultline.model.recovery.RecoveryPhase;
import io.faultline.report.invariant.Invariant;
import io.faultline.report.invariant.Rules;
import io.faultline.report.metric.Metric;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Concern;
import io.faultline.report.verdict.Judgement;
import io.faultline.report.verdict.Threshold;
import io.faultline.report.verdict.Verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;

/// A run as it could have been, written by hand: twelve partitions in three regions for a minute.
///
/// A crash of P5 is recovered from; lost heartbeats make P7 suspected by mistake; a network split
/// makes region ap-south suspected, and heals in time; then a crash takes P1, P2 and P3 at once, of
/// which P1 needs two attempts and P3 is given up.
public final class ThreeRegions {

    /// What the protocol of the run allows.
    public static final Rules RULES =
            new Rules(
                    2,
                    3,
                    List.of(true),
                    new StrictMajority(),
                    new Census(Census.Suspected.INACTIVE, Census.Denominator.STATIC),
                    Healing.BY_RECOVERY,
                    OnPauseTimeout.PROCEED,
                    InProgress.HOLDERS_AND_WAITERS,
                    PauseSharing.COUNTED,
                    false);

    // Made up, so that golden files do not depend on how observations are encoded.
    private static final String FINGERPRINT =
            "5f0c1e9a7b3d42868d1f06c5a94e7b20c3f8e1d6a5b79402e8c6d1f3b0a59e74";
    private static final int PARTITIONS = 12;
    private static final double END = 60_000;
    private static final List<String> REGIONS = List.of("eu-west", "us-east", "ap-south");
    private static final NodeId COORDINATOR = new NodeId("coordinator");

    private final Random random = new Random(7);
    private final List<Event> events = new ArrayList<>();
    private int suspected;
    private int failed;

    private record Event(double millis, Observation[] observations) {}

    private ThreeRegions() {}

    /// What is known of the run.
    public static Result result() {
        var builder = new TraceBuilder();
        new ThreeRegions().write(builder);
        var trace = builder.build();
        var metrics = Metric.measure(trace);
        var judgements = new ArrayList<>(Invariant.judgeAll(trace, RULES));
        judgements.add(
                new Judgement(
                        "all-healthy within 12s",
                        Concern.LIVENESS,
                        Answer.VIOLATED,
                        "P3 is still FAILED at 60.000s, 15.000s after the last fault"));
        judgements.add(
                new Judgement(
                        "no recovery-livelock",
                        Concern.LIVENESS,
                        Answer.HELD,
                        "no recovery waited for what could not happen"));
        judgements.add(Threshold.parse("suspicion.latency", "p99<2600ms").judge(metrics));
        judgements.add(Threshold.parse("detection.latency", "p99<7700ms").judge(metrics));
        judgements.add(Threshold.parse("recovery.latency", "max<30s").judge(metrics));
        judgements.add(Threshold.parse("false.suspicions", "=0").judge(metrics));
        judgements.add(
                new Judgement(
                        "faults took effect",
                        Concern.COVERAGE,
                        Answer.HELD,
                        "4 of 4 planned faults changed something"));
        judgements.add(
                new Judgement(
                        "sometimes queued",
                        Concern.COVERAGE,
                        Answer.INCONCLUSIVE,
                        "no recovery was ever queued"));
        return new Result(
                "three-regions",
                42,
                FINGERPRINT,
                new Outcome(Outcome.Ending.END_TIME, time(END), 48_211),
                new Phases(time(5_000), time(45_000), time(END)),
                trace,
                metrics,
                List.of(),
                List.of(),
                new Verdict(judgements),
                places(),
                "faultline run three-regions --seed 42",
                "0.1.0");
    }

    /// Four partitions in each region, two in each of its zones.
    private static SequencedMap<PartitionId, Location> places() {
        var places = new LinkedHashMap<PartitionId, Location>();
        for (int rank = 0; rank < PARTITIONS; rank++) {
            places.put(
                    id(rank), new Location(REGIONS.get(rank / 4), "z" + rank / 2, "r" + rank / 2));
        }
        return places;
    }

    private void write(TraceBuilder builder) {
        traffic();
        crashOfP5();
        lossAtP7();
        split();
        crashOfThree();
        for (int rank = 0; rank < PARTITIONS; rank++) {
            builder.at(0, new PartitionPlaced(id(rank), node(rank), REGIONS.get(rank / 4), 1000));
        }
        events.stream()
                .sorted(Comparator.comparingDouble(Event::millis))
                .forEach(event -> builder.at(event.millis(), event.observations()));
    }

    private void traffic() {
        for (double millis = 0; millis < END; millis += 500) {
            for (int rank = 0; rank < PARTITIONS; rank++) {
                if (!isDown(rank, millis)) {
                    double delay =
                            switch (rank / 4) {
                                case 0 -> 0.3 + random.nextDouble();
                                case 1 -> 38 + 5 * Math.exp(random.nextGaussian());
                                default -> 71 + 9 * Math.exp(random.nextGaussian());
                            };
                    if (rank == 7 && millis > 18_000 && millis < 21_000) {
                        at(
                                millis,
                                new MessageDropped(
                                        MessageKind.HEARTBEAT,
                                        node(rank),
                                        COORDINATOR,
                                        DropCause.LOSS));
                    } else if (rank >= 8 && millis >= 24_000 && millis < 27_000) {
                        at(
                                millis,
                                new MessageDropped(
                                        MessageKind.HEARTBEAT,
                                        node(rank),
                                        COORDINATOR,
                                        DropCause.SPLIT));
                    } else {
                        at(
                                millis + delay,
                                new MessageDelivered(
                                        MessageKind.HEARTBEAT,
                                        node(rank),
                                        COORDINATOR,
                                        span(delay)));
                    }
                }
            }
        }
        int round = 1;
        for (double millis = 200; millis < END - 1000; millis += 1000) {
            boolean calm =
                    millis < 12_000
                            || millis > 17_500 && millis < 23_500
                            || millis > 27_500 && millis < 35_500;
            if (calm) {
                double took = 90 + 60 * random.nextDouble();
                at(millis, new RoundOpened(round, PARTITIONS));
                at(
                        millis + took,
                        new RoundCompleted(round++, span(took), id(8 + random.nextInt(4))));
            }
        }
        for (double millis = 100; millis < END - 200; millis += 40) {
            double latency = 4 + 6 * Math.exp(random.nextGaussian());
            int rank = random.nextInt(PARTITIONS);
            boolean paused =
                    millis + 100 > 17_000 && millis - 100 < 17_500
                            || millis + 100 > 41_000 && millis - 100 < 43_000;
            if (!isDown(rank, millis) && !isDown(rank, millis + latency) && !paused) {
                at(millis + latency, new OperationCompleted(id(rank), span(latency)));
            }
        }
    }

    private static boolean isDown(int rank, double millis) {
        return rank == 5 && millis > 12_000 && millis < 17_300
                || rank >= 1 && rank <= 3 && millis > 36_000 && millis < (rank == 3 ? END : 42_000);
    }

    private void crashOfP5() {
        at(
                12_000,
                new FaultInjected(0, "crash", "P5", List.of(id(5))),
                new NodeCrashed(node(5)),
                new PartitionDown(id(5), DownCause.CRASHED));
        suspect(14_000, 5);
        fail(17_000, 5);
        at(17_000, new LockReserved(id(5)), new LockGranted(id(5), span(0)), new Paused());
        at(17_014, new Quiesced(span(14)));
        attempt(17_014, 5, 1, true);
        at(17_239, new Resumed(span(239)), new LockReleased(id(5)));
    }

    private void lossAtP7() {
        at(
                18_000,
                new FaultInjected(1, "message-loss", "100% of heartbeats from n7", List.of(id(7))));
        suspect(19_700, 7);
        at(21_000, new FaultHealed(1, "message-loss"));
        trust(21_600, 7);
    }

    private void split() {
        at(
                24_000,
                new FaultInjected(
                        2,
                        "network-split",
                        "n8 n9 n10 n11 | the rest",
                        List.of(id(8), id(9), id(10), id(11))));
        for (int rank = 8; rank < 12; rank++) {
            at(24_000, new PartitionDown(id(rank), DownCause.CUT_OFF));
            suspect(25_600 + 100 * (rank % 2), rank);
            at(27_000, new PartitionUp(id(rank)));
            trust(27_200, rank);
        }
        at(27_000, new FaultHealed(2, "network-split"));
    }

    private void crashOfThree() {
        at(36_000, new FaultInjected(3, "crash", "P1 P2 P3", List.of(id(1), id(2), id(3))));
        for (int rank = 1; rank <= 3; rank++) {
            at(36_000, new NodeCrashed(node(rank)), new PartitionDown(id(rank), DownCause.CRASHED));
            suspect(38_000, rank);
        }
        for (int rank = 1; rank <= 3; rank++) {
            fail(41_000, rank);
            at(41_000, new LockReserved(id(rank)));
            if (rank < 3) {
                at(41_000, new LockGranted(id(rank), span(0)));
            }
        }
        at(41_000, new Paused());
        at(41_020, new Quiesced(span(20)));
        attempt(41_020, 1, 1, false);
        attempt(41_020, 2, 1, true);
        at(41_245, new LockReleased(id(2)), new LockReleased(id(1)));
        at(41_245, new RetryScheduled(id(1), 1, span(100)));
        at(41_245, new LockGranted(id(3), span(245)));
        attempt(41_245, 3, 1, false);
        at(41_345, new LockReserved(id(1)), new LockGranted(id(1), span(0)));
        attempt(41_345, 1, 2, true);
        at(41_470, new LockReleased(id(3)), new RetryScheduled(id(3), 1, span(100)));
        at(41_570, new LockReserved(id(3)), new LockGranted(id(3), span(0)));
        at(41_570, new LockReleased(id(1)));
        attempt(41_570, 3, 2, false);
        at(41_795, new Resumed(span(795)));
        at(41_795, new LockReleased(id(3)), new RetryScheduled(id(3), 2, span(200)));
        at(41_995, new LockReserved(id(3)), new LockGranted(id(3), span(0)), new Paused());
        at(41_995, new Quiesced(span(0)));
        attempt(41_995, 3, 3, false);
        at(42_220, new Resumed(span(225)), new LockReleased(id(3)));
        at(42_220, new Escalated(id(3), EscalationCause.RETRIES_EXHAUSTED));
    }

    private void suspect(double millis, int rank) {
        at(millis, TraceBuilder.suspected(id(rank), StatusReason.HEARTBEAT_MISS));
        suspected++;
    }

    private void trust(double millis, int rank) {
        at(millis, TraceBuilder.trusted(id(rank)));
        suspected--;
    }

    private void fail(double millis, int rank) {
        at(millis, TraceBuilder.failed(id(rank), StatusReason.HEARTBEAT_MISS));
        suspected--;
        failed++;
        int active = PARTITIONS - suspected - failed;
        int running = Math.max(0, failed - 1);
        at(millis, new QuorumJudged(id(rank), 1, active, running, PARTITIONS));
    }

    private void attempt(double millis, int rank, int attempt, boolean succeeds) {
        var partition = id(rank);
        at(millis, new PhaseEntered(partition, RecoveryPhase.DETECTING, attempt));
        at(millis + 50, new PhaseEntered(partition, RecoveryPhase.REDISTRIBUTING, attempt));
        if (attempt == 1) {
            at(millis + 150, new EntitiesMoved(partition, id(rank + 3), 1000));
        }
        at(millis + 150, new PhaseEntered(partition, RecoveryPhase.REBALANCING, attempt));
        at(millis + 225, new PhaseEntered(partition, RecoveryPhase.VALIDATING, attempt));
        var last = succeeds ? RecoveryPhase.COMPLETE : RecoveryPhase.FAILED;
        at(millis + 225, new PhaseEntered(partition, last, attempt));
        at(millis + 225, new AttemptFinished(partition, attempt, succeeds, false));
        if (succeeds) {
            at(
                    millis + 225,
                    new NodeRestarted(node(rank), 2),
                    new PartitionUp(partition),
                    new StatusChanged(
                            partition,
                            PartitionStatus.FAILED,
                            PartitionStatus.HEALTHY,
                            StatusReason.RECOVERED));
            failed--;
        }
    }

    private void at(double millis, Observation... observations) {
        events.add(new Event(millis, observations));
    }

    private static PartitionId id(int rank) {
        return new PartitionId(rank);
    }

    private static NodeId node(int rank) {
        return new NodeId("n" + rank);
    }
}
