package io.faultline.report.diagnosis;

import io.faultline.kernel.SimTime;
import io.faultline.model.cluster.PartitionId;
import io.faultline.report.Phases;
import io.faultline.report.Quantity;
import io.faultline.report.invariant.Rules;
import io.faultline.report.verdict.HealedCore;

import java.time.Duration;
import java.util.Set;

/// What a diagnosis needs to know of a run besides its trace.
///
/// @param rules the rules of the protocol
/// @param phases the parts of the run
/// @param end when the run ended
/// @param core the partitions that the run could be asked to heal
/// @param bound how long the system may take to be well again once nothing goes wrong any more: the
///   sum of all configured delays on the slowest way there, as in the tests of Elasticsearch
/// @param usual how much of the bound is left without what faults leave behind, such as messages
///   that wait to be sent again
/// @param slo for how long a partition may serve nobody before that is damage
/// @param sum how the bound was added up, for people
public record Circumstances(
        Rules rules,
        Phases phases,
        SimTime end,
        HealedCore core,
        Duration bound,
        Duration usual,
        Duration slo,
        String sum) {

    /// Of whom nothing is expected, since a fault that never ended kept them out.
    Set<PartitionId> ailing() {
        return core.keptOut().keySet();
    }

    /// How long something must go on to be called endless: twice the bound.
    public Duration window() {
        return bound.multipliedBy(2);
    }

    /// The bound without what faults leave behind, if that makes a difference, for people.
    String usualInWords() {
        return usual.equals(bound)
                ? ""
                : Quantity.time(usual.toNanos()) + ", without what faults leave behind; ";
    }

    /// The bound for people: `B = 50.340s`.
    String boundInWords() {
        return "B = " + Quantity.time(bound.toNanos());
    }
}
