package io.faultline.report;

import static io.faultline.report.TraceBuilder.P0;
import static io.faultline.report.TraceBuilder.P1;
import static io.faultline.report.TraceBuilder.span;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Observation;
import io.faultline.model.observation.Observed.BalanceEnd;
import io.faultline.model.observation.Observed.BalanceFinished;
import io.faultline.model.observation.Observed.Drained;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.Livelock;
import io.faultline.model.observation.Observed.PauseTimedOut;
import io.faultline.model.observation.Observed.TransferCompleted;
import io.faultline.model.recovery.RecoveryPhase;

import org.junit.jupiter.api.Test;

class QuantityTest {

    private static String said(Observation observation) {
        return Said.of(observation).orElseThrow().text();
    }

    @Test
    void oneOfSomethingIsNotSeveral() {
        assertThat(Quantity.count(1, "entity")).isEqualTo("1 entity");
        assertThat(Quantity.count(0, "entity")).isEqualTo("0 entities");
        assertThat(Quantity.count(2, "entity")).isEqualTo("2 entities");
        assertThat(Quantity.count(1_234, "pass")).isEqualTo("1 234 passes");
    }

    @Test
    void sentencesAgreeWithTheirNumbers() {
        assertThat(said(new Drained(1))).isEqualTo("queue drained: 1 recovery starts");
        assertThat(said(new Drained(2))).isEqualTo("queue drained: 2 recoveries start");
        assertThat(said(new Livelock(1)))
                .isEqualTo("livelock: 1 recovery waits, and nothing can start it");
        assertThat(said(new EntitiesMoved(P0, P1, 1))).isEqualTo("1 entity moves from P0 to P1");
        assertThat(said(new EntitiesMoved(P0, P1, 3))).isEqualTo("3 entities move from P0 to P1");
        assertThat(said(new TransferCompleted(P0, RecoveryPhase.REBALANCING, 1, span(5))))
                .startsWith("1 entity has arrived after");
        assertThat(said(new BalanceFinished(BalanceEnd.BALANCED, 1, 1)))
                .endsWith("1 entity moved in 1 round");
        assertThat(said(new PauseTimedOut(1))).endsWith("1 partition is not at rest");
        assertThat(said(new PauseTimedOut(2))).endsWith("2 partitions are not at rest");
    }
}
