package io.faultline.scenario.cli;

import io.faultline.kernel.Progress;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Watches a run from another thread: says once a second how far it has got, and ends it when the
/// program is interrupted, so that what there is can still be written.
///
/// Progress is one line that is written over on a terminal, and one line of JSON a second
/// otherwise.
final class Watch implements AutoCloseable {

    private static final int PERCENT = 100;

    private final SimTime end;
    private final PrintWriter err;
    private final boolean terminal;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread reporter = Thread.ofPlatform().daemon().unstarted(this::report);
    private final Thread interrupter = Thread.ofPlatform().unstarted(this::interrupt);

    private volatile Simulation simulation;
    private volatile boolean interrupted;

    /// @param end when the run will end
    /// @param terminal whether somebody looks at `err`
    Watch(SimTime end, PrintWriter err, boolean terminal) {
        this.end = end;
        this.err = err;
        this.terminal = terminal;
    }

    /// Begins to watch.
    void follow(Simulation simulation) {
        this.simulation = simulation;
        reporter.start();
        Runtime.getRuntime().addShutdownHook(interrupter);
    }

    /// Whether the program was told to end.
    boolean isInterrupted() {
        return interrupted;
    }

    private void interrupt() {
        interrupted = true;
        simulation.interrupt();
        awaitEnd(Duration.ofSeconds(30));
    }

    private void report() {
        var before = simulation.progress();
        while (!awaitEnd(Duration.ofSeconds(1))) {
            var now = simulation.progress();
            err.print(line(now, now.speedSince(before, Duration.ofSeconds(1))));
            err.flush();
            before = now;
        }
    }

    private String line(Progress now, double speed) {
        long percent = PERCENT * now.now().nanos() / Math.max(1, end.nanos());
        return terminal
                ? String.format(
                        Locale.ROOT,
                        "\r%d %% | %s of %s | %,d events | %.0f× real time\u001b[K",
                        percent,
                        now.now(),
                        end,
                        now.executed(),
                        speed)
                : String.format(
                        Locale.ROOT,
                        "{\"percent\":%d,\"virtualTime\":%d,\"events\":%d,\"pending\":%d}%n",
                        percent,
                        now.now().nanos(),
                        now.executed(),
                        now.pending());
    }

    private boolean awaitEnd(Duration limit) {
        try {
            return over.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /// Everything is written.
    @Override
    public void close() {
        over.countDown();
        if (simulation != null && !interrupted) {
            Runtime.getRuntime().removeShutdownHook(interrupter);
        }
        if (terminal) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
