package io.faultline.report.diagnosis;

import static io.faultline.model.cluster.StatusReason.RECOVERED;
import static io.faultline.report.TraceBuilder.failed;
import static io.faultline.report.TraceBuilder.healed;
import static io.faultline.report.TraceBuilder.span;
import static io.faultline.report.TraceBuilder.suspected;
import static io.faultline.report.diagnosis.Story.p;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Observation;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.ReportKind;
import io.faultline.model.observation.Observed.Reported;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.recovery.RecoveryPhase;

import org.junit.jupiter.api.Test;

import java.util.List;

class CascadeTest {

    private static final FaultInjected CRASH = new FaultInjected(0, "crash", "", List.of(p(0)));

    /// P0 crashes, fails and is recovered, for which operations are paused for 40 ms: that is short
    /// enough.
    private static Story crash() {
        return pauses(Story.of(9).at(100, CRASH), 200, 0, 40);
    }

    /// A partition fails, and for its recovery operations are paused.
    private static Story pauses(Story story, double millis, int rank, double pause) {
        return story.at(millis, suspected(p(rank), StatusReason.HEARTBEAT_MISS))
                .at(
                        millis + 10,
                        failed(p(rank), StatusReason.HEARTBEAT_MISS),
                        new LockReserved(p(rank)),
                        new LockGranted(p(rank), span(0)),
                        new Paused())
                .at(
                        millis + 10 + pause,
                        new PhaseEntered(p(rank), RecoveryPhase.COMPLETE, 1),
                        new Resumed(span(pause)));
    }

    /// A partition is declared failed by mistake. If it is out of service meanwhile, it is damaged.
    private static Story mistaken(Story story, double millis, int rank, double unserved) {
        return story.fails(millis, rank)
                .at(millis + 11, new OperationRejected(p(rank)))
                .at(millis + 11 + unserved, new OperationRejected(p(rank)))
                .at(millis + 150, healed(p(rank), RECOVERED));
    }

    /// It fails, does not serve for 100 ms, and what is done about it takes it a short pause.
    private static Story damaged(Story story, double millis, int rank) {
        return pauses(story, millis, rank, 40)
                .at(millis + 51, new OperationRejected(p(rank)))
                .at(millis + 121, new OperationRejected(p(rank)))
                .at(millis + 150, healed(p(rank), RECOVERED));
    }

    Story twoPiecesOfDamage() {
        return damaged(damaged(crash(), 400, 1), 600, 2);
    }

    private static List<Finding> found(Story story) {
        var findings = story.diagnosed(new Cascade());
        assertThat(findings).allMatch(finding -> finding.certificate().verify(story.trace()));
        return findings;
    }

