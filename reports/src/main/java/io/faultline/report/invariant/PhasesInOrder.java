package io.faultline.report.invariant;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.recovery.RecoveryPhase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// An attempt goes through DETECTING, REDISTRIBUTING, REBALANCING, VALIDATING and COMPLETE in this
/// order, or fails from anywhere, and succeeds only after VALIDATING. It may be broken off by a
/// later attempt, which starts from DETECTING.
public record PhasesInOrder() implements Law {

    @Override
    public String description() {
        return "the phases of an attempt follow each other in order";
    }

    @Override
    public List<Violation> check(Trace trace, Rules rules) {
        var violations = new ArrayList<Violation>();
        var current = new HashMap<PartitionId, PhaseEntered>();
        for (var entry : trace) {
            switch (entry.what()) {
                case PhaseEntered next -> {
                    var last = current.put(next.partition(), next);
                    if (!mayFollow(last, next)) {
                        violations.add(
                                new Violation(
                                        entry, name(next) + " was entered after " + name(last)));
                    }
                }
                case AttemptFinished(var partition, var attempt, var succeeded, _) -> {
                    var last = current.get(partition);
                    if (succeeded && !hasValidated(last, attempt)) {
                        violations.add(
                                new Violation(
                                        entry,
                                        "attempt "
                                                + attempt
                                                + " of "
                                                + partition
                                                + " succeeded after "
                                                + name(last)));
                    }
                }
                default -> {}
            }
        }
        return violations;
    }

    private static boolean mayFollow(PhaseEntered last, PhaseEntered next) {
        boolean fresh = last == null || isOver(last.phase()) || next.attempt() > last.attempt();
        return switch (next.phase()) {
            case DETECTING -> fresh;
            case REDISTRIBUTING, REBALANCING, VALIDATING, COMPLETE ->
                    last != null
                            && next.attempt() == last.attempt()
                            && next.phase().ordinal() == last.phase().ordinal() + 1;
            // An attempt whose pause times out fails before its first phase.
            case FAILED -> fresh || next.attempt() == last.attempt();
        };
    }

    private static boolean isOver(RecoveryPhase phase) {
        return phase == RecoveryPhase.COMPLETE || phase == RecoveryPhase.FAILED;
    }

    private static boolean hasValidated(PhaseEntered last, int attempt) {
        return last != null
                && last.attempt() == attempt
                && (last.phase() == RecoveryPhase.VALIDATING
                        || last.phase() == RecoveryPhase.COMPLETE);
    }

    private static String name(PhaseEntered entered) {
        return entered == null
                ? "no phase"
                : entered.phase()
                        + " (attempt "
                        + entered.attempt()
                        + " of "
                        + entered.partition()
                        + ")";
    }
}
