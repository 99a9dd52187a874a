package io.faultline.benchmark.hold;

/// The hold model, without a simulator: what a number of tokens do that hop from place to place,
/// each arrival being an event that posts the next one of its token.
///
/// With exponential increments and random places this is PHOLD (Fujimoto, "Performance of Time Warp
/// under synthetic workloads", 1990). Whoever runs the events in order calls, for each of them,
/// [#arrive], then [#increment], then [#next]; since every draw depends on the ones before, the
/// [#checksum] is the same only where the order is the same.
public final class Hops {

    private static final long CHECKSUM_FACTOR = 0x9E3779B97F4A7C15L;

    private final Increments increments;
    private final int tokens;
    private final int places;
    private final boolean stay;
    private final SplitMix random;

    private int left;
    private long checksum;

    /// @param stay whether a token is bound to its place, of which there must be as many, or hops
    ///   to any of them
    public Hops(Increments increments, int tokens, int places, boolean stay, long seed) {
        if (stay && tokens != places) {
            throw new IllegalArgumentException(
                    "tokens that stay need a place each, but there are %d places for %d"
                            .formatted(places, tokens));
        }
        this.increments = increments;
        this.tokens = tokens;
        this.places = places;
        this.stay = stay;
        this.random = new SplitMix(seed);
    }

    /// How many events are pending at any time.
    public int tokens() {
        return tokens;
    }

    public int places() {
        return places;
    }

    /// Where the first event of a token happens.
    public int start(int token) {
        return token % places;
    }

    /// When the first event of a token happens, in nanoseconds.
    public long first(int token) {
        return increments.first(random, token);
    }

    /// Announces that so many events will run.
    public void begin(int events) {
        left = events;
    }

    /// Something arrives at a place.
    ///
    /// @return whether this was the last of the events that were announced
    public boolean arrive(int place) {
        checksum = Long.rotateLeft(checksum, 5) * CHECKSUM_FACTOR + place;
        return --left == 0;
    }

    /// Whether events that were announced are still to run.
    public boolean goesOn() {
        return left > 0;
    }

    /// How much later the token arrives at the next place, in nanoseconds.
    public long increment() {
        return increments.draw(random);
    }

    /// The next place of a token.
    public int next(int place) {
        return stay ? place : random.nextInt(places);
    }

    public long checksum() {
        return checksum;
    }
}
