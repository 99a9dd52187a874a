package io.faultline.model.detector;

import static io.faultline.model.cluster.PartitionStatus.FAILED;
import static io.faultline.model.cluster.PartitionStatus.HEALTHY;
import static io.faultline.model.cluster.PartitionStatus.SUSPECTED;
import static io.faultline.model.observation.Observed.ReportKind.BARRIER_TIMEOUT;
import static io.faultline.model.observation.Observed.ReportKind.SYNC_FAILURE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Changed;
import io.faultline.model.Settings;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.detector.Suspicions.Change;
import io.faultline.model.observation.Observed.ReportKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Optional;

/// How reports change what a coordinator believes.
class SuspicionsTest {

    private static final PartitionId P0 = new PartitionId(0);
    private static final PartitionId P1 = new PartitionId(1);

    private final Suspicions confirming = suspicions(SuspicionPolicy.CONFIRMING);
    private final Suspicions counting = suspicions(SuspicionPolicy.COUNTING);

    private static Suspicions suspicions(SuspicionPolicy policy) {
        return new Suspicions(
                Changed.in(
                        Settings.of(1).protocol().suspicion(),
                        "policy",
                        policy,
                        "confirm",
                        Duration.ofSeconds(5)),
                3);
    }

    @Test
    void everybodyIsHealthyAtFirst() {
        assertThat(confirming.status(P0)).isEqualTo(HEALTHY);
        assertThat(confirming.healthy()).isEqualTo(3);
        assertThat(confirming.total()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void twoReportsOfOneKindInARowRaiseSuspicion(ReportKind kind) {
        assertThat(confirming.report(P0, kind)).isEmpty();
        assertThat(confirming.status(P0)).isEqualTo(HEALTHY);
        var reason = StatusReason.valueOf(kind.name());
        assertThat(confirming.report(P0, kind))
                .contains(new Change(P0, HEALTHY, SUSPECTED, reason));
    }

    @Test
    void oneReportOfEachKindRaisesNoSuspicion() {
        confirming.report(P0, BARRIER_TIMEOUT);
        assertThat(confirming.report(P0, SYNC_FAILURE)).isEmpty();
        assertThat(confirming.inARow(P0, BARRIER_TIMEOUT)).isEqualTo(1);
        assertThat(confirming.inARow(P0, SYNC_FAILURE)).isEqualTo(1);
        assertThat(confirming.report(P0, SYNC_FAILURE)).isPresent();
    }

    @Test
    void reportsOfOnePartitionSayNothingOfAnother() {
        confirming.report(P0, BARRIER_TIMEOUT);
        assertThat(confirming.report(P1, BARRIER_TIMEOUT)).isEmpty();
    }

    /// Five reports end SUSPECTED; only time confirms a failure.
    @Test
    void furtherReportsNeverConfirmAFailure() {
        for (int i = 0; i < 5; i++) {
            confirming.report(P0, BARRIER_TIMEOUT);
        }
        assertThat(confirming.status(P0)).isEqualTo(SUSPECTED);
        assertThat(confirming.report(P0, BARRIER_TIMEOUT)).isEmpty();
    }

    @Test
    void countingTakesTheFirstReportAsSuspicionAndTheSecondAsFailure() {
        assertThat(counting.report(P0, BARRIER_TIMEOUT))
                .contains(new Change(P0, HEALTHY, SUSPECTED, StatusReason.BARRIER_TIMEOUT));
        assertThat(counting.report(P0, BARRIER_TIMEOUT))
                .contains(new Change(P0, SUSPECTED, FAILED, StatusReason.BARRIER_TIMEOUT));
    }

    @Test
    void countingMakesNoDifferenceBetweenKinds() {
        counting.report(P0, BARRIER_TIMEOUT);
        assertThat(counting.report(P0, SYNC_FAILURE))
                .contains(new Change(P0, SUSPECTED, FAILED, StatusReason.SYNC_FAILURE));
    }

    @Test
    void positiveEvidenceStartsBothCountsAnew() {
        confirming.report(P0, BARRIER_TIMEOUT);
        confirming.report(P0, SYNC_FAILURE);
        assertThat(confirming.alive(P0)).isEmpty();
        assertThat(confirming.inARow(P0, BARRIER_TIMEOUT)).isZero();
        assertThat(confirming.inARow(P0, SYNC_FAILURE)).isZero();
        assertThat(confirming.report(P0, BARRIER_TIMEOUT)).isEmpty();
        assertThat(confirming.report(P0, SYNC_FAILURE)).isEmpty();
    }

    @Test
    void positiveEvidenceEndsASuspicion() {
        confirming.suspect(P0, StatusReason.HEARTBEAT_MISS);
        assertThat(confirming.alive(P0))
                .contains(new Change(P0, SUSPECTED, HEALTHY, StatusReason.FALSE_ALARM));
    }

    @Test
    void onlyASuspectedPartitionCanBeDeclaredFailed() {
        assertThat(confirming.fail(P0, StatusReason.CONFIRMED)).isEmpty();
        confirming.suspect(P0, StatusReason.HEARTBEAT_MISS);
        assertThat(confirming.fail(P0, StatusReason.CONFIRMED))
                .contains(new Change(P0, SUSPECTED, FAILED, StatusReason.CONFIRMED));
        assertThat(confirming.fail(P0, StatusReason.CONFIRMED)).isEmpty();
    }

    @Test
    void suspectingASuspectChangesNothing() {
        confirming.suspect(P0, StatusReason.HEARTBEAT_MISS);
        assertThat(confirming.suspect(P0, StatusReason.BARRIER_TIMEOUT)).isEmpty();
    }

    @Test
    void aReportWhileFailedChangesNothing() {
        fail(P0);
        int before = counting.inARow(P0, BARRIER_TIMEOUT);
        assertThat(counting.report(P0, BARRIER_TIMEOUT)).isEmpty();
        assertThat(counting.inARow(P0, BARRIER_TIMEOUT)).isEqualTo(before);
    }

    @Test
    void nothingSpeaksForAFailedPartition() {
        fail(P0);
        assertThat(counting.alive(P0)).isEmpty();
        assertThat(counting.suspect(P0, StatusReason.HEARTBEAT_MISS)).isEmpty();
        assertThat(counting.status(P0)).isEqualTo(FAILED);
    }

    @ParameterizedTest
    @EnumSource(names = {"RECOVERED", "OPERATOR"})
    void recoveriesAndOperatorsRestoreAFailedPartition(StatusReason reason) {
        fail(P0);
        assertThat(counting.restore(P0, reason)).contains(new Change(P0, FAILED, HEALTHY, reason));
        assertThat(counting.inARow(P0, BARRIER_TIMEOUT)).isZero();
    }

    @Test
    void restoringAHealthyPartitionChangesOnlyItsCounts() {
        confirming.report(P0, BARRIER_TIMEOUT);
        assertThat(confirming.restore(P0, StatusReason.RECOVERED)).isEqualTo(Optional.empty());
        assertThat(confirming.inARow(P0, BARRIER_TIMEOUT)).isZero();
    }

    @Test
    void neitherSuspectedNorFailedCountsAsHealthy() {
        counting.report(P0, BARRIER_TIMEOUT);
        assertThat(counting.healthy()).isEqualTo(2);
        counting.report(P0, BARRIER_TIMEOUT);
        assertThat(counting.healthy()).isEqualTo(2);
        counting.report(P1, BARRIER_TIMEOUT);
        assertThat(counting.healthy()).isEqualTo(1);
        counting.restore(P0, StatusReason.RECOVERED);
        counting.alive(P1);
        assertThat(counting.healthy()).isEqualTo(3);
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Changed.in(
                                Settings.of(1).protocol().suspicion(),
                                "strikes",
                                0,
                                "confirm",
                                Duration.ZERO))
                .withMessage("strikes must be at least 1, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Changed.in(
                                Settings.of(1).protocol().suspicion(),
                                "strikes",
                                1,
                                "confirm",
                                Duration.ofMillis(-1)));
    }

    private void fail(PartitionId partition) {
        counting.report(partition, BARRIER_TIMEOUT);
        counting.report(partition, BARRIER_TIMEOUT);
    }
}
