package io.faultline.benchmark;

/// One implementation of one workload, filled and ready to run; what it did goes on in the next
/// slice.
public interface Subject extends AutoCloseable {

    /// Runs exactly so many operations, an operation being what the workload counts.
    void run(int operations);

    /// A number that depends on which operations ran and in which order.
    long checksum();

    /// Ends what would keep the JVM running.
    @Override
    default void close() {}
}
