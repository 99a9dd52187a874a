package io.faultline.kernel;

import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Notices that an event is about to wait while it holds a monitor. The next event that needs the
/// monitor would wait for it for ever, and the run with it.
///
/// To find out takes the JVM a tenth of a millisecond, so it is asked when an event of a class
/// waits for the first time: whether code waits in a `synchronized` block or not is mostly the same
/// every time. A monitor that is held in some cases only can be missed.
final class MonitorCheck {

    private static final ClassValue<AtomicBoolean> PASSED =
            new ClassValue<>() {
                @Override
                protected AtomicBoolean computeValue(Class<?> type) {
                    return new AtomicBoolean();
                }
            };

    private MonitorCheck() {}

    /// The place where an event took a monitor that it still holds, if it is known to hold one.
    static Optional<StackTraceElement> placeOfMonitorHeld(PostedEvent event) {
        var passed = PASSED.get(event.getClass());
        if (passed.getPlain()) {
            return Optional.empty();
        }
        var held = placeOfMonitorHeld();
        if (held.isEmpty()) {
            passed.setPlain(true);
        }
        return held;
    }

    private static Optional<StackTraceElement> placeOfMonitorHeld() {
        long[] self = {Thread.currentThread().threadId()};
        var thread = ManagementFactory.getThreadMXBean().getThreadInfo(self, true, false)[0];
        if (thread == null) {
            return Optional.empty(); // a virtual thread, of which the JVM tells nothing
        }
        int outside = depthOfWorker(thread);
        return Arrays.stream(thread.getLockedMonitors())
                .filter(monitor -> monitor.getLockedStackDepth() < outside)
                .map(MonitorInfo::getLockedStackFrame)
                .findFirst();
    }

    /// How deep in the stack the event begins.
    private static int depthOfWorker(ThreadInfo thread) {
        var stack = thread.getStackTrace();
        int depth = 0;
        while (depth < stack.length
                && !stack[depth].getClassName().equals(Processes.Worker.class.getName())) {
            depth++;
        }
        return depth;
    }
}
