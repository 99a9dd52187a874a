package io.faultline.scenario;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.Setting;
import io.faultline.model.observation.Observed;
import io.faultline.scenario.format.Inline;
import io.faultline.scenario.format.Pattern;
import io.faultline.scenario.format.Span;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Something that must be observed: at a time, between two times or at any time; at least once, or
/// as often as said, which may be never.
public record ExpectedObservation(
        @Setting("at exactly this time, from the start of chaos") Optional<Duration> at,
        @Setting("between these times, both included") Optional<Span> between,
        @Setting("exactly this often; at least once if left out") Optional<Integer> count,
        @Setting("who observed it; anybody if left out") Optional<String> by,
        @Inline("observation") Pattern<Observed> pattern) {

    private static final int SHOWN = 3;

    public ExpectedObservation {
        if (at.isPresent() && between.isPresent()) {
            throw new IllegalArgumentException("give 'at' or 'between', not both");
        }
        if (count.isPresent() && count.get() < 0) {
            throw new IllegalArgumentException("count must not be negative");
        }
    }

    /// Whether this is what was expected, at a time when it was expected.
    public boolean matches(Trace.Entry entry, Phases phases) {
        return isTime(entry, phases) && isIt(entry);
    }

    /// Whether a trace has what was expected, and if not, what it has instead.
    public Finding judge(Trace trace, Phases phases) {
        var matching = trace.stream().filter(entry -> matches(entry, phases)).toList();
        boolean held = count.map(n -> n == matching.size()).orElse(!matching.isEmpty());
        var text =
                held
                        ? this + ", as expected"
                        : "expected " + this + ", but " + seen(trace, matching, phases);
        return new Finding(held, toString(), text, settled(matching.size(), phases));
    }

    /// Too many are too many at once, and one that was to be seen has been; else only time tells.
    private Optional<SimTime> settled(int matching, Phases phases) {
        return matching > count.orElse(0)
                ? Optional.of(SimTime.ZERO)
                : at.or(() -> between.map(Span::to)).map(phases::at);
    }

    /// As in `2 × status-changed {partition: P1, to: failed} by coordinator at 0.550s`.
    @Override
    public String toString() {
        return count.map(n -> n == 0 ? "no " : n + " × ").orElse("")
                + pattern
                + by.map(name -> " by " + name).orElse("")
                + at.map(time -> " at " + SimTime.format(time.toNanos())).orElse("")
                + between.map(span -> " between " + clock(span)).orElse("");
    }

    private static String clock(Span span) {
        return SimTime.format(span.from().toNanos())
                + " and "
                + SimTime.format(span.to().toNanos());
    }

    private String seen(Trace trace, List<Trace.Entry> matching, Phases phases) {
        if (!matching.isEmpty()) {
            return "there %s %d: %s"
                    .formatted(
                            matching.size() == 1 ? "was" : "were",
                            matching.size(),
                            times(matching, phases));
        }
        var elsewhere = trace.stream().filter(this::isIt).toList();
        if (!elsewhere.isEmpty()) {
            return "it was " + times(elsewhere, phases);
        }
        var others = trace.stream().filter(this::isOfItsKind).toList();
        return nearest(others, phases)
                .map(entry -> "there was none; the nearest was " + described(entry, phases))
                .orElse("there was no " + pattern.name() + " at all");
    }

    /// Of the observations of this kind the one that has most of what was expected; of several such
    /// the one that is closest in time.
    private Optional<Trace.Entry> nearest(List<Trace.Entry> others, Phases phases) {
        long expected =
                at.or(() -> between.map(Span::from)).map(t -> phases.at(t).nanos()).orElse(0L);
        return others.stream()
                .min(
                        Comparator.comparingLong((Trace.Entry e) -> -pattern.agreements(e.what()))
                                .thenComparingLong(e -> Math.abs(e.time().nanos() - expected)));
    }

    private String described(Trace.Entry entry, Phases phases) {
        return pattern.asSeenIn(entry.what())
                + by.map(_ -> " by " + entry.actor()).orElse("")
                + " at "
                + time(entry, phases);
    }

    private static String times(List<Trace.Entry> entries, Phases phases) {
        var shown =
                entries.stream()
                        .limit(SHOWN)
                        .map(entry -> time(entry, phases))
                        .collect(Collectors.joining(", ", "at ", ""));
        int more = entries.size() - SHOWN;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }

    /// As the file counts time: from the start of chaos.
    static String time(Trace.Entry entry, Phases phases) {
        return SimTime.format(entry.time().since(phases.start()).toNanos());
    }

    private boolean isTime(Trace.Entry entry, Phases phases) {
        var time = entry.time();
        return at.map(phases::at).map(time::equals).orElse(true)
                && between.map(span ->
                                !time.isBefore(phases.at(span.from()))
                                        && !time.isAfter(phases.at(span.to())))
                        .orElse(true);
    }

    private boolean isIt(Trace.Entry entry) {
        return pattern.matches(entry.what()) && by.map(entry.actor()::equals).orElse(true);
    }

    private boolean isOfItsKind(Trace.Entry entry) {
        return pattern.kind().isInstance(entry.what());
    }
}
