package io.faultline.report.metric;

import io.faultline.kernel.Observation;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.recovery.RecoveryPhase;

import org.HdrHistogram.Histogram;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;

/// Spans of virtual time in nanoseconds, and the statistics of their distribution.
///
/// Count, minimum, maximum and mean are exact. Percentiles are exact, too, up to [#EXACT] samples;
/// beyond that they come from an HdrHistogram of three significant digits, that is, within 0.1 %.
/// What is recorded or merged in which order makes no difference.
public final class Samples implements Measurement {

    /// Up to so many samples are kept one by one.
    public static final int EXACT = 1024;

    private static final int DIGITS = 3;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private long count;
    private long min = Long.MAX_VALUE;
    private long max;

    // The sum, in two parts: a million waits of some hours do not fit into one long.
    private long sumSeconds;
    private long sumNanos;

    // All samples, up to EXACT of them; afterwards they are in the histogram.
    private long[] exact = new long[8];
    private boolean sorted = true;
    private Histogram histogram;

    /// Samples with the given values.
    public static Samples of(long... nanos) {
        var samples = new Samples();
        for (long value : nanos) {
            samples.add(value);
        }
        return samples;
    }

    /// Collects a span of each observation of a kind.
    ///
    /// @param which whether it counts
    static <T extends Observation> Fold<Samples> collecting(
            Class<T> kind, BiPredicate<Trace.Entry, T> which, Function<T, Duration> span) {
        var samples = new Samples();
        return Fold.of(
                () -> samples,
                entry -> {
                    var seen = kind.cast(entry.what());
                    if (which.test(entry, seen)) {
                        samples.add(span.apply(seen).toNanos());
                    }
                },
                kind);
    }

    /// How long attempts were in a phase, whether they got beyond it or failed in it.
    static Fold<Samples> ofPhase(RecoveryPhase phase, Sieve sieve) {
        var samples = new Samples();
        var since = new HashMap<PartitionId, Long>();
        return Fold.of(
                () -> samples,
                entry -> {
                    if (entry.what() instanceof PhaseEntered(var partition, var next, _)) {
                        var began = since.remove(partition);
                        boolean failed = next == RecoveryPhase.FAILED;
                        if (began != null
                                && sieve.takes(entry, partition)
                                && sieve.is(Tag.OUTCOME, failed ? "failed" : "succeeded")) {
                            samples.add(entry.time().nanos() - began);
                        }
                        if (next == phase) {
                            since.put(partition, entry.time().nanos());
                        }
                    }
                },
                PhaseEntered.class);
    }

    static Samples merge(List<Samples> parts) {
        var all = new Samples();
        parts.forEach(all::add);
        return all;
    }

