package io.faultline.scenario.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Says once a second how far something has got, and has it end when the program is interrupted, so
/// that what there is can still be written. If it is interrupted again it ends at once.
///
/// Progress is one line that is written over on a terminal, and one line of JSON a second
/// otherwise.
final class Ticker implements AutoCloseable {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /// How long an end may take.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PrintWriter err;
    private final boolean terminal;
    private final Supplier<HowFar> progress;
    private final Runnable interrupt;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread interrupter = Thread.ofPlatform().unstarted(this::interrupt);

    private volatile boolean interrupted;

    /// @param interrupt has whatever it is end soon
    Ticker(PrintWriter err, Supplier<HowFar> progress, Runnable interrupt) {
        this(err, isTerminal(), SECOND, progress, interrupt);
    }

    /// @param terminal whether somebody looks at `err`
    /// @param every how long it is from line to line
    Ticker(
            PrintWriter err,
            boolean terminal,
            Duration every,
            Supplier<HowFar> progress,
            Runnable interrupt) {
        this.err = err;
        this.terminal = terminal;
        this.progress = progress;
        this.interrupt = interrupt;
        Thread.ofPlatform().daemon().start(() -> report(every));
        Runtime.getRuntime().addShutdownHook(interrupter);
    }

    /// Whether the standard error is a terminal. Java cannot tell; the script that starts this
    /// program can, and says so. Without it, all of input and output has to be one.
    private static boolean isTerminal() {
        var said = System.getProperty("faultline.terminal");
        if (said != null) {
            return Boolean.parseBoolean(said);
        }
        var console = System.console();
        return console != null && console.isTerminal();
    }

    /// Whether the program was told to end.
    boolean isInterrupted() {
        return interrupted;
    }

    private void interrupt() {
        interrupted = true;
        NextSignal.halts();
        interrupt.run();
        try {
            over.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(Duration every) {
        try {
            while (!over.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
                var now = progress.get();
                err.print(terminal ? "\r" + now.bar() + "\u001b[K" : now.json() + "\n");
                err.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
