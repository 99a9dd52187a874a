package io.faultline.scenario.campaign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/// A set of seeds, in ascending order. Written `7`, `1..1000`, `0x10..0x1f`, or several of these
/// with commas between them.
///
/// @param ranges ranges that neither overlap nor touch, in ascending order
/// @param part which of the parts of that set it is, from 1 on
/// @param parts how many parts there are; each takes a seed in turn
public record Seeds(List<Range> ranges, int part, int parts) implements Iterable<Long> {

    /// All seeds from 1 on, for searches that end for another reason.
    public static final Seeds ENDLESS = new Seeds(List.of(new Range(1, Long.MAX_VALUE)));

    /// Seeds that follow each other, both ends included.
    public record Range(long from, long to) {
        @Override
        public String toString() {
            return from == to ? Long.toString(from) : from + ".." + to;
        }
    }

    public Seeds {
        ranges = List.copyOf(ranges);
        if (part < 1 || part > parts) {
            throw new IllegalArgumentException(
                    "there is no part " + part + " of " + parts + "; the first is 1");
        }
    }

    private Seeds(List<Range> ranges) {
        this(ranges, 1, 1);
    }

    /// Every so many-th of these seeds, so that all parts together are these.
    ///
    /// @param part which part, from 1 on
    /// @throws IllegalArgumentException if there is no such part
    public Seeds part(int part, int parts) {
        return new Seeds(ranges, part, parts);
    }

    /// The first seeds from `seed` on.
    ///
    /// @throws IllegalArgumentException if there are not as many
    public static Seeds from(long seed, int count) {
        if (seed > Long.MAX_VALUE - (count - 1)) {
            throw new IllegalArgumentException(
                    "there are not " + count + " seeds from " + seed + " on");
        }
        return new Seeds(List.of(new Range(seed, seed + count - 1)));
    }

    /// Reads seeds.
    ///
    /// @throws IllegalArgumentException if it is something else
    public static Seeds parse(String text) {
        var ranges = new ArrayList<Range>();
        for (var part : text.split(",", -1)) {
            int dots = part.indexOf("..");
            if (part.endsWith("..")) {
                throw new IllegalArgumentException(
                        "the seeds " + part + " have no end; say one, as in 1..1000");
            }
            long from = seed(dots < 0 ? part : part.substring(0, dots));
            long to = dots < 0 ? from : seed(part.substring(dots + 2));
            if (to < from) {
                throw new IllegalArgumentException("the seeds " + part + " run backwards");
            }
            ranges.add(new Range(from, to));
        }
        return joined(ranges);
    }

    /// These seeds, in any order.
    static Seeds of(Collection<Long> seeds) {
        return joined(
                seeds.stream()
                        .map(seed -> new Range(seed, seed))
                        .collect(Collectors.toCollection(ArrayList::new)));
    }

    private static Seeds joined(List<Range> ranges) {
        ranges.sort(Comparator.comparingLong(Range::from));
        var joined = new ArrayList<Range>();
        for (var range : ranges) {
            if (!joined.isEmpty() && range.from() - 1 <= joined.getLast().to()) {
                var last = joined.removeLast();
                joined.add(new Range(last.from(), Math.max(last.to(), range.to())));
            } else {
                joined.add(range);
            }
        }
        return new Seeds(joined);
    }

    /// Reads one seed: all 64 bits, in decimal, or in hexadecimal after `0x`.
    ///
    /// @throws IllegalArgumentException if it is something else
    public static long seed(String text) {
        try {
            var digits = text.strip();
            return digits.startsWith("0x")
                    ? Long.parseUnsignedLong(digits.substring(2), 16)
                    : Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "a seed is a whole number of 64 bits, such as 42 or 0x2a, but was '"
                            + text
                            + "'",
                    e);
        }
    }

    /// Whether a seed is one of these.
    public boolean contains(long seed) {
        long before = 0;
        for (var range : ranges) {
            if (range.from() <= seed && seed <= range.to()) {
                return Long.remainderUnsigned(before + seed - range.from(), parts) == part - 1;
            }
            before += range.to() - range.from() + 1;
        }
        return false;
    }

    /// How many there are; [Long#MAX_VALUE] if they are more.
    public long count() {
        long count = 0;
        for (var range : ranges) {
            long size = range.to() - range.from() + 1;
            if (size <= 0 || count + size < 0) {
                return Long.MAX_VALUE;
            }
            count += size;
        }
        return count == Long.MAX_VALUE ? count : count / parts + (count % parts >= part ? 1 : 0);
    }

    @Override
    public Iterator<Long> iterator() {
        var all = new Every(ranges);
        all.skip(part - 1);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public Long next() {
                long seed = all.next();
                all.skip(parts - 1);
                return seed;
            }
        };
    }

    /// One seed after the other.
    private static final class Every {
        private final List<Range> ranges;
        private int range;
        private long next;

        Every(List<Range> ranges) {
            this.ranges = ranges;
            this.next = ranges.isEmpty() ? 0 : ranges.getFirst().from();
        }

        boolean hasNext() {
            return range < ranges.size();
        }

        long next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            long seed = next;
            if (seed < ranges.get(range).to()) {
                next++;
            } else if (++range < ranges.size()) {
                next = ranges.get(range).from();
            }
            return seed;
        }

        void skip(int seeds) {
            for (int i = 0; i < seeds && hasNext(); i++) {
                next();
            }
        }
    }

    @Override
    public String toString() {
        var all =
                equals(ENDLESS.part(part, parts))
                        ? "1.."
                        : ranges.stream().map(Range::toString).collect(Collectors.joining(","));
        return parts == 1 ? all : all + ", part " + part + " of " + parts;
    }
}
