package io.faultline.report.diagnosis;

import static io.faultline.model.cluster.StatusReason.HEARTBEAT_MISS;
import static io.faultline.model.cluster.StatusReason.RECOVERED;
import static io.faultline.report.TraceBuilder.failed;
import static io.faultline.report.TraceBuilder.healed;
import static io.faultline.report.TraceBuilder.span;
import static io.faultline.report.TraceBuilder.time;
import static io.faultline.report.diagnosis.Story.p;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationLost;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.Resumed;

import org.junit.jupiter.api.Test;

import java.util.List;

/// When a partition serves nobody for longer than 50 ms.
class ServiceTest {

    private static Service service(Story story) {
        return Service.of(story.trace(), span(50), time(1000));
    }

    private static List<String> losses(Story story) {
        return service(story).losses().stream()
                .map(loss -> loss.partition() + " " + loss.span().from() + " " + loss.sentence())
                .toList();
    }

    @Test
    void aPauseIsOneForEverybodyIfItIsTooLong() {
        var short_ = Story.of(2).at(100, new Paused()).at(150, new Resumed(span(50)));
        assertThat(losses(short_)).isEmpty();
        var long_ = Story.of(2).at(100, new Paused()).at(160, new Resumed(span(60)));
        assertThat(losses(long_))
                .containsExactly(
                        "P0 0.100s served by nobody for 60ms: operations are paused",
                        "P1 0.100s served by nobody for 60ms: operations are paused");
    }

    @Test
    void whatHasNotEndedLastsUntilTheEndOfTheRun() {
        assertThat(losses(Story.of(1).at(900, new Paused()))).hasSize(1);
        assertThat(losses(Story.of(1).at(960, new Paused()))).isEmpty();
    }

    @Test
    void aPartitionThatIsDownServesNobody() {
        var story =
                Story.of(2)
                        .at(100, new PartitionDown(p(1), DownCause.CRASHED))
                        .at(200, new PartitionUp(p(1)));
        assertThat(losses(story))
                .containsExactly("P1 0.100s served by nobody for 100ms: it is down");
    }

    @Test
    void operationsThatAreRefusedLostOrLateInARowAreALossFromTheArrivalOfTheFirst() {
        var story =
                Story.of(1)
                        .at(200, new OperationCompleted(p(0), span(55)))
                        .at(210, new OperationRejected(p(0)))
                        .at(245, new OperationLost(p(0)));
        assertThat(losses(story))
                .containsExactly(
                        "P0 0.145s served by nobody for 100ms: operations are refused, lost or"
                                + " late");
    }

    @Test
    void anOperationThatIsDoneInTimeEndsTheRow() {
        var story =
                Story.of(1)
                        .at(200, new OperationRejected(p(0)))
                        .at(230, new OperationCompleted(p(0), span(50)))
                        .at(260, new OperationRejected(p(0)));
        assertThat(losses(story)).isEmpty();
    }

    /// Rare operations say nothing of the time between them.
    @Test
    void aSingleRefusalIsNoLossHoweverLongNobodyAsksAgain() {
        assertThat(losses(Story.of(1).at(200, new OperationRejected(p(0))))).isEmpty();
    }

    @Test
    void timesThatTouchAreOne() {
        var story =
                Story.of(1)
                        .at(100, new Paused())
                        .at(140, new OperationRejected(p(0)), new Resumed(span(40)))
                        .at(165, new OperationRejected(p(0)));
        assertThat(losses(story))
                .containsExactly("P0 0.100s served by nobody for 65ms: operations are paused");
    }

    @Test
    void whatIsLostWhileAPartitionIsTakenForFailedIsPartOfThat() {
        var story =
                Story.of(1)
                        .at(100, new Paused())
                        .at(140, failed(p(0), HEARTBEAT_MISS))
                        .at(200, new Resumed(span(100)))
                        .at(300, healed(p(0), RECOVERED));
        assertThat(losses(story)).isEmpty();
        assertThat(service(story).isLostByFailing(p(0), time(140))).isTrue();
        var served =
                Story.of(1)
                        .at(100, failed(p(0), HEARTBEAT_MISS))
                        .at(300, healed(p(0), RECOVERED))
                        .at(301, new Paused());
        assertThat(service(served).isLostByFailing(p(0), time(100))).isFalse();
        assertThat(losses(served)).hasSize(1);
    }
}
