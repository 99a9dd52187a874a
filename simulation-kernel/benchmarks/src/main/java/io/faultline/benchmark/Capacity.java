package io.faultline.benchmark;

import io.faultline.benchmark.scene.Crowd;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/// How much of the heap a simulation takes that has run for a while. Each question is answered by a
/// JVM of its own with 4 GB.
enum Capacity {
    PENDING(
            "B of heap for each pending event",
            1_000_000,
            () -> Workload.PHOLD_1M.start(Engine.WOVEN),
            1_000_000),
    SUSPENDED(
            "B of heap for each suspended event",
            100_000,
            () -> Workload.SLEEP_100K.start(Engine.WOVEN),
            100_000),
    LARGE("MB of heap for " + Capacity.LARGE_TITLE, 1_000_000, Capacity::crowd, 1_000_000);

    static final String LARGE_TITLE =
            "1 000 000 entities, 1 000 000 pending and 100 000 suspended events";

    private static final int LARGE_WALKERS = 1_000_000;
    private static final int LARGE_SLEEPERS = 100_000;

    private final String title;
    private final int count;
    private final Supplier<Subject> subject;
    private final int bytesPerUnit;

    /// @param title begins with the unit
    /// @param count a third of the operations that run first
    Capacity(String title, int count, Supplier<Subject> subject, int bytesPerUnit) {
        this.title = title;
        this.count = count;
        this.subject = subject;
        this.bytesPerUnit = bytesPerUnit;
    }

    /// Runs in this JVM; says how many bytes, if all went well.
    public static void main(String[] args) {
        var capacity = valueOf(args[0]);
        long before = usedAfterCollection();
        var subject = capacity.subject.get();
        subject.run(3 * capacity.count);
        long after = usedAfterCollection();
        if (capacity == LARGE) {
            check((Crowd) subject);
        }
        Reference.reachabilityFence(subject);
        System.out.println(after - before);
    }

    /// Asks a new JVM.
    ///
    /// @return in its unit; empty if it failed, after it has said why
    OptionalDouble measure() throws IOException, InterruptedException {
        var bytes = Jvm.ask(List.of("-Xmx4g"), Capacity.class, name());
        return bytes.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(bytes.get()) / bytesPerUnit);
    }

    private static Crowd crowd() {
        return new Crowd(LARGE_WALKERS, LARGE_SLEEPERS);
    }

    private static void check(Crowd crowd) {
        int pending = crowd.pending() - crowd.suspended();
        if (pending != LARGE_WALKERS || crowd.suspended() != LARGE_SLEEPERS) {
            throw new AssertionError(
                    "there are %d pending and %d suspended events"
                            .formatted(pending, crowd.suspended()));
        }
    }

    private static long usedAfterCollection() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    @Override
    public String toString() {
        return title;
    }
}
