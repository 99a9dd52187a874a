package io.faultline.scenario;

import io.faultline.kernel.Trace;
import io.faultline.model.Setting;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What shall hold in a run.
public record Expectations(
        @Setting("invariants that hold at all times") List<String> always,
        @Setting("promises that the run is there to show broken") List<String> breaks,
        @Setting("promises that may be broken") List<String> tolerates,
        @Setting("what must not come to pass") List<String> never,
        @Setting("what must come to pass at least once, lest the run prove nothing")
                List<String> sometimes,
        @Setting("what must come to pass, and within which time") List<Eventually> eventually,
        @Setting("what must be observed, when and how often") List<ExpectedObservation> observed,
        @Setting("what must be observed one after the other") List<ExpectedOrder> order,
        @Setting(
                        value = "for how long a partition may serve nobody before that is damage",
                        byDefault = "1s")
                Duration slo) {

    public Expectations {
        always = List.copyOf(always);
        breaks = List.copyOf(breaks);
        tolerates = List.copyOf(tolerates);
        never = List.copyOf(never);
        sometimes = List.copyOf(sometimes);
        eventually = List.copyOf(eventually);
        observed = List.copyOf(observed);
        order = List.copyOf(order);
    }

    /// Whether nothing is asked of a run. To tolerate something is to ask for nothing.
    boolean isEmpty() {
        return equals(
                new Expectations(
                        List.of(), List.of(), tolerates, List.of(), List.of(), List.of(), List.of(),
                        List.of(), slo));
    }

    /// What a trace says to `observed` and `order`, in this order. The other expectations are
    /// judged by whoever knows their names.
    ///
    /// @param phases where the times of the file lie in the run
    public List<Finding> judge(Trace trace, Phases phases) {
        return Stream.concat(
                        observed.stream().map(expected -> expected.judge(trace, phases)),
                        order.stream().map(expected -> expected.judge(trace, phases)))
                .toList();
    }
}
