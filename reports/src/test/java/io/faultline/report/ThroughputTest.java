package io.faultline.report;

import static io.faultline.report.TraceBuilder.P0;
import static io.faultline.report.TraceBuilder.span;
import static io.faultline.report.TraceBuilder.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.OperationCompleted;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/// Which seconds are low.
class ThroughputTest {

    @Test
    void aSecondIsLowBelowNineTenthsOfTheMeanIfThatIsNotChance() {
        assertThat(Throughput.limit(List.of(20, 20, 20))).isCloseTo(18, within(1e-9));
        assertThat(Throughput.limit(List.of(100, 90, 110, 100)))
                .isCloseTo(100 - 3 * Math.sqrt(50), within(1e-9));
    }

    /// The very first second does not count.
    @Test
    void threeSecondsBeforeTheFirstFaultAreEnough() {
        assertThat(found(4)).map(Throughput::usual).contains(List.of(1, 1, 1));
        assertThat(found(3)).isEmpty();
    }

    /// @param fault the second in which the fault begins
    private static Optional<Throughput> found(int fault) {
        var story = new TraceBuilder().place(1);
        for (int second = 0; second < 8; second++) {
            if (second == fault) {
                story.at(1000 * second, new FaultInjected(0, "message-loss", "", List.of(P0)));
            }
            story.at(1000 * second + 500, new OperationCompleted(P0, span(1)));
        }
        return Throughput.of(story.build(), time(8_000));
    }
}
