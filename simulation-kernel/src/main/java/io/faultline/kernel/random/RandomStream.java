package io.faultline.kernel.random;

/// One named stream of uniform draws, independent of every other; made by [RandomStreams#stream].
///
/// The stream is counter-based: draw number _n_ is a function of the stream's key and _n_, and the
/// sequence is the keyed draws in order: [#nextUniform] returns `uniformAt(0)`, `uniformAt(1)`, and
/// so on. A draw that belongs to a thing rather than to a moment (the fate of the 17th message on a
/// link, in a run from which a fault has been deleted) is taken by its ordinal instead.
///
/// The generator is SplitMix64 with a key and an increment per stream: Steele, Lea & Flood, "Fast
/// splittable pseudorandom number generators", OOPSLA 2014, with the finalizer "Mix13" of Stafford,
/// as in `java.util.SplittableRandom` and in Commons RNG's `SPLIT_MIX_64`. Those two keep the
/// position to themselves, and Commons RNG fixes the increment; hence the few lines here. With the
/// increment fixed, all streams would be stretches of one sequence and might overlap; with one of
/// its own, two streams are the same with probability 2⁻¹²⁷.
///
/// Not for secrets, and not for several threads at once.
public final class RandomStream {
    private final String name;
    private long key;
    private long increment;
    private long drawn;

    /// The increment has to be odd, so that it visits all 2⁶⁴ states.
    RandomStream(String name, long key, long increment) {
        this.name = name;
        this.key = key;
        this.increment = increment;
    }

    /// The next number in the open interval (0, 1): a multiple of 2⁻⁵³, never 0 and never 1.
    public double nextUniform() {
        return uniform(nextLong());
    }

    /// The next 64 bits.
    public long nextLong() {
        return bitsAt(drawn++);
    }

    /// The next integer in [0, bound), each equally likely. Takes one draw, and in fewer than one
    /// case in 2³³ another.
    ///
    /// By multiplication and rejection: Lemire, "Fast random integer generation in an interval",
    /// ACM Transactions on Modeling and Computer Simulation 29(1), 2019.
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive, but was " + bound);
        }
        long bits = nextLong();
        if (Long.compareUnsigned(bits * bound, bound) < 0) {
            long surplus = Long.remainderUnsigned(-bound, bound); // 2⁶⁴ mod bound
            while (Long.compareUnsigned(bits * bound, surplus) < 0) {
                bits = nextLong();
            }
        }
        return (int) Math.unsignedMultiplyHigh(bits, bound);
    }

    /// True with the given probability. Takes exactly one draw whatever the probability, 0 and 1
    /// included, so that a fault made certain or impossible leaves the rest of the stream in place.
    public boolean nextBoolean(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "probability must lie in [0, 1], but was " + probability);
        }
        return nextUniform() < probability;
    }

    /// The keyed draw: a number in (0, 1) that depends on seed, name and ordinal only, and neither
    /// uses nor moves the position of the sequence. Any ordinal will do, negative ones too.
    public double uniformAt(long ordinal) {
        return uniform(bitsAt(ordinal));
    }

    @Override
    public String toString() {
        return name + " (" + drawn + " drawn)";
    }

    /// Goes on with the draws of another stream, from the position where this one is.
    void continueAs(RandomStream other) {
        key = other.key;
        increment = other.increment;
    }

    /// How many draws the sequence has given.
    long drawn() {
        return drawn;
    }

    private long bitsAt(long ordinal) {
        long z = key + (ordinal + 1) * increment;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /// The upper 53 bits as a fraction; the one case of 2⁵³ that would be 0 counts as 2⁻⁵³. So 1 -
    /// u is in (0, 1) too.
    private static double uniform(long bits) {
        return Math.max(bits >>> 11, 1) * 0x1p-53;
    }
}
