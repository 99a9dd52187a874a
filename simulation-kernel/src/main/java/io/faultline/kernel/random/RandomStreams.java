package io.faultline.kernel.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// All chance of one run: named, independent streams from one seed.
///
/// A stream depends on the seed and on its own name, not on the order in which streams are asked
/// for, nor on how much another one has given. Name streams by component and purpose
/// (`network/a->b/jitter`), and what is added later shifts nothing.
///
/// **Derivation.** SHA-256 over the seed (8 bytes, big-endian) followed by the name in UTF-8. Bytes
/// 0 to 7 of the digest, big-endian, are the stream's key. Bytes 8 to 15 with the lowest bit set
/// are its increment; if fewer than 24 neighbouring bits of that differ, it is XORed with
/// `0xaaaaaaaaaaaaaaaa` (`mixGamma` in the paper cited at [RandomStream], which says why). This is
/// part of what makes a seed replay a run: to change it is to change every recorded result.
///
/// For one thread, as a run is.
public final class RandomStreams {
    private long seed;
    private final MessageDigest sha256 = sha256();
    private final Map<String, RandomStream> byName = new HashMap<>();

    /// Every seed is as good as any other, neighbours included.
    public RandomStreams(long seed) {
        this.seed = seed;
    }

    /// The stream of that name: the same instance each time, at the position where it was left.
    public RandomStream stream(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("stream name must not be blank");
        }
        return byName.computeIfAbsent(name, this::derive);
    }

    /// Has every stream go on as that of its name does from another seed, each at the position
    /// where it is; streams that are first asked for later are of that seed, too. With the seed
    /// that it has already, nothing changes.
    public void reseed(long other) {
        seed = other;
        byName.forEach((name, stream) -> stream.continueAs(derive(name)));
    }

    /// How many draws the sequence of each stream has given so far, by name. Keyed draws do not
    /// count.
    public SortedMap<String, Long> drawn() {
        var drawn = new TreeMap<String, Long>();
        byName.forEach((name, stream) -> drawn.put(name, stream.drawn()));
        return drawn;
    }

    @Override
    public String toString() {
        return "seed " + seed + ", " + byName.size() + " streams";
    }

    private RandomStream derive(String name) {
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
        var digest = ByteBuffer.wrap(sha256.digest(name.getBytes(StandardCharsets.UTF_8)));
        return new RandomStream(name, digest.getLong(), increment(digest.getLong()));
    }

    private static long increment(long bits) {
        long odd = bits | 1;
        return Long.bitCount(odd ^ (odd >>> 1)) < 24 ? odd ^ 0xaaaaaaaaaaaaaaaaL : odd;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
