package io.faultline.report.invariant;

import static io.faultline.report.TraceBuilder.P0;
import static io.faultline.report.TraceBuilder.P1;
import static io.faultline.report.TraceBuilder.P2;
import static io.faultline.report.TraceBuilder.failed;
import static io.faultline.report.TraceBuilder.healed;
import static io.faultline.report.TraceBuilder.span;
import static io.faultline.report.TraceBuilder.suspected;
import static io.faultline.report.TraceBuilder.trusted;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Observation;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.detector.Healing;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.AttemptRestarted;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.Drained;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.EscalationCause;
import io.faultline.model.observation.Observed.HandlerPlaced;
import io.faultline.model.observation.Observed.HandlersParted;
import io.faultline.model.observation.Observed.Livelock;
import io.faultline.model.observation.Observed.LockCollided;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockRefused;
import io.faultline.model.observation.Observed.LockReleased;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.LockTimedOut;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.PauseTimedOut;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.Queued;
import io.faultline.model.observation.Observed.Quiesced;
import io.faultline.model.observation.Observed.QuorumJudged;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.QuorumRestored;
import io.faultline.model.observation.Observed.RefusalCause;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.observation.Observed.RetryScheduled;
import io.faultline.model.observation.Observed.RoundBroken;
import io.faultline.model.observation.Observed.RoundCompleted;
import io.faultline.model.observation.Observed.RoundOpened;
import io.faultline.model.observation.Observed.RoundWentOn;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.observation.Observed.ViewChanged;
import io.faultline.model.quorum.Census;
import io.faultline.model.quorum.StrictMajority;
import io.faultline.model.recovery.InProgress;
import io.faultline.model.recovery.OnPauseTimeout;
import io.faultline.model.recovery.PauseSharing;
import io.faultline.model.recovery.RecoveryPhase;
import io.faultline.report.ThreeRegions;
import io.faultline.report.TraceBuilder;
import io.faultline.report.verdict.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

class InvariantTest {

    private static final Rules RULES =
            new Rules(
                    1,
                    2,
                    List.of(true),
                    new StrictMajority(),
                    new Census(Census.Suspected.INACTIVE, Census.Denominator.STATIC),
                    Healing.BY_RECOVERY,
                    OnPauseTimeout.ABORT,
                    InProgress.HOLDERS_AND_WAITERS,
                    PauseSharing.COUNTED,
                    false);

    /// A trace that trips an invariant, and what is said of it first.
    record Broken(Invariant invariant, String sentence, Trace trace) {
        @Override
        public String toString() {
            return invariant.name() + ": " + sentence;
        }
    }

