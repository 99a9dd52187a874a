package io.faultline.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// What is said of progress.
class TickerTest {

    private static final int TICKS = 3;

    @Test
    void isALineOfJsonEachTimeIfNobodyLooks() throws InterruptedException {
        assertThat(said(false)).startsWith("{\"runs\":1}\n{\"runs\":2}\n{\"runs\":3}\n");
    }

    @Test
    void isOneLineThatIsWrittenOverOnATerminalAndGoneAtTheEnd() throws InterruptedException {
        assertThat(said(true))
                .startsWith(
                        "\r[#####---------------] 1 of 4\u001b[K\r[##########----------] 2 of 4")
                .doesNotContain("\n", "{")
                .endsWith("\r\u001b[K");
    }

    @Test
    void hasNoBarWithoutAKnownEnd() {
        assertThat(HowFar.of("7 runs", "{}").bar()).isEqualTo("7 runs");
        assertThat(HowFar.of(9, 4, "more", "{}").bar()).isEqualTo("[####################] more");
        assertThat(HowFar.of(0, 0, "none", "{}").bar()).isEqualTo("[--------------------] none");
    }

    private static String said(boolean terminal) throws InterruptedException {
        var err = new StringWriter();
        var enough = new CountDownLatch(TICKS + 1);
        var ticks = new AtomicInteger();
        try (var _ =
                new Ticker(
                        new PrintWriter(err),
                        terminal,
                        Duration.ofMillis(1),
                        () -> {
                            enough.countDown();
                            int tick = ticks.incrementAndGet();
                            return HowFar.of(
                                    tick, TICKS + 1, tick + " of 4", "{\"runs\":" + tick + "}");
                        },
                        () -> {})) {
            enough.await();
        }
        return err.toString();
    }
}
