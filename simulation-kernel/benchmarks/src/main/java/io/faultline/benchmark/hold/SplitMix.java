package io.faultline.benchmark.hold;

/// The random numbers of all workloads and of all simulators: so cheap that they do not blur what
/// is measured. SplitMix64, Steele, Lea and Flood, OOPSLA 2014.
public final class SplitMix {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final double ULP = 0x1.0p-53;

    private long state;

    public SplitMix(long seed) {
        state = seed;
    }

    public long nextLong() {
        long z = state += GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /// From 0 to `bound`, which is not among them.
    public int nextInt(int bound) {
        return (int) ((nextLong() >>> 32) * bound >>> 32);
    }

    /// In (0, 1].
    public double nextUniform() {
        return ((nextLong() >>> 11) + 1) * ULP;
    }
}
