package io.faultline.scenario.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Says once a second how far something has got, and has it end when the program is interrupted, so
/// that what there is can still be written.
///
/// Progress is one line that is written over on a terminal, and one line of JSON a second
/// otherwise.
final class Ticker implements AutoCloseable {

    private final PrintWriter err;
    private final boolean terminal;
    private final Supplier<String> line;
    private final Runnable interrupt;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread interrupter = Thread.ofPlatform().unstarted(this::interrupt);

    private volatile boolean interrupted;

    /// @param terminal whether somebody looks at `err`
    /// @param line the line, for a terminal or in JSON
    /// @param interrupt has whatever it is end soon
    Ticker(PrintWriter err, boolean terminal, Supplier<String> line, Runnable interrupt) {
        this.err = err;
        this.terminal = terminal;
        this.line = line;
        this.interrupt = interrupt;
        Thread.ofPlatform().daemon().start(this::report);
        Runtime.getRuntime().addShutdownHook(interrupter);
    }

    /// Whether the program was told to end.
    boolean isInterrupted() {
        return interrupted;
    }

    private void interrupt() {
        interrupted = true;
        interrupt.run();
        awaitEnd(Duration.ofSeconds(30));
    }

    private void report() {
        while (!awaitEnd(Duration.ofSeconds(1))) {
            err.print(terminal ? "\r" + line.get() + "\u001b[K" : line.get() + "\n");
            err.flush();
        }
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
        if (!interrupted) {
            Runtime.getRuntime().removeShutdownHook(interrupter);
        }
        if (terminal) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
