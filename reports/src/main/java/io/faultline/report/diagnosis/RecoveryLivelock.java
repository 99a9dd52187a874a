package io.faultline.report.diagnosis;

import io.faultline.kernel.SimTime;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.verdict.Concern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Nothing is done to the system any more, in truth there is a quorum and the coordinator is up,
/// and even so the system never becomes well.
///
/// - *parked*: partitions have failed, nothing is done about them, and nothing is under way or
///   waited for that could change that: no recovery, no retry, no suspicion that could be
///   withdrawn. Strictly it is a deadlock; that recoveries may wait indefinitely is what many call
///   a livelock. While a quorum is lacking in truth it is [QuorumLoss], and what an operator was
///   left with after all attempts had failed has been dealt with.
/// - *spinning*: recovery goes on and leads nowhere. Either the same cycle of abstract states (see
///   [Course]) has come to pass at least three times in a row until the end of the run, for longer
///   than the bound (a *lasso*); or so much was done for so long, at least `max(10, 3 × attempts ×
///   failed partitions)` attempts, phases and restarts in at least twice the bound, and it was
///   never better for good (a *budget*). Of the latter, one without the other is only suspicion.
///
/// A step is progress only if it is not undone: the measure is the worst that is still to come, the
/// most partitions that are unwell at any later time. New incarnations and attempts are no
/// progress, and neither is what clients are served in between.
///
/// Cycles without progress are those of SPIN (Holzmann, *The model checker SPIN*, IEEE Transactions
/// on Software Engineering 23(5), 1997); a budget of steps after which lack of progress counts is
/// that of the simulators of TigerBeetle and FoundationDB.
public record RecoveryLivelock() implements Diagnosis {

    static final String NAME = "recovery-livelock";
    static final String PARKED = "parked";
    static final String SPINNING = "spinning";

    @Override
    public String description() {
        return "recovery is possible, and never comes to an end";
    }

    @Override
    public Optional<Concern> concern() {
        return Optional.of(Concern.LIVENESS);
    }

    @Override
    public List<String> subtypes() {
        return List.of(PARKED, SPINNING);
    }

    @Override
    public List<Finding> find(History history) {
        var trace = history.trace();
        var circumstances = history.circumstances();
        var heal = history.heal();
        var findings = new ArrayList<Finding>();
        for (var stretch : history.stretches()) {
            new Parking(trace, circumstances).find(stretch, findings);
            new Circling(trace, circumstances, heal)
                    .find(stretch)
                    .or(() -> new Toiling(trace, circumstances).find(stretch))
                    .ifPresent(findings::add);
        }
        findings.sort(Comparator.comparing(Finding::from));
        return findings;
    }

    /// That recovery goes on and leads nowhere.
    static Finding spinning(
            Certainty certainty,
            SimTime from,
            SimTime to,
            int witness,
            String sentence,
            Certificate certificate) {
        return new Finding(NAME, SPINNING, certainty, from, to, witness, sentence, certificate);
    }
}
