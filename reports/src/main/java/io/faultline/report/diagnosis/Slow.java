package io.faultline.report.diagnosis;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.report.Quantity;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.goal.AllHealthy;
import io.faultline.report.verdict.Concern;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The system became well again and stayed so, but it took longer than the bound without what
/// faults leave behind, and less than twice the bound: too late, and neither livelock nor flapping,
/// in which all may be well for a moment, too.
public record Slow() implements Diagnosis {

    @Override
    public String description() {
        return "all becomes healthy later than the bound without what faults leave behind, but"
                + " before twice the bound";
    }

    @Override
    public Optional<Concern> concern() {
        return Optional.of(Concern.THRESHOLD);
    }

    @Override
    public List<String> subtypes() {
        return List.of();
    }

    /// From when on all was healthy.
    ///
    /// @param healed when the last fault was over
    /// @param well the entry since which all was healthy until the end of the run
    /// @param ailing of whom nothing was expected, since a fault that never ended kept them out
    public record Late(SimTime healed, int well, List<PartitionId> ailing) implements Certificate {

        @Override
        public boolean verify(Trace trace) {
            return Heal.of(trace).at().equals(healed)
                    && reachedAt(trace, ailing).equals(Optional.of(trace.get(well).time()));
        }

        @Override
        public List<Fact> facts() {
            return List.of(new Fact(well, "all are healthy from now on"));
        }
    }

    @Override
    public List<Finding> find(History history) {
        var trace = history.trace();
        var circumstances = history.circumstances();
        var healed = history.heal().at();
        return reachedAt(trace, circumstances.ailing())
                .filter(well -> well.isAfter(healed.plus(circumstances.usual())))
                .filter(well -> well.isBefore(healed.plus(circumstances.window())))
                .filter(_ -> !goesOn(history))
                .map(well -> finding(trace, healed, well, circumstances))
                .stream()
                .toList();
    }

    private static Optional<SimTime> reachedAt(Trace trace, Collection<PartitionId> ailing) {
        return AllHealthy.reach(trace, partition -> !ailing.contains(partition)).since();
    }

    /// Whether the system is only well for the moment: in a livelock, or if a partition that flaps
    /// was unwell less than the bound ago.
    private static boolean goesOn(History history) {
        var circumstances = history.circumstances();
        var livelocks = new RecoveryLivelock().find(history).stream();
        var flaps = new Flapping().find(history).stream();
        return livelocks.anyMatch(livelock -> livelock.to().equals(circumstances.end()))
                || flaps.anyMatch(
                        flap -> flap.to().plus(circumstances.bound()).isAfter(circumstances.end()));
    }

    private Finding finding(
            Trace trace, SimTime healed, SimTime well, Circumstances circumstances) {
        int entry = 0;
        while (trace.get(entry).time().isBefore(well)) {
            entry++;
        }
        return new Finding(
                name(),
                "",
                Certainty.FOUND,
                healed,
                well,
                entry,
                "all were healthy "
                        + Quantity.time(well.since(healed).toNanos())
                        + " after the last fault, later than "
                        + circumstances.usualInWords()
                        + circumstances.boundInWords()
                        + " ("
                        + circumstances.sum()
                        + ")",
                new Late(healed, entry, List.copyOf(circumstances.ailing())));
    }
}
