package io.faultline.scenario;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Kind;
import io.faultline.model.Setting;
import io.faultline.model.fault.Fault;
import io.faultline.model.fault.FaultPlan.Planned;
import io.faultline.scenario.format.Inline;
import io.faultline.scenario.format.Key;
import io.faultline.scenario.format.Span;

import java.time.Duration;
import java.util.Optional;

/// A fault and its times.
public record PlannedFault(
        @Inline("schedule") Schedule schedule,
        @Key("for")
                @Setting(
                        "how long it lasts each time; if left out, for good with at, else until the"
                                + " end of its window")
                Optional<Distribution> length,
        @Setting("how much later it begins each time") Optional<Distribution> jitter,
        @Setting(
                        "the window in which it may strike and at whose end it is over, from the"
                                + " start of chaos; all of chaos if left out")
                Optional<Span> within,
        @Setting("how often it strikes at most; once with after, any number of times else")
                Optional<Integer> times,
        @Inline("fault") Fault fault) {

    public PlannedFault {
        var kind = Kind.name(schedule);
        if (length.isPresent() && schedule.saysWhenItEnds()) {
            throw new IllegalArgumentException(
                    "'%s' says when the fault ends; leave 'for' out".formatted(kind));
        }
        if (within.isPresent() && !schedule.repeats()) {
            throw new IllegalArgumentException(
                    "'within' goes with every, after and renewal, not with " + kind);
        }
        if (times.isPresent() && !schedule.repeats()) {
            throw new IllegalArgumentException(
                    "'times' goes with every, after and renewal, not with " + kind);
        }
        if (times.isPresent() && times.get() < 1) {
            throw new IllegalArgumentException("times must be at least 1, but was " + times.get());
        }
    }

    /// A fault of which nothing is said beside its schedule.
    public PlannedFault(Schedule schedule, Fault fault) {
        this(
                schedule,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                fault);
    }

    /// The same fault at other times.
    PlannedFault with(Schedule other, Optional<Span> window) {
        return new PlannedFault(other, length, jitter, window, times, fault);
    }

    /// Before when it does not begin, from the start of chaos.
    Duration earliest() {
        return switch (schedule) {
            case At(var time) -> time;
            case During(var span) -> span.from();
            case Every _, After _, Renewal _ -> within.map(Span::from).orElse(Duration.ZERO);
        };
    }

    /// After when it is not in force any more, or can be left out of account since it is for good.
    Duration latest(Phases phases) {
        return switch (schedule) {
            case At(var time) ->
                    length.map(l -> StabilisationBound.high(l).plus(time)).orElse(phases.chaos());
            case During(var span) ->
                    jitter.map(l -> StabilisationBound.high(l).plus(span.to())).orElse(span.to());
            case Every _, After _, Renewal _ -> within.map(Span::to).orElse(phases.chaos());
        };
    }

    /// Has the fault strike at its times.
    void plan(Planned fault, Phases phases) {
        schedule.plan(fault, new Timing(phases, length, jitter, within, times));
    }
}
