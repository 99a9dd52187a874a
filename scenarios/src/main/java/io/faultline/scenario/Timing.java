package io.faultline.scenario;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.random.Distribution;
import io.faultline.model.fault.FaultPlan.Planned;
import io.faultline.scenario.format.Span;

import java.time.Duration;
import java.util.Optional;

/// What is said of the times of a fault beside its schedule.
///
/// Times are durations since the start of chaos. No fault begins after chaos. What repeats has a
/// window, all of chaos if nothing else is said: it begins in there only, and is over at its end.
///
/// @param phases where chaos lies in the run
/// @param length how long the fault lasts each time
/// @param jitter how much later it begins each time
/// @param within the window
/// @param times how often it strikes at most
public record Timing(
        Phases phases,
        Optional<Distribution> length,
        Optional<Distribution> jitter,
        Optional<Span> within,
        Optional<Integer> times) {

    /// A span of time from a random stream of a fault alone.
    static Duration draw(Distribution distribution, Planned fault, String purpose) {
        return Duration.ofNanos(distribution.sampleNanos(fault.random(purpose)));
    }

    /// When the window opens.
    Duration from() {
        return within.map(Span::from).orElse(Duration.ZERO);
    }

    /// When the window is over.
    Duration to() {
        return within.map(Span::to).orElse(phases.chaos());
    }

    /// Before when something may begin.
    Duration last() {
        return to().compareTo(phases.chaos()) < 0 ? to() : phases.chaos();
    }

    boolean isOpen(Duration now) {
        return now.compareTo(from()) >= 0 && now.compareTo(last()) < 0;
    }

    int most() {
        return times.orElse(Integer.MAX_VALUE);
    }

    Duration sinceChaos(SimTime time) {
        return Duration.ofNanos(time.nanos()).minus(phases.warmup());
    }

    private Duration jitter(Planned fault) {
        return jitter.map(late -> draw(late, fault, "jitter")).orElse(Duration.ZERO);
    }

    Optional<Duration> length(Planned fault) {
        return length.map(l -> draw(l, fault, "for"));
    }

    /// Has a fault strike once, some jitter later, unless that is after chaos.
    void strikeOnce(Planned fault, Duration planned, Optional<Duration> length) {
        var late = jitter(fault);
        var begin = planned.plus(late);
        if (late.isZero() || begin.compareTo(phases.chaos()) < 0) {
            strike(fault, begin, length);
        }
    }

    /// Has a fault strike once, some jitter later, if it may begin then, and not beyond the end of
    /// the window.
    void strikeWithin(Planned fault, Duration planned, Optional<Duration> length) {
        var begin = planned.plus(jitter(fault));
        if (begin.compareTo(last()) < 0) {
            var left = to().minus(begin);
            var over = length.filter(l -> l.compareTo(left) < 0).orElse(left);
            strike(fault, begin, Optional.of(over));
        }
    }

    /// What would end after the run does not end.
    private void strike(Planned fault, Duration begin, Optional<Duration> length) {
        var now = Duration.ofNanos(Kronos.currentTime());
        var end = Duration.ofNanos(phases.end().nanos());
        var at = phases.warmup().plus(begin);
        fault.strike(at.minus(now), length.filter(l -> at.plus(l).compareTo(end) <= 0));
    }
}
