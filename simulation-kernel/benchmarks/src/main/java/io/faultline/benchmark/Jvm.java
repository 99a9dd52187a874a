package io.faultline.benchmark;

import java.util.List;

/// The options of every JVM that is measured: a collector without barriers for other threads, and a
/// nursery that is not much larger than the caches.
final class Jvm {

    static final List<String> ARGUMENTS =
            List.of(
                    "-XX:+UseParallelGC",
                    "-Xmn256m",
                    "--add-exports",
                    "java.base/jdk.internal.vm=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow"); // JMH asks for the layout of its

    // fields

    private Jvm() {}
}
