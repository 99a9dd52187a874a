package io.faultline.report.diagnosis;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationLost;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.report.Quantity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// When partitions served nobody.
///
/// A partition serves nobody while operations are paused; while it is down; and from the arrival of
/// an operation that is refused, lost or late on, to the last such operation in a row. An operation
/// in between that is done in time ends the row. It is late if it takes longer than `slo`.
///
/// @param losses the times, longer than `slo`, in which a partition that was not taken for failed
///   served nobody; in order of time, then of partitions
/// @param spans all times in which a partition served nobody, by partition
/// @param failed the times in which a partition was taken for failed, by partition
/// @param slo what is too long
public record Service(
        List<Loss> losses,
        Map<PartitionId, List<Span>> spans,
        Map<PartitionId, List<Failed>> failed,
        Duration slo) {

    /// Why nobody was served.
    public enum Why {
        PAUSED("operations are paused"),
        DOWN("it is down"),
        UNSERVED("operations are refused, lost or late");

        private final String words;

        Why(String words) {
            this.words = words;
        }
    }

    /// A time in which a partition served nobody.
    ///
    /// @param entry the entry with which it is seen first
    public record Span(SimTime from, SimTime to, int entry, Why why) {
        /// How long it is.
        public Duration length() {
            return to.since(from);
        }
    }

    /// A time in which a partition was taken for failed.
    public record Failed(SimTime from, SimTime to) {}

    /// A partition lost service for longer than it may.
    ///
    /// @param span when; it ends where the partition was taken for failed, if it was
    public record Loss(PartitionId partition, Span span) {
        /// What happened, without whom it happened to.
        public String sentence() {
            return "served by nobody for "
                    + Quantity.time(span.length().toNanos())
                    + ": "
                    + span.why().words;
        }
    }

    /// Reads it off a trace.
    ///
    /// @param slo for how long a partition may serve nobody
    /// @param end when the run ended
    public static Service of(Trace trace, Duration slo, SimTime end) {
        var reading = new Reading(slo);
        trace.forEach(reading::see);
        reading.end(end);
        var spans = new TreeMap<PartitionId, List<Span>>();
        reading.spans.forEach((partition, all) -> spans.put(partition, merged(all)));
        var losses = new ArrayList<Loss>();
        spans.forEach((partition, all) -> {
            var failures = reading.failures.getOrDefault(partition, List.of());
            for (var span : all) {
                untilFailed(span, failures)
                        .filter(left -> left.length().compareTo(slo) > 0)
                        .ifPresent(left -> losses.add(new Loss(partition, left)));
            }
        });
        losses.sort(
                Comparator.comparing((Loss loss) -> loss.span().from())
                        .thenComparing(loss -> loss.span().entry())
                        .thenComparing(Loss::partition));
        return new Service(List.copyOf(losses), spans, reading.failures, slo);
    }

    /// What of a span comes before the partition is taken for failed; nothing if it was already.
    private static Optional<Span> untilFailed(Span span, List<Failed> failures) {
        var to = span.to();
        for (var failed : failures) {
            if (!failed.from().isAfter(span.from()) && failed.to().isAfter(span.from())) {
                return Optional.empty();
            }
            if (failed.from().isAfter(span.from()) && failed.from().isBefore(to)) {
                to = failed.from();
            }
        }
        return Optional.of(new Span(span.from(), to, span.entry(), span.why()));
    }

    /// Whether a partition served nobody for too long while it was taken for failed.
    ///
    /// @param at when it was declared failed
    public boolean isLostByFailing(PartitionId partition, SimTime at) {
        return failed.getOrDefault(partition, List.of()).stream()
                .filter(time -> !time.from().isAfter(at) && !time.to().isBefore(at))
                .anyMatch(time -> isLost(partition, at, time.to()));
    }

    private boolean isLost(PartitionId partition, SimTime from, SimTime to) {
        return spans.getOrDefault(partition, List.of()).stream()
                .anyMatch(span -> {
                    var first = span.from().isAfter(from) ? span.from() : from;
                    var last = span.to().isBefore(to) ? span.to() : to;
                    return last.isAfter(first) && last.since(first).compareTo(slo) > 0;
                });
    }

    /// Spans that touch each other are one, which is seen and told as the first of them.
    private static List<Span> merged(List<Span> spans) {
        var merged = new ArrayList<Span>();
        spans.stream()
                .sorted(Comparator.comparing(Span::from).thenComparing(Span::entry))
                .forEach(span -> {
                    if (merged.isEmpty() || merged.getLast().to().isBefore(span.from())) {
                        merged.add(span);
                        return;
                    }
                    var last = merged.removeLast();
                    merged.add(
                            new Span(
                                    last.from(),
                                    last.to().isAfter(span.to()) ? last.to() : span.to(),
                                    last.entry(),
                                    last.why()));
                });
        return List.copyOf(merged);
    }

    /// A trace that is being read.
    private static final class Reading {
        private final Duration slo;
        private final Map<PartitionId, List<Span>> spans = new TreeMap<>();
        private final Map<PartitionId, List<Failed>> failures = new TreeMap<>();
        private final Map<PartitionId, Trace.Entry> down = new TreeMap<>();
        private final Map<PartitionId, SimTime> failed = new TreeMap<>();
        private final Map<PartitionId, Span> rows = new TreeMap<>();
        private Optional<Trace.Entry> paused = Optional.empty();

        Reading(Duration slo) {
            this.slo = slo;
        }

        void see(Trace.Entry entry) {
            switch (entry.what()) {
                case PartitionPlaced placed -> spans.put(placed.partition(), new ArrayList<>());
                case Paused _ -> paused = paused.or(() -> Optional.of(entry));
                case Resumed _ -> resume(entry.time());
                case PartitionDown(var partition, _) -> down.putIfAbsent(partition, entry);
                case PartitionUp(var partition) -> up(partition, entry.time());
                case OperationRejected(var partition) -> unserved(partition, entry, entry.time());
                case OperationLost(var partition) -> unserved(partition, entry, entry.time());
                case OperationCompleted(var partition, var latency) -> {
                    if (latency.compareTo(slo) > 0) {
                        long asked = entry.time().nanos() - latency.toNanos();
                        unserved(partition, entry, new SimTime(asked));
                    } else {
                        served(partition);
                    }
                }
                case StatusChanged change -> {
                    var partition = change.partition();
                    if (change.to() == PartitionStatus.FAILED) {
                        failed.putIfAbsent(partition, entry.time());
                    } else if (change.to() == PartitionStatus.HEALTHY) {
                        healthy(partition, entry.time());
                    }
                }
                default -> {}
            }
        }

        void end(SimTime end) {
            resume(end);
            List.copyOf(down.keySet()).forEach(partition -> up(partition, end));
            List.copyOf(rows.keySet()).forEach(this::served);
            List.copyOf(failed.keySet()).forEach(partition -> healthy(partition, end));
        }

        private void resume(SimTime to) {
            paused.ifPresent(entry ->
                    spans.values()
                            .forEach(all ->
                                    all.add(
                                            new Span(
                                                    entry.time(), to, entry.index(), Why.PAUSED))));
            paused = Optional.empty();
        }

        private void up(PartitionId partition, SimTime to) {
            var entry = down.remove(partition);
            if (entry != null) {
                add(partition, new Span(entry.time(), to, entry.index(), Why.DOWN));
            }
        }

        private void unserved(PartitionId partition, Trace.Entry entry, SimTime asked) {
            var row = rows.get(partition);
            rows.put(
                    partition,
                    row == null
                            ? new Span(asked, entry.time(), entry.index(), Why.UNSERVED)
                            : new Span(row.from(), entry.time(), row.entry(), Why.UNSERVED));
        }

        private void served(PartitionId partition) {
            var row = rows.remove(partition);
            if (row != null) {
                add(partition, row);
            }
        }

        private void healthy(PartitionId partition, SimTime to) {
            var from = failed.remove(partition);
            if (from != null) {
                failures.computeIfAbsent(partition, _ -> new ArrayList<>())
                        .add(new Failed(from, to));
            }
        }

        private void add(PartitionId partition, Span span) {
            spans.computeIfAbsent(partition, _ -> new ArrayList<>()).add(span);
        }
    }
}
