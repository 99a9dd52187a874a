package io.faultline.benchmark;

/// Who listens to whose heartbeats in the systems that are measured.
enum Heartbeats {
    COORDINATOR("coordinator", "coordinator", 100_000),
    TREE("tree, fan-out 100", "{ kind: tree, fanOut: 100 }", 100_000),
    RING("ring of 3", "{ kind: ring, neighbours: 3 }", 100_000),
    FULL_MESH("full mesh", "full-mesh", 1_000);

    private final String title;
    private final String watch;
    private final int largest;

    /// @param watch as in a scenario file
    /// @param largest how many partitions it is measured with at most
    Heartbeats(String title, String watch, int largest) {
        this.title = title;
        this.watch = watch;
        this.largest = largest;
    }

    String watch() {
        return watch;
    }

    int largest() {
        return largest;
    }

    @Override
    public String toString() {
        return title;
    }
}