    @Test
    void damageThatLeadsToDamageIsACascade() {
        var found = found(twoPiecesOfDamage());
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().sentence())
                .isEqualTo(
                        "2 failures of 2 partitions that no fault concerned: R = 2.00, depth 2,"
                                + " breadth 1, and growing after the last fault was over");
    }

    private static Story threeMistakes(double unserved) {
        return mistaken(
                mistaken(mistaken(crash(), 300, 1, unserved), 480, 2, unserved), 660, 3, unserved);
    }

    @Test
    void muchDamageOfOneFaultIsOneToo() {
        var found = found(threeMistakes(60));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().sentence())
                .contains("3 failures of 3", "R = 3.00, depth 1, breadth 3");
    }

    /// Whoever is declared failed by mistake and goes on serving has come to no harm.
    @Test
    void mistakesThatCostNoServiceAreNoDamage() {
        assertThat(found(threeMistakes(40))).isEmpty();
    }

    @Test
    void whoeverIsDownInTruthIsDamagedWhateverHeServes() {
        var story = crash();
        for (int rank = 1; rank <= 2; rank++) {
            story.at(300 + 200 * rank, new PartitionDown(p(rank), Observed.DownCause.CRASHED))
                    .fails(320 + 200 * rank, rank)
                    .at(335 + 200 * rank, new PartitionUp(p(rank)))
                    .at(336 + 200 * rank, healed(p(rank), RECOVERED));
        }
        assertThat(found(story).getFirst().sentence()).startsWith("2 failures of 2 partitions");
    }

    /// P1 fails by mistake; the pause for its recovery is one that the seven others do not bear.
    @Test
    void lossOfServiceIsDamageToo() {
        var found = found(pauses(crash(), 400, 1, 60).at(500, healed(p(1), RECOVERED)));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().sentence())
                .startsWith(
                        "1 failure and 7 losses of service for more than 50ms of 8 partitions"
                                + " that no fault concerned: R = 8.00, depth 2, breadth 7");
        assertThat(found(pauses(crash(), 400, 1, 40).at(500, healed(p(1), RECOVERED)))).isEmpty();
    }

    /// That everybody has to wait while one is recovered is how it is meant.
    @Test
    void aPauseForWhomAFaultConcernsIsNoCascade() {
        assertThat(found(pauses(Story.of(9).at(100, CRASH), 200, 0, 500))).isEmpty();
    }

    @Test
    void aSinglePieceOfDamageIsNot() {
        assertThat(found(mistaken(crash(), 400, 1, 60))).isEmpty();
    }

    @Test
    void littleDamageOfManyFaultsIsNot() {
        var story = Story.of(9);
        for (int rank = 0; rank < 4; rank++) {
            story.at(100 + rank, new FaultInjected(rank, "crash", "", List.of(p(rank))));
        }
        assertThat(found(mistaken(mistaken(pauses(story, 200, 0, 40), 400, 7, 60), 600, 8, 60)))
                .isEmpty();
    }

    @Test
    void failuresOfThoseWhomFaultsConcernAreNoDamage() {
        var many = new FaultInjected(0, "crash", "", List.of(p(0), p(1), p(2), p(3)));
        var story = pauses(Story.of(9).at(100, many), 200, 0, 40);
        assertThat(found(mistaken(mistaken(mistaken(story, 300, 1, 60), 480, 2, 60), 660, 3, 60)))
                .isEmpty();
    }

    @Test
    void whatRecoveryDidLongAgoLedToNothing() {
        var story = crash();
        for (int rank = 1; rank <= 3; rank++) {
            mistaken(story, 1300 + 200 * rank, rank, 60);
        }
        assertThat(found(story)).isEmpty();
    }

    @Test
    void failuresOfWhichNothingIsKnownAreNoCascade() {
        var story = Story.of(9);
        for (int rank = 1; rank <= 3; rank++) {
            mistaken(story, 300 + 200 * rank, rank, 60);
        }
        assertThat(found(story)).isEmpty();
    }

    @Test
    void whatIsReportedInTheScriptIsAFaultAndTheChainOfCausesLeadsOnFromThere() {
        var story =
                Story.of(9)
                        .at(
                                100,
                                new ActionTaken(0, "report", ""),
                                new Reported(p(0), ReportKind.SYNC_FAILURE, 1),
                                suspected(p(0), StatusReason.SYNC_FAILURE),
                                failed(p(0), StatusReason.CONFIRMED),
                                reported(1),
                                failed(p(1), StatusReason.CONFIRMED),
                                reported(2),
                                failed(p(2), StatusReason.CONFIRMED),
                                new Paused())
                        .at(200, new Resumed(span(100)));
        var found = found(story);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().sentence()).contains("2 failures", "depth 2");
    }

    private static Observation reported(int rank) {
        return new StatusChanged(
                p(rank),
                PartitionStatus.HEALTHY,
                PartitionStatus.SUSPECTED,
                StatusReason.SYNC_FAILURE);
    }

    @Test
    void aForgedCertificateIsRefused() {
        var story = twoPiecesOfDamage();
        var spread = (Cascade.Spread) found(story).getFirst().certificate();
        var first = spread.damage().getFirst();
        var deeper =
                new Cascade.Damage(
                        first.partition(), true, first.entry(), first.by(), first.through(), 2);
        var other =
                new Cascade.Damage(
                        first.partition(), true, first.entry(), first.by() - 1, first.through(), 1);
        assertThat(
                        List.of(
                                with(spread, List.of(deeper)),
                                with(spread, List.of(other)),
                                with(spread, List.of(first, first)),
                                new Cascade.Spread(
                                        spread.faults(),
                                        List.of(),
                                        spread.damage(),
                                        spread.within(),
                                        spread.slo(),
                                        spread.end()),
                                new Cascade.Spread(
                                        List.of(),
                                        spread.targets(),
                                        spread.damage(),
                                        spread.within(),
                                        spread.slo(),
                                        spread.end())))
                .allMatch(forged -> !forged.verify(story.trace()));
    }

    private static Cascade.Spread with(Cascade.Spread spread, List<Cascade.Damage> damage) {
        return new Cascade.Spread(
                spread.faults(),
                spread.targets(),
                damage,
                spread.within(),
                spread.slo(),
                spread.end());
    }
}