    /// Adds one sample.
    ///
    /// @param nanos zero or more
    void add(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("a span of time is not negative: " + nanos + "ns");
        }
        count++;
        min = Math.min(min, nanos);
        max = Math.max(max, nanos);
        addToSum(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND);
        if (count <= EXACT) {
            keep(nanos);
        } else {
            spill();
            histogram.recordValue(nanos);
        }
    }

    /// Adds all samples of another distribution.
    void add(Samples other) {
        if (other.count <= EXACT) {
            for (int i = 0; i < other.count; i++) {
                add(other.exact[i]);
            }
            return;
        }
        spill();
        histogram.add(other.histogram);
        count += other.count;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        addToSum(other.sumSeconds, other.sumNanos);
    }

    private void addToSum(long seconds, long nanos) {
        sumNanos += nanos;
        sumSeconds += seconds + sumNanos / NANOS_PER_SECOND;
        sumNanos %= NANOS_PER_SECOND;
    }

    private void keep(long nanos) {
        int index = (int) count - 1;
        if (index == exact.length) {
            exact = Arrays.copyOf(exact, Math.min(2 * index, EXACT));
        }
        sorted = sorted && (index == 0 || exact[index - 1] <= nanos);
        exact[index] = nanos;
    }

    /// Moves the samples kept one by one into the histogram.
    private void spill() {
        if (histogram == null) {
            histogram = histogramOfExact();
            exact = null;
        }
    }

    private Histogram histogramOfExact() {
        var copy = new Histogram(DIGITS);
        for (int i = 0; i < Math.min(count, EXACT); i++) {
            copy.recordValue(exact[i]);
        }
        return copy;
    }

    /// Everything that is known of the samples, in a few bytes; equal samples make equal bytes, in
    /// whatever order they came. [#decode] reads them.
    public byte[] encode() {
        var bytes = new ByteArrayOutputStream();
        put(bytes, count);
        if (histogram == null) {
            var values = Arrays.copyOf(exact, (int) count);
            Arrays.sort(values);
            long before = 0;
            for (long value : values) {
                put(bytes, value - before);
                before = value;
            }
            return bytes.toByteArray();
        }
        put(bytes, min);
        put(bytes, max);
        put(bytes, sumSeconds);
        put(bytes, sumNanos);
        long before = 0;
        for (var bucket : histogram.recordedValues()) {
            put(bytes, bucket.getValueIteratedTo() - before);
            put(bytes, bucket.getCountAtValueIteratedTo());
            before = bucket.getValueIteratedTo();
        }
        return bytes.toByteArray();
    }

    /// Reads what [#encode] has written.
    public static Samples decode(byte[] encoded) {
        var bytes = ByteBuffer.wrap(encoded);
        var samples = new Samples();
        long count = get(bytes);
        long value = 0;
        if (count <= EXACT) {
            while (bytes.hasRemaining()) {
                value += get(bytes);
                samples.add(value);
            }
            return samples;
        }
        samples.spill();
        samples.count = count;
        samples.min = get(bytes);
        samples.max = get(bytes);
        samples.sumSeconds = get(bytes);
        samples.sumNanos = get(bytes);
        while (bytes.hasRemaining()) {
            value += get(bytes);
            samples.histogram.recordValueWithCount(value, get(bytes));
        }
        return samples;
    }

    /// Seven bits a byte, the lowest first.
    private static void put(ByteArrayOutputStream bytes, long number) {
        long rest = number;
        while (rest > 0x7f) {
            bytes.write((int) rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    private static long get(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }

    /// How often there is which sample, in nanoseconds; beyond [#EXACT] samples, the largest value
    /// that an HdrHistogram does not tell from it.
    public SortedMap<Long, Long> counts() {
        var counts = new TreeMap<Long, Long>();
        if (histogram == null) {
            Arrays.stream(exact, 0, (int) count)
                    .forEach(value -> counts.merge(value, 1L, Long::sum));
        } else {
            for (var bucket : histogram.recordedValues()) {
                counts.put(bucket.getValueIteratedTo(), bucket.getCountAtValueIteratedTo());
            }
        }
        return counts;
    }

    /// The standard deviation of the distribution that the samples were drawn from, if they are
    /// independent; nothing of fewer than two. Exact up to [#EXACT] samples, and beyond that as
    /// exact as the histogram.
    public OptionalDouble deviation() {
        if (count < 2) {
            return OptionalDouble.empty();
        }
        double mean = mean();
        double squares = 0;
        for (var sample : counts().entrySet()) {
            double value =
                    histogram == null
                            ? sample.getKey()
                            : histogram.medianEquivalentValue(sample.getKey());
            squares += sample.getValue() * (value - mean) * (value - mean);
        }
        return OptionalDouble.of(Math.sqrt(squares / (count - 1)));
    }

    /// A copy of the distribution, to be written or merged by other tools.
    public Histogram histogram() {
        return histogram != null ? histogram.copy() : histogramOfExact();
    }

    public long count() {
        return count;
    }

    @Override
    public boolean isEmpty() {
        return count == 0;
    }

    @Override
    public OptionalDouble value(Statistic statistic) {
        if (statistic == Statistic.Plain.COUNT) {
            return OptionalDouble.of(count);
        }
        if (count == 0) {
            return OptionalDouble.empty();
        }
        return switch (statistic) {
            case Statistic.Plain plain ->
                    switch (plain) {
                        case MIN -> OptionalDouble.of(min);
                        case MAX -> OptionalDouble.of(max);
                        case MEAN -> OptionalDouble.of(mean());
                        case COUNT, VALUE -> OptionalDouble.empty();
                    };
            case Statistic.Percentile(double percent) -> OptionalDouble.of(percentile(percent));
        };
    }

    /// The smallest sample that at least `percent` of the samples do not exceed.
    ///
    /// @throws IllegalStateException if there is no sample
    public long percentile(double percent) {
        if (count == 0) {
            throw new IllegalStateException("no sample has no percentiles");
        }
        if (histogram != null) {
            return Math.clamp(histogram.getValueAtPercentile(percent), min, max);
        }
        if (!sorted) {
            Arrays.sort(exact, 0, (int) count);
            sorted = true;
        }
        // 99.9 % of 1000 is 999, and not the 999.0000000000001 of floating point.
        long rank = (long) Math.ceil(Math.nextDown(percent / 100 * count));
        return exact[(int) Math.clamp(rank, 1, count) - 1];
    }

    private double mean() {
        return ((double) sumSeconds * NANOS_PER_SECOND + sumNanos) / count;
    }

    @Override
    public String toString() {
        return count == 0 ? "no samples" : count + " samples in [" + min + "ns, " + max + "ns]";
    }
}
