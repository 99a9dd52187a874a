package io.faultline.benchmark;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.util.concurrent.TimeUnit;

/// The one benchmark: slices of one workload on one engine, each going on where the one before
/// ended.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Slices {

    static final int OPERATIONS = 50_000;

    @Param("PHOLD_1K")
    public Workload workload;

    @Param("WOVEN")
    public Engine engine;

    private Subject subject;

    @Setup
    public void start() {
        subject = workload.start(engine);
    }

    @TearDown
    public void end() {
        subject.close();
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public long run() {
        subject.run(OPERATIONS);
        return subject.checksum();
    }
}
