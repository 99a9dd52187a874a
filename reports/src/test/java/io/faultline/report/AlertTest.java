package io.faultline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.monitor.AlertRule;
import io.faultline.model.observation.Observed.AlertCleared;
import io.faultline.model.observation.Observed.AlertRaised;

import org.junit.jupiter.api.Test;

import java.util.Optional;

/// What is said of the alerts of a run.
class AlertTest {

    @Test
    void anAlertLastsFromWhenItIsRaisedToWhenItIsClearedOrForGood() {
        var trace =
                new TraceBuilder()
                        .at(1000, new AlertRaised(AlertRule.FAILED, "1 > 0"))
                        .at(2000, new AlertRaised(AlertRule.SUSPECTED, "3 > 2"))
                        .at(3000, new AlertCleared(AlertRule.FAILED, 2))
                        .at(4000, new AlertRaised(AlertRule.FAILED, "2 > 0"))
                        .build();
        assertThat(Alert.of(trace))
                .containsExactly(
                        new Alert(
                                AlertRule.FAILED,
                                "1 > 0",
                                TraceBuilder.time(1000),
                                Optional.of(TraceBuilder.time(3000))),
                        new Alert(
                                AlertRule.SUSPECTED,
                                "3 > 2",
                                TraceBuilder.time(2000),
                                Optional.empty()),
                        new Alert(
                                AlertRule.FAILED,
                                "2 > 0",
                                TraceBuilder.time(4000),
                                Optional.empty()));
    }
}