    static Stream<Broken> broken() {
        return Stream.of(
                new Broken(
                        new TimeMonotone(),
                        "time went back from 2.000s to 1.000s",
                        new TraceBuilder().at(2000, new Paused()).at(1000, new Paused()).build()),
                broken(
                        new LegalStatusTransitions(),
                        "P1 went from HEALTHY to FAILED",
                        status(PartitionStatus.HEALTHY, PartitionStatus.FAILED)),
                broken(
                        new LegalStatusTransitions(),
                        "P1 left SUSPECTED although it was HEALTHY",
                        trusted(P1)),
                broken(
                        new LegalStatusTransitions(),
                        "P1 went from FAILED to SUSPECTED",
                        suspected(P1, StatusReason.HEARTBEAT_MISS),
                        failed(P1, StatusReason.CONFIRMED),
                        status(PartitionStatus.FAILED, PartitionStatus.SUSPECTED)),
                broken(
                        new FailedLeavesByRecovery(),
                        "P1 left FAILED by FALSE_ALARM",
                        healed(P1, StatusReason.FALSE_ALARM)),
                broken(
                        new FailedLeavesByRecovery(),
                        "P1 recovered although no recovery completed",
                        phase(RecoveryPhase.COMPLETE, 1),
                        failed(P1, StatusReason.CONFIRMED),
                        healed(P1, StatusReason.RECOVERED)),
                broken(
                        new OneRecoveryAtATime(),
                        "a second recovery of P1 was admitted",
                        new LockReserved(P1),
                        new LockGranted(P1, span(0)),
                        new LockReserved(P1)),
                broken(
                        new OneRecoveryAtATime(),
                        "P1 got a permit that was not reserved for it",
                        new LockReserved(P1),
                        new LockTimedOut(P1),
                        new LockGranted(P1, span(0))),
                broken(
                        new MaxConcurrentRecoveries(),
                        "recoveries of [P0, P1] run at once, but 1 may",
                        new LockGranted(P1, span(0)),
                        new LockGranted(P0, span(0))),
                placed(
                        new NoLockWithoutQuorum(),
                        "a recovery of P1 was admitted with 1 of 3 partitions active",
                        suspected(P0, StatusReason.HEARTBEAT_MISS),
                        suspected(P2, StatusReason.HEARTBEAT_MISS),
                        new LockReserved(P1)),
                broken(
                        new QuorumJudgedRight(),
                        "quorum state 2 was found with 1 active and 0 in progress of 3, which is"
                                + " state 3",
                        new QuorumJudged(P1, 2, 1, 0, 3)),
                broken(
                        new QuorumJudgedRight(),
                        "the quorum was taken for lost, but it was not",
                        new QuorumLost(2, 3)),
                new Broken(
                        new QuorumJudgedRight(),
                        "3 of 3 partitions were counted as active, but 2 of 3 were",
                        new TraceBuilder()
                                .place(3)
                                .at(10, suspected(P1, StatusReason.HEARTBEAT_MISS))
                                .at(20, new QuorumRestored(3, 3))
                                .build()),
                placed(
                        new QuorumJudgedRight(),
                        "nobody said that the quorum was lost",
                        suspected(P0, StatusReason.HEARTBEAT_MISS),
                        suspected(P2, StatusReason.HEARTBEAT_MISS)),
                broken(
                        new PhasesInOrder(),
                        "REBALANCING (attempt 1 of P1) was entered after DETECTING (attempt 1 of"
                                + " P1)",
                        phase(RecoveryPhase.DETECTING, 1),
                        phase(RecoveryPhase.REBALANCING, 1)),
                broken(
                        new PhasesInOrder(),
                        "DETECTING (attempt 1 of P1) was entered after DETECTING (attempt 1 of P1)",
                        phase(RecoveryPhase.DETECTING, 1),
                        phase(RecoveryPhase.DETECTING, 1)),
                broken(
                        new PhasesInOrder(),
                        "attempt 1 of P1 succeeded after DETECTING (attempt 1 of P1)",
                        phase(RecoveryPhase.DETECTING, 1),
                        finished(1, true)),
                broken(
                        new AttemptsBounded(),
                        "P1 made attempt 3 of 2",
                        finished(1, false),
                        finished(2, false),
                        finished(1, false)),
                broken(
                        new QueueWithoutDuplicates(),
                        "P1 was queued while it was queued",
                        new Queued(P1, 1),
                        new Queued(P1, 2)),
                broken(
                        new PausesResumed(),
                        "paused again during the pause that began at 0.010s",
                        new Paused(),
                        new Paused()),
                broken(new PausesResumed(), "resumed without a pause", new Resumed(span(0))),
                broken(
                        new PausesResumed(),
                        "the pause that began at 0.010s is said to have taken 5000000ns",
                        new Paused(),
                        new Resumed(span(5))),
                broken(
                        new NoOperationWhilePaused(),
                        "P1 accepted an operation 5ms after all had come to rest for a recovery",
                        new Paused(),
                        new Quiesced(span(10)),
                        new OperationCompleted(P1, span(5))),
                broken(
                        new PausesResumed(),
                        "the last recovery is over, but the pause is not",
                        new LockGranted(P1, span(0)),
                        new Paused(),
                        new LockReleased(P1)),
                placed(
                        new EntitiesConserved(),
                        "P0 gave 600 entities to P2, but had 400",
                        new EntitiesMoved(P0, P1, 600),
                        new EntitiesMoved(P0, P2, 600)),
                placed(
                        new EntitiesConserved(),
                        "P1 still owns 400 entities that had to move",
                        new EntitiesMoved(P1, P0, 600),
                        phase(RecoveryPhase.REBALANCING, 1)),
                placed(
                        new EntitiesConserved(),
                        "P2 was given entities while it was SUSPECTED",
                        suspected(P2, StatusReason.HEARTBEAT_MISS),
                        new EntitiesMoved(P1, P2, 1)),
                broken(
                        new EpochsMonotone(),
                        "incarnation of n1 is number 2, but should be 3",
                        new NodeRestarted(new NodeId("n1"), 2),
                        new NodeRestarted(new NodeId("n1"), 2)),
                broken(
                        new EpochsMonotone(),
                        "round is number 1, but should be 2",
                        new RoundOpened(1, 3),
                        new RoundOpened(2, 3),
                        new RoundCompleted(1, span(20), P1)),
                broken(
                        new EpochsMonotone(),
                        "attempt of P1 is number 2, but should be 1",
                        phase(RecoveryPhase.DETECTING, 1),
                        finished(1, false),
                        failed(P1, StatusReason.CONFIRMED),
                        phase(RecoveryPhase.DETECTING, 2)),
                broken(
                        new ReservationsAccounted(),
                        "1 recoveries were counted, but 1 hold a permit and 1 wait",
                        new LockReserved(P1),
                        new LockGranted(P1, span(10)),
                        new LockReserved(P0),
                        new QuorumJudged(P0, 1, 2, 1, 3)),
                broken(
                        new ReservationsAccounted(),
                        "P1 waits since 0.010s, but is said to have waited for 20000000ns",
                        new LockReserved(P1),
                        new LockGranted(P1, span(20))),
                broken(
                        new ReservationsAccounted(),
                        "P1 gave up, but did not wait",
                        new LockReserved(P1),
                        new LockGranted(P1, span(10)),
                        new LockTimedOut(P1)),
                broken(
                        new ReservationsAccounted(),
                        "1 recoveries were counted, but 0 hold a permit and 0 wait",
                        new LockReserved(P1),
                        new LockCollided(P1, 2),
                        new QuorumJudged(P0, 1, 2, 1, 3)),
                broken(
                        new ReservationsAccounted(),
                        "P1 collided, but did not wait",
                        new LockReserved(P1),
                        new LockCollided(P1, 2),
                        new LockCollided(P1, 2)),
                broken(
                        new ReservationsAccounted(),
                        "P1 gave back what it did not hold",
                        new LockReserved(P1),
                        new LockReleased(P1)),
                broken(
                        new ReservationsAccounted(),
                        "P1 was refused as recovering, but it is not",
                        new LockRefused(P1, RefusalCause.ALREADY_RECOVERING)),
                broken(
                        new CompleteMeansHealthy(),
                        "the recovery of P1 was complete at 0.020s, but it stayed FAILED",
                        failed(P1, StatusReason.CONFIRMED),
                        phase(RecoveryPhase.COMPLETE, 1),
                        new LockReleased(P1)),
                placed(
                        new CompleteMeansHealthy(),
                        "the recovery of P1 was complete, but its node n1 stayed down",
                        new NodeCrashed(new NodeId("n1")),
                        phase(RecoveryPhase.COMPLETE, 1),
                        new LockReleased(P1)),
                broken(
                        new FailedAttemptsFollowedUp(),
                        "nothing followed the failed attempt 2 of P1",
                        failed(P1, StatusReason.CONFIRMED),
                        finished(2, false)),
                broken(
                        new FailedAttemptsFollowedUp(),
                        "P1 was given up before its last attempt had failed",
                        new Escalated(P1, EscalationCause.RETRIES_EXHAUSTED)),
                broken(
                        new FailedAttemptsFollowedUp(),
                        "attempt 2 of P1 is to be repeated, which is not its turn",
                        new RetryScheduled(P1, 2, span(100))),
                broken(
                        new QueueConserved(),
                        "1 recovery said to be queued, but 2 were",
                        new Queued(P1, 1),
                        new Queued(P0, 2),
                        new Livelock(1)),
                broken(
                        new QueueConserved(),
                        "P1 was drained, but its recovery was not started",
                        new Queued(P1, 1),
                        new Drained(1)),
                broken(
                        new RecoveryWithinPause(),
                        "P1 entered DETECTING while operations in flight are still waited for",
                        new Paused(),
                        phase(RecoveryPhase.DETECTING, 1)),
                broken(
                        new RecoveryWithinPause(),
                        "P1 entered DETECTING while the time for operations in flight was over",
                        new Paused(),
                        new PauseTimedOut(1),
                        phase(RecoveryPhase.DETECTING, 1)),
                broken(
                        new RecoveryWithinPause(),
                        "the recovery of P1 was called inconsistent while no operation is in"
                                + " flight",
                        new Paused(),
                        new Quiesced(span(0)),
                        new AttemptFinished(P1, 1, true, true)),
                placed(
                        new BarrierWaitsForAll(),
                        "a round expects 2 partitions, but 3 are due",
                        new RoundOpened(1, 2)),
                placed(
                        new BarrierWaitsForAll(),
                        "a round ended as if P2 had arrived",
                        arrives("n0"),
                        new RoundOpened(1, 3),
                        arrives("n1"),
                        new RoundCompleted(1, span(20), P1)),
                placed(
                        new BarrierWaitsForAll(),
                        "a round broke although nobody was missing",
                        new RoundOpened(1, 3),
                        new RoundBroken(1, List.of())),
                placed(
                        new BarrierWaitsForAll(),
                        "a round went on although nobody was missing",
                        new RoundOpened(1, 3),
                        new RoundWentOn(1, List.of())),
                placed(
                        new BarrierWaitsForAll(),
                        "P1 was missed although it is taken to be failed",
                        failed(P1, StatusReason.CONFIRMED),
                        new RoundOpened(1, 2),
                        new RoundBroken(1, List.of(P1))),
                placed(
                        new NoFalseFailure(),
                        "P1 was declared failed although it was up",
                        new PartitionDown(P1, DownCause.CRASHED),
                        suspected(P1, StatusReason.HEARTBEAT_MISS),
                        new PartitionUp(P1),
                        failed(P1, StatusReason.HEARTBEAT_MISS)),
                placed(
                        new NoPrematureEscalation(),
                        "P1 was left to an operator although 2 of 3 partitions were up",
                        new PartitionDown(P1, DownCause.CRASHED),
                        new Escalated(P1, EscalationCause.QUORUM_LOST)),
                placed(
                        new QuorumInTruth(),
                        "a recovery of P1 began with 1 of 3 partitions up",
                        new PartitionDown(P1, DownCause.CRASHED),
                        new PartitionDown(P2, DownCause.CUT_OFF),
                        new LockGranted(P1, span(0))),
                broken(
                        new RedistributionAtRest(),
                        "the entities of P1 were redistributed although 2 partitions had not come"
                                + " to rest",
                        new PauseTimedOut(2),
                        phase(RecoveryPhase.REDISTRIBUTING, 1)),
                placed(
                        new LiveOwners(),
                        "500 entities of P1 were given to P2, which is down",
                        new PartitionDown(P2, DownCause.CRASHED),
                        new EntitiesMoved(P1, P2, 500)),
                broken(new BoundedQueue(), "P1 is number 6 of those put off", new Queued(P1, 6)),
                new Broken(
                        new NoSplitBrain(),
                        "A and B both act as the quorum, and cannot talk to each other",
                        new TraceBuilder()
                                .place(2)
                                .at(
                                        0,
                                        new HandlerPlaced("A", new NodeId("n0")),
                                        new HandlerPlaced("B", new NodeId("n1")))
                                .at(10, new HandlersParted("A", "B"))
                                .by("A", 20, givenUp(P1))
                                .by("B", 30, givenUp(P0))
                                .build()));
    }

