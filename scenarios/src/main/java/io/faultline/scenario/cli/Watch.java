package io.faultline.scenario.cli;

import io.faultline.kernel.Progress;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.report.Quantity;
import io.faultline.scenario.Run;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/// Watches one run from another thread.
final class Watch implements Run.Watcher, AutoCloseable {

    private static final int PERCENT = 100;
    private static final String RUNNING = "running";

    private final SimTime end;
    private final PrintWriter err;

    private Ticker ticker;
    private Progress before;
    private volatile String phase = RUNNING;

    /// @param end when the run will end
    Watch(SimTime end, PrintWriter err) {
        this.end = end;
        this.err = err;
    }

    @Override
    public void runs(Simulation simulation) {
        before = simulation.progress();
        ticker = new Ticker(err, () -> progress(simulation), simulation::interrupt);
    }

    @Override
    public void judges() {
        phase = "judging";
    }

    /// Results are being written.
    void writes() {
        phase = "writing";
    }

    /// Whether the program was told to end.
    boolean isInterrupted() {
        return ticker != null && ticker.isInterrupted();
    }

    HowFar progress(Simulation simulation) {
        var now = simulation.progress();
        double speed = now.speedSince(before, Duration.ofSeconds(1));
        before = now;
        long percent = PERCENT * now.now().nanos() / Math.max(1, end.nanos());
        if (!phase.equals(RUNNING)) {
            return HowFar.of(
                    "%s %s".formatted(phase, Quantity.count(now.executed(), "event")),
                    "{\"phase\":\"%s\",\"events\":%d}".formatted(phase, now.executed()));
        }
        return HowFar.of(
                now.now().nanos(),
                end.nanos(),
                String.format(
                        Locale.ROOT,
                        "%d %% | %s of %s | %,d events | %.0f× real time",
                        percent,
                        now.now(),
                        end,
                        now.executed(),
                        speed),
                String.format(
                        Locale.ROOT,
                        "{\"phase\":\"running\",\"percent\":%d,\"virtualTime\":%d,\"events\":%d,\"pending\":%d}",
                        percent,
                        now.now().nanos(),
                        now.executed(),
                        now.pending()));
    }

    /// Everything is written.
    @Override
    public void close() {
        if (ticker != null) {
            ticker.close();
        }
    }
}
