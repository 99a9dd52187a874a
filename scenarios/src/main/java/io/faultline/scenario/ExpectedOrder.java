package io.faultline.scenario;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.Setting;
import io.faultline.model.observation.Observed;
import io.faultline.scenario.format.Bare;
import io.faultline.scenario.format.Pattern;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Observations that must follow each other in this order; others may lie between them.
@Bare
public record ExpectedOrder(
        @Setting("what must be observed, from first to last") List<Pattern<Observed>> steps) {

    public ExpectedOrder {
        steps = List.copyOf(steps);
        if (steps.size() < 2) {
            throw new IllegalArgumentException("an order has at least two observations");
        }
    }

    /// Whether a trace has them in this order, and if not, where it leaves it.
    public Finding judge(Trace trace, Phases phases) {
        int from = 0;
        for (int step = 0; step < steps.size(); step++) {
            int at = next(steps.get(step), trace, from);
            if (at < 0) {
                return new Finding(
                        false, toString(), missed(step, trace, from, phases), Optional.empty());
            }
            from = at + 1;
        }
        return new Finding(true, toString(), this + ", as expected", Optional.of(SimTime.ZERO));
    }

    @Override
    public String toString() {
        return steps.stream().map(Pattern::toString).collect(Collectors.joining(", then "));
    }

    private String missed(int step, Trace trace, int from, Phases phases) {
        var pattern = steps.get(step);
        var after =
                step == 0
                        ? ""
                        : " after %s at %s"
                                .formatted(
                                        steps.get(step - 1),
                                        ExpectedObservation.time(trace.get(from - 1), phases));
        int earlier = next(pattern, trace, 0);
        return "expected %s%s, but it was %s"
                .formatted(
                        pattern,
                        after,
                        earlier < 0
                                ? "never observed"
                                : "only at "
                                        + ExpectedObservation.time(trace.get(earlier), phases));
    }

    private static int next(Pattern<Observed> pattern, Trace trace, int from) {
        for (int i = from; i < trace.size(); i++) {
            if (pattern.matches(trace.get(i).what())) {
                return i;
            }
        }
        return -1;
    }
}
