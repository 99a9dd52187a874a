package io.faultline.report.diagnosis;

import static io.faultline.report.TraceBuilder.failed;
import static io.faultline.report.TraceBuilder.span;
import static io.faultline.report.TraceBuilder.suspected;
import static io.faultline.report.diagnosis.Story.p;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Observation;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.ReportKind;
import io.faultline.model.observation.Observed.Reported;
import io.faultline.model.observation.Observed.StatusChanged;

import org.junit.jupiter.api.Test;

import java.util.List;

class CascadeTest {

    private static final FaultInjected CRASH = new FaultInjected(0, "crash", "", List.of(p(0)));

    /// P0 crashes, fails and is recovered, for which operations are paused.
    private static Story crash() {
        return pauses(Story.of(9).at(100, CRASH), 200, 0);
    }

    /// A partition fails, and for its recovery operations are paused.
    private static Story pauses(Story story, double millis, int rank) {
        return story.at(millis, suspected(p(rank), StatusReason.HEARTBEAT_MISS))
                .at(
                        millis + 10,
                        failed(p(rank), StatusReason.HEARTBEAT_MISS),
                        new LockReserved(p(rank)),
                        new LockGranted(p(rank), span(0)),
                        new Paused());
    }

    Story twoPiecesOfDamage() {
        return pauses(pauses(crash(), 400, 1), 600, 2);
    }

    private static List<Finding> found(Story story) {
        var findings = story.diagnosed(new Cascade());
        assertThat(findings).allMatch(finding -> finding.certificate().verify(story.trace()));
        return findings;
    }

    @Test
    void damageThatLeadsToDamageIsACascade() {
        var found = found(pauses(pauses(crash(), 400, 1), 600, 2));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().sentence())
                .isEqualTo(
                        "2 failures of 2 partitions that no fault concerned: R = 2.00, depth 2,"
                                + " breadth 1, and growing after the last fault was over");
    }

    @Test
    void muchDamageOfOneFaultIsOneToo() {
        var found = found(crash().fails(400, 1).fails(420, 2).fails(440, 3));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().sentence()).contains("R = 3.00, depth 1, breadth 3");
    }

    @Test
    void aSinglePieceOfDamageIsNot() {
        assertThat(found(crash().fails(400, 1))).isEmpty();
    }

    @Test
    void littleDamageOfManyFaultsIsNot() {
        var story = Story.of(9);
        for (int rank = 0; rank < 4; rank++) {
            story.at(100 + rank, new FaultInjected(rank, "crash", "", List.of(p(rank))));
        }
        pauses(story, 200, 0).fails(400, 7).fails(420, 8);
        assertThat(found(story)).isEmpty();
    }

    @Test
    void failuresOfThoseWhomFaultsConcernAreNoDamage() {
        var many = new FaultInjected(0, "crash", "", List.of(p(0), p(1), p(2), p(3)));
        assertThat(
                        found(
                                pauses(Story.of(9).at(100, many), 200, 0)
                                        .fails(400, 1)
                                        .fails(420, 2)
                                        .fails(440, 3)))
                .isEmpty();
    }

    @Test
    void whatRecoveryDidLongAgoLedToNothing() {
        assertThat(found(crash().fails(1400, 1).fails(1420, 2).fails(1440, 3))).isEmpty();
    }

    @Test
    void failuresOfWhichNothingIsKnownAreNoCascade() {
        assertThat(found(Story.of(9).fails(400, 1).fails(420, 2).fails(440, 3))).isEmpty();
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
                                failed(p(2), StatusReason.CONFIRMED));
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
        var story = pauses(pauses(crash(), 400, 1), 600, 2);
        var spread = (Cascade.Spread) found(story).getFirst().certificate();
        var first = spread.damage().getFirst();
        var deeper =
                new Cascade.Damage(
                        first.partition(), first.failure(), first.by(), first.through(), 2);
        var other =
                new Cascade.Damage(
                        first.partition(), first.failure(), first.by() - 1, first.through(), 1);
        assertThat(
                        List.of(
                                new Cascade.Spread(
                                        spread.faults(),
                                        spread.targets(),
                                        List.of(deeper),
                                        spread.within()),
                                new Cascade.Spread(
                                        spread.faults(),
                                        spread.targets(),
                                        List.of(other),
                                        spread.within()),
                                new Cascade.Spread(
                                        spread.faults(),
                                        List.of(),
                                        spread.damage(),
                                        spread.within()),
                                new Cascade.Spread(
                                        List.of(),
                                        spread.targets(),
                                        spread.damage(),
                                        spread.within())))
                .allMatch(forged -> !forged.verify(story.trace()));
    }
}