    private static ViewChanged givenUp(PartitionId partition) {
        return new ViewChanged(partition, PartitionStatus.SUSPECTED, PartitionStatus.FAILED);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void brokenTraceTripsTheInvariant(Broken broken) {
        var violations = broken.invariant().check(broken.trace(), RULES);

        assertThat(violations).hasSize(1);
        assertThat(violations.getFirst().sentence()).isEqualTo(broken.sentence());
        assertThat(violations.getFirst().entry()).isEqualTo(broken.trace().size() - 1);
        assertThat(broken.invariant().judge(broken.trace(), RULES).answer())
                .isEqualTo(Answer.VIOLATED);
    }

    @Test
    void everyInvariantHasABrokenTrace() {
        assertThat(broken().map(Broken::invariant).distinct())
                .containsExactlyInAnyOrderElementsOf(Invariant.all());
    }

    static List<Invariant> invariants() {
        return Invariant.all();
    }

    @ParameterizedTest
    @MethodSource("invariants")
    void healthyTraceTripsNothing(Invariant invariant) {
        var trace = ThreeRegions.result().trace();

        assertThat(invariant.check(trace, ThreeRegions.RULES)).isEmpty();
        assertThat(invariant.judge(trace, ThreeRegions.RULES).answer()).isEqualTo(Answer.HELD);
    }

    @ParameterizedTest
    @MethodSource("invariants")
    void legalSpecialCasesTripNothing(Invariant invariant) {
        var trace =
                new TraceBuilder()
                        .place(3)
                        // A waiter that was admitted is served although the quorum is lost.
                        .at(5, new PartitionDown(P1, DownCause.CRASHED))
                        .at(10, suspected(P1, StatusReason.SYNC_FAILURE))
                        .at(10, failed(P1, StatusReason.SYNC_FAILURE))
                        .at(10, new QuorumJudged(P1, 1, 2, 0, 3), new LockReserved(P1))
                        .at(20, suspected(P0, StatusReason.HEARTBEAT_MISS), new QuorumLost(1, 3))
                        .at(25, new LockGranted(P1, span(15)))
                        // The pause times out and the attempt is aborted before its first phase.
                        .at(25, new Paused())
                        // Word of the pause is on its way, and an older operation is in flight.
                        .at(26, new OperationCompleted(P2, span(0.5)), new Quiesced(span(1)))
                        .at(27, new OperationCompleted(P2, span(10)))
                        // The coordinator does not talk to a partition that is taken to be failed.
                        .at(28, new OperationCompleted(P1, span(1)))
                        .at(30, phase(RecoveryPhase.FAILED, 1), finished(1, false))
                        .at(30, new Resumed(span(5)), new LockReleased(P1))
                        .at(30, new RetryScheduled(P1, 1, span(5)))
                        .at(30, new PartitionDown(P0, DownCause.CUT_OFF))
                        .at(33, new OperationCompleted(P2, span(2)))
                        .at(35, new QuorumJudged(P1, 3, 1, 0, 3))
                        .at(35, new Escalated(P1, EscalationCause.QUORUM_LOST))
                        // An operator heals, quorum returns, and the operator asks for a retry.
                        .at(40, new PartitionUp(P0), trusted(P0), new QuorumRestored(2, 3))
                        .at(50, new ActionTaken(0, "operator-retry", "P1"))
                        .at(50, new Queued(P1, 1), new Drained(1), new Queued(P1, 1))
                        .at(60, new LockReserved(P1), new LockGranted(P1, span(0)), new Paused())
                        .at(60, new Quiesced(span(0)))
                        // A restart begins a new attempt.
                        .at(
                                60,
                                phase(RecoveryPhase.DETECTING, 1),
                                phase(RecoveryPhase.DETECTING, 2))
                        .at(70, phase(RecoveryPhase.REDISTRIBUTING, 2))
                        .at(80, new EntitiesMoved(P1, P0, 500), new EntitiesMoved(P1, P2, 500))
                        .at(80, phase(RecoveryPhase.REBALANCING, 2))
                        .at(90, phase(RecoveryPhase.VALIDATING, 2))
                        .at(90, phase(RecoveryPhase.COMPLETE, 2), finished(2, true))
                        .at(90, healed(P1, StatusReason.RECOVERED))
                        .build();

        assertThat(invariant.check(trace, RULES)).isEmpty();
    }

    @Test
    void whereMovingTakesTimeWhoeverTakesEntitiesMayBeSuspectedButNotFailed() {
        var slow = rules(PauseSharing.COUNTED, true);
        var suspected =
                placed(
                        new EntitiesConserved(),
                        "",
                        suspected(P2, StatusReason.HEARTBEAT_MISS),
                        new EntitiesMoved(P1, P2, 1));
        assertThat(suspected.invariant().check(suspected.trace(), slow)).isEmpty();
        var failed =
                placed(
                        new EntitiesConserved(),
                        "",
                        suspected(P2, StatusReason.HEARTBEAT_MISS),
                        new StatusChanged(
                                P2,
                                PartitionStatus.SUSPECTED,
                                PartitionStatus.FAILED,
                                StatusReason.HEARTBEAT_MISS),
                        new EntitiesMoved(P1, P2, 1));
        assertThat(failed.invariant().check(failed.trace(), slow)).hasSize(1);
    }

    @Test
    void whereMovingTakesTimeWhoeverIsHeardFromMayBeGivenEntitiesDuringItsRecovery() {
        var slow = rules(PauseSharing.COUNTED, true);
        var heard =
                placed(
                        new EntitiesConserved(),
                        "",
                        failed(P1, StatusReason.CONFIRMED),
                        phase(RecoveryPhase.REDISTRIBUTING, 1),
                        healed(P1, StatusReason.HEARD),
                        new EntitiesMoved(P2, P1, 1),
                        new EntitiesMoved(P1, P0, 1000),
                        phase(RecoveryPhase.REBALANCING, 1));
        assertThat(heard.invariant().check(heard.trace(), slow)).isEmpty();
        var fenced =
                placed(
                        new EntitiesConserved(),
                        "",
                        failed(P1, StatusReason.CONFIRMED),
                        phase(RecoveryPhase.REDISTRIBUTING, 1),
                        new EntitiesMoved(P1, P0, 999),
                        phase(RecoveryPhase.REBALANCING, 1));
        assertThat(fenced.invariant().check(fenced.trace(), slow)).hasSize(1);
    }

    @Test
    void whereMovingTakesTimeWhoeverIsHeardFromKeepsNoMoreThanOthersGaveIt() {
        var keeps =
                placed(
                        new EntitiesConserved(),
                        "",
                        failed(P1, StatusReason.CONFIRMED),
                        phase(RecoveryPhase.REDISTRIBUTING, 1),
                        healed(P1, StatusReason.HEARD),
                        new EntitiesMoved(P2, P1, 1),
                        new EntitiesMoved(P1, P0, 999),
                        phase(RecoveryPhase.REBALANCING, 1));
        assertThat(keeps.invariant().check(keeps.trace(), rules(PauseSharing.COUNTED, true)))
                .extracting(Violation::sentence)
                .containsExactly("P1 still owns 1 entity that had to move");
    }

    @Test
    void whereMovingTakesTimeWhoeverIsSuspectedThroughoutIsGivenNothing() {
        var slow = rules(PauseSharing.COUNTED, true);
        assertThat(
                        new EntitiesConserved()
                                .check(
                                        given(
                                                phase(RecoveryPhase.REDISTRIBUTING, 1),
                                                suspected(P2, StatusReason.HEARTBEAT_MISS)),
                                        slow))
                .isEmpty();
        assertThat(
                        new EntitiesConserved()
                                .check(
                                        given(
                                                suspected(P2, StatusReason.HEARTBEAT_MISS),
                                                phase(RecoveryPhase.REDISTRIBUTING, 1)),
                                        slow))
                .extracting(Violation::sentence)
                .containsExactly("P2 was given entities while it was SUSPECTED");
    }

    private static Trace given(Observation one, Observation other) {
        return placed(
                        new EntitiesConserved(),
                        "",
                        failed(P1, StatusReason.CONFIRMED),
                        one,
                        other,
                        new EntitiesMoved(P1, P2, 1))
                .trace();
    }

    @Test
    void whereThePauseIsAFlagRecoveriesMayOutlastIt() {
        var outside = broken(new RecoveryWithinPause(), "", phase(RecoveryPhase.REDISTRIBUTING, 1));
        assertThat(outside.invariant().check(outside.trace(), rules(PauseSharing.COUNTED, false)))
                .hasSize(1);
        assertThat(outside.invariant().check(outside.trace(), rules(PauseSharing.FLAG, false)))
                .isEmpty();
    }

    @Test
    void whereThePauseIsAFlagWhoeverSetsItWaitsAndWhoeverFindsItBegins() {
        var detecting = phase(RecoveryPhase.DETECTING, 1);
        assertThat(
                        byFlag(
                                new TraceBuilder()
                                        .at(10, new LockGranted(P0, span(0)), new Paused())
                                        .at(20, new LockGranted(P1, span(0)), detecting)
                                        .build()))
                .isEmpty();
        assertThat(
                        byFlag(
                                new TraceBuilder()
                                        .at(10, new LockGranted(P1, span(0)), new Paused())
                                        .at(20, new Resumed(span(10)))
                                        .at(30, new Quiesced(span(20)), detecting)
                                        .build()))
                .isEmpty();
        assertThat(
                        byFlag(
                                new TraceBuilder()
                                        .at(
                                                10,
                                                new LockGranted(P1, span(0)),
                                                new Paused(),
                                                detecting)
                                        .build()))
                .containsExactly(
                        "P1 entered DETECTING while operations in flight are still waited for");
        assertThat(
                        byFlag(
                                new TraceBuilder()
                                        .at(10, new LockGranted(P1, span(0)), detecting)
                                        .build()))
                .containsExactly("P1 entered DETECTING while there is no pause");
        assertThat(
                        byFlag(
                                new TraceBuilder()
                                        .at(10, new LockGranted(P0, span(0)), new Paused())
                                        .at(20, new PauseTimedOut(1))
                                        .at(30, new LockGranted(P1, span(0)), detecting)
                                        .build()))
                .containsExactly(
                        "P1 entered DETECTING while the time for operations in flight was over");
    }

    @Test
    void whereThePauseIsAFlagAnAttemptIsConsistentIfOnePauseLastsForAllOfIt() {
        var builder =
                new TraceBuilder()
                        .at(10, new LockGranted(P0, span(0)), new Paused(), new Quiesced(span(0)))
                        .at(20, new LockGranted(P1, span(0)), phase(RecoveryPhase.DETECTING, 1));
        assertThat(byFlag(builder.at(30, finished(1, true)).build())).isEmpty();
        var interrupted =
                new TraceBuilder()
                        .at(10, new LockGranted(P0, span(0)), new Paused(), new Quiesced(span(0)))
                        .at(20, new LockGranted(P1, span(0)), phase(RecoveryPhase.DETECTING, 1))
                        .at(30, new Resumed(span(20)))
                        .at(40, new LockGranted(P2, span(0)), new Paused(), new Quiesced(span(0)))
                        .at(50, finished(1, true));
        assertThat(byFlag(interrupted.build()))
                .containsExactly(
                        "the recovery of P1 was called consistent while no operation is in flight");
    }

    private static List<String> byFlag(Trace trace) {
        return new RecoveryWithinPause()
                .check(trace, rules(PauseSharing.FLAG, false)).stream()
                        .map(Violation::sentence)
                        .toList();
    }

    @Test
    void anAttemptThatDidNothingIsConsistentWhateverThePause() {
        var collided =
                broken(
                        new RecoveryWithinPause(),
                        "",
                        new Paused(),
                        new PauseTimedOut(1),
                        finished(1, false));
        assertThat(collided.invariant().check(collided.trace(), proceeding())).isEmpty();
        var worked =
                broken(
                        new RecoveryWithinPause(),
                        "",
                        new Paused(),
                        new PauseTimedOut(1),
                        phase(RecoveryPhase.DETECTING, 1),
                        finished(1, false));
        assertThat(worked.invariant().check(worked.trace(), proceeding()))
                .extracting(Violation::sentence)
                .containsExactly(
                        "the recovery of P1 was called consistent while the time for operations in"
                                + " flight was over");
    }

    @Test
    void whoeverIsHeardFromLeavesTheQueueAndNobodyElseDoes() {
        var heard =
                placed(
                        new QueueConserved(),
                        "",
                        failed(P1, StatusReason.CONFIRMED),
                        new Queued(P1, 1),
                        healed(P1, StatusReason.HEARD),
                        new Queued(P0, 1));
        assertThat(heard.invariant().check(heard.trace(), RULES)).isEmpty();
        var kept =
                placed(
                        new QueueConserved(),
                        "",
                        failed(P1, StatusReason.CONFIRMED),
                        new Queued(P1, 1),
                        healed(P1, StatusReason.HEARD),
                        new Queued(P0, 2));
        assertThat(kept.invariant().check(kept.trace(), RULES)).hasSize(1);
        var lost =
                placed(
                        new QueueConserved(),
                        "",
                        failed(P1, StatusReason.CONFIRMED),
                        new Queued(P1, 1),
                        trusted(P2),
                        new Queued(P0, 1));
        assertThat(lost.invariant().check(lost.trace(), RULES)).hasSize(1);
    }

    @Test
    void aPartitionMayFailAtTheVeryInstantAtWhichItsRecoveryIsComplete() {
        var trace =
                new TraceBuilder()
                        .place(3)
                        .at(
                                10,
                                phase(RecoveryPhase.COMPLETE, 1),
                                failed(P1, StatusReason.SAID_GOODBYE),
                                finished(1, true),
                                healed(P1, StatusReason.RECOVERED))
                        .build();
        assertThat(new FailedLeavesByRecovery().check(trace, RULES)).isEmpty();
    }

    @Test
    void aRecoveryThatIsCompleteHealsOnce() {
        var trace =
                new TraceBuilder()
                        .place(3)
                        .at(
                                10,
                                phase(RecoveryPhase.COMPLETE, 1),
                                healed(P1, StatusReason.RECOVERED),
                                failed(P1, StatusReason.SAID_GOODBYE),
                                healed(P1, StatusReason.RECOVERED))
                        .build();
        assertThat(new FailedLeavesByRecovery().check(trace, RULES))
                .extracting(Violation::sentence)
                .containsExactly("P1 recovered although no recovery completed");
    }

    @Test
    void aRoundOfWhichNobodyIsLeftBreaksWithNobodyMissing() {
        var empty =
                placed(
                        new BarrierWaitsForAll(),
                        "",
                        new RoundOpened(1, 3),
                        failed(P0, StatusReason.CONFIRMED),
                        failed(P1, StatusReason.CONFIRMED),
                        failed(P2, StatusReason.CONFIRMED),
                        new RoundBroken(1, List.of()));
        assertThat(empty.invariant().check(empty.trace(), RULES)).isEmpty();
        var oneIsLeft =
                placed(
                        new BarrierWaitsForAll(),
                        "",
                        new RoundOpened(1, 3),
                        failed(P0, StatusReason.CONFIRMED),
                        failed(P1, StatusReason.CONFIRMED),
                        new RoundBroken(1, List.of()));
        assertThat(oneIsLeft.invariant().check(oneIsLeft.trace(), RULES))
                .extracting(Violation::sentence)
                .containsExactly("a round broke although nobody was missing");
    }

    @Test
    void whenAPartitionFailsAgainTheAttemptThatIsUnderWayIsNotCountedAnew() {
        assertThat(new EpochsMonotone().check(failsAgainUnderWay(2), RULES)).isEmpty();
        assertThat(new EpochsMonotone().check(failsAgainUnderWay(1), RULES))
                .extracting(Violation::sentence)
                .containsExactly("attempt of P1 is number 1, but should be 2");
        var third =
                broken(
                        new AttemptsBounded(),
                        "",
                        finished(1, false),
                        new LockGranted(P1, span(0)),
                        healed(P1, StatusReason.HEARD),
                        failed(P1, StatusReason.CONFIRMED),
                        finished(2, false),
                        finished(1, false));
        assertThat(third.invariant().check(third.trace(), RULES)).hasSize(1);
    }

    /// @param next the number of the attempt that is under way meanwhile
    private static Trace failsAgainUnderWay(int next) {
        return broken(
                        new EpochsMonotone(),
                        "",
                        phase(RecoveryPhase.DETECTING, 1),
                        finished(1, false),
                        new LockGranted(P1, span(0)),
                        healed(P1, StatusReason.HEARD),
                        failed(P1, StatusReason.CONFIRMED),
                        phase(RecoveryPhase.DETECTING, next),
                        finished(next, false))
                .trace();
    }

    @Test
    void theLastAttemptIsReplacedByOneMoreIfItIsBrokenOffButNotFollowedByAny() {
        assertThat(attempts(finished(1, false), new AttemptRestarted(P1, 2), finished(3, false)))
                .isEmpty();
        assertThat(attempts(finished(1, false), finished(3, false)))
                .containsExactly("P1 made attempt 3 of 2");
        assertThat(
                        attempts(
                                finished(1, false),
                                finished(2, false),
                                new AttemptRestarted(P1, 2),
                                finished(3, false)))
                .containsExactly("P1 made attempt 3 of 2");
        assertThat(attempts(new AttemptRestarted(P1, 1), finished(2, false), finished(3, false)))
                .containsExactly("P1 made attempt 3 of 2");
    }

    @Test
    void anOperatorWhoAsksForOneRecoveryMayHaveThatOneCountAnew() {
        assertThat(
                        attempts(
                                finished(1, false),
                                finished(2, false),
                                new ActionTaken(0, "operator-retry", "OperatorRetry[partition=P1]"),
                                finished(1, false)))
                .isEmpty();
        assertThat(
                        attempts(
                                finished(1, false),
                                finished(2, false),
                                new ActionTaken(
                                        0, "operator-retry", "OperatorRetry[partition=P10]"),
                                finished(1, false)))
                .containsExactly("P1 made attempt 3 of 2");
        var another =
                broken(
                        new EpochsMonotone(),
                        "",
                        phase(RecoveryPhase.DETECTING, 1),
                        finished(1, false),
                        new ActionTaken(0, "operator-retry", "OperatorRetry[partition=P2]"),
                        phase(RecoveryPhase.DETECTING, 1));
        assertThat(another.invariant().check(another.trace(), RULES)).hasSize(1);
    }

    private static List<String> attempts(Observation... observations) {
        var trace = broken(new AttemptsBounded(), "", observations).trace();
        return new AttemptsBounded().check(trace, RULES).stream().map(Violation::sentence).toList();
    }

    @Test
    void whereOnlyHoldersAreInProgressWaitersAreNot() {
        var holders = rules(RULES.onPauseTimeout(), InProgress.HOLDERS, RULES.pause(), false);
        assertThat(new ReservationsAccounted().check(oneHoldsAndOneWaits(1), holders)).isEmpty();
        assertThat(new ReservationsAccounted().check(oneHoldsAndOneWaits(2), holders)).hasSize(1);
        assertThat(new ReservationsAccounted().check(oneHoldsAndOneWaits(2), RULES)).isEmpty();
    }

    private static Trace oneHoldsAndOneWaits(int inProgress) {
        return broken(
                        new ReservationsAccounted(),
                        "",
                        new LockReserved(P1),
                        new LockGranted(P1, span(10)),
                        new LockReserved(P0),
                        new QuorumJudged(P0, 1, 2, inProgress, 3))
                .trace();
    }

    @Test
    void aPauseThatIsOverBeforeAllHaveComeToRestForbidsNothing() {
        var late =
                broken(
                        new NoOperationWhilePaused(),
                        "",
                        new Paused(),
                        new Resumed(span(10)),
                        new Quiesced(span(20)),
                        new OperationCompleted(P1, span(5)));
        assertThat(late.invariant().check(late.trace(), RULES)).isEmpty();
    }

    @Test
    void whoeverFailsDuringAPauseNeedNotKeepToItButWhoeverFailsAfterItHadTo() {
        assertThat(
                        acceptedInAPause(
                                new Paused(),
                                new Quiesced(span(10)),
                                failed(P1, StatusReason.CONFIRMED),
                                new Resumed(span(30)),
                                new OperationCompleted(P1, span(25))))
                .isEmpty();
        assertThat(
                        acceptedInAPause(
                                new Paused(),
                                new Quiesced(span(10)),
                                new Resumed(span(20)),
                                failed(P1, StatusReason.CONFIRMED),
                                new OperationCompleted(P1, span(25))))
                .hasSize(1);
    }

    private static List<Violation> acceptedInAPause(Observation... observations) {
        var trace = broken(new NoOperationWhilePaused(), "", observations).trace();
        return new NoOperationWhilePaused().check(trace, RULES);
    }

    private static Rules proceeding() {
        return rules(OnPauseTimeout.PROCEED, PauseSharing.COUNTED, false);
    }

    private static Rules rules(PauseSharing pause, boolean movingTakesTime) {
        return rules(RULES.onPauseTimeout(), pause, movingTakesTime);
    }

    private static Rules rules(
            OnPauseTimeout onPauseTimeout, PauseSharing pause, boolean movingTakesTime) {
        return rules(onPauseTimeout, RULES.inProgress(), pause, movingTakesTime);
    }

    private static Rules rules(
            OnPauseTimeout onPauseTimeout,
            InProgress inProgress,
            PauseSharing pause,
            boolean movingTakesTime) {
        return new Rules(
                RULES.maxConcurrent(),
                RULES.attempts(),
                RULES.levelsMove(),
                RULES.quorum(),
                RULES.census(),
                RULES.healing(),
                onPauseTimeout,
                inProgress,
                pause,
                movingTakesTime);
    }

    @Test
    void namesAreInKebabCase() {
        assertThat(Invariant.all())
                .extracting(Invariant::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"))
                .contains("legal-status-transitions", "one-recovery-at-a-time");
    }

    /// Observes one thing every 10 ms.
    private static Broken broken(
            Invariant invariant, String sentence, Observation... observations) {
        var builder = new TraceBuilder();
        for (int i = 0; i < observations.length; i++) {
            builder.at(10 * (i + 1), observations[i]);
        }
        return new Broken(invariant, sentence, builder.build());
    }

    /// The same in a system of three partitions.
    private static Broken placed(
            Invariant invariant, String sentence, Observation... observations) {
        var builder = new TraceBuilder().place(3);
        for (int i = 0; i < observations.length; i++) {
            builder.at(10 * (i + 1), observations[i]);
        }
        return new Broken(invariant, sentence, builder.build());
    }

    private static MessageDelivered arrives(String node) {
        return new MessageDelivered(
                MessageKind.BARRIER_ARRIVE, new NodeId(node), new NodeId("coordinator"), span(0));
    }

    private static StatusChanged status(PartitionStatus from, PartitionStatus to) {
        return new StatusChanged(P1, from, to, StatusReason.CONFIRMED);
    }

    private static PhaseEntered phase(RecoveryPhase phase, int attempt) {
        return new PhaseEntered(P1, phase, attempt);
    }

    private static AttemptFinished finished(int attempt, boolean succeeded) {
        return new AttemptFinished(P1, attempt, succeeded, false);
    }
}
