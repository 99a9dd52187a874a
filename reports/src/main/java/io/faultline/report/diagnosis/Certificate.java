package io.faultline.report.diagnosis;

import io.faultline.kernel.Trace;

import java.util.List;

/// What a [Finding] rests on: the events, sets and cycles that make it, by their indices in the
/// trace. It can be checked against the trace without the program that found it, and without the
/// settings of the run.
public sealed interface Certificate
        permits QuorumLoss.Gap,
                QuorumMisperception.Acts,
                QuorumMisperception.Refuses,
                SplitBrain.TwoActs,
                SplitBrain.TwoOwners,
                StaleLeader.OneAct,
                StaleLeader.OneOwner,
                Cascade.Spread,
                Parking.Parked,
                Circling.Lasso,
                Toiling.Budget,
                Starvation.Passed,
                Flapping.Losses,
                Metastable.Slump,
                Slow.Late {

    /// One of the facts, for people.
    ///
    /// @param entry the index in the trace of the observation that shows it
    /// @param text what it shows, without a full stop
    record Fact(int entry, String text) {}

    /// Whether the trace is as it says.
    boolean verify(Trace trace);

    /// What it says, in order of time.
    List<Fact> facts();

    /// What it says as a whole, each a line without a full stop: sets, and numbers.
    default List<String> inShort(Trace trace) {
        return List.of();
    }

    /// What is not in single observations: the states of a cycle, or numbers; in order.
    default List<String> details() {
        return List.of();
    }
}
