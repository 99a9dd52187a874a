package io.faultline.kernel;

import java.util.concurrent.Semaphore;

/// A coroutine on a virtual thread of its own, which runs only while whoever resumed it waits.
final class ThreadCoroutine extends Coroutine {

    private final Thread thread;
    private final Semaphore running = new Semaphore(0);
    private final Semaphore left = new Semaphore(0);
    private Throwable thrown;

    ThreadCoroutine(Runnable code) {
        thread =
                Thread.ofVirtual()
                        .unstarted(() -> {
                            running.acquireUninterruptibly();
                            try {
                                code.run();
                            } catch (Throwable e) {
                                thrown = e;
                            }
                            left.release();
                        });
    }

    @Override
    void resume() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
        running.release();
        left.acquireUninterruptibly();
        switch (thrown) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(thrown);
        }
    }

    @Override
    void suspend() {
        left.release();
        running.acquireUninterruptibly();
    }

    @Override
    StackTraceElement[] stackTrace() {
        return thread.getStackTrace();
    }
}
