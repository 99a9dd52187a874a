package io.faultline.report.diagnosis;

import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.report.Kinds;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Concern;
import io.faultline.report.verdict.Judgement;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// A kind of trouble that a run can be in, with an operational definition: whoever has the trace
/// can decide whether it is there.
///
/// A kind is a record; its class name in kebab-case is its name: [RecoveryLivelock] is
/// `recovery-livelock`. The `permits` clause is the catalogue. Every run is diagnosed; what is
/// found counts against the run only if its scenario forbids it.
public sealed interface Diagnosis
        permits QuorumLoss,
                QuorumMisperception,
                SplitBrain,
                StaleLeader,
                Cascade,
                RecoveryLivelock,
                Starvation,
                Flapping,
                Metastable,
                Slow {

    /// The name in files, such as `recovery-livelock`.
    default String name() {
        return Kind.name(this);
    }

    /// What it is, in one sentence.
    String description();

    /// What it is about, if a scenario may forbid it; nothing if it is only a warning.
    Optional<Concern> concern();

    /// The names of its varieties; none if there is only one.
    List<String> subtypes();

    /// Finds it in a run, in order of time.
    default List<Finding> find(Trace trace, Circumstances circumstances) {
        return find(new History(trace, circumstances));
    }

    /// Finds it in a run, in order of time.
    List<Finding> find(History history);

    /// All kinds.
    static List<Diagnosis> all() {
        return Kinds.of(Diagnosis.class);
    }

    /// All that is found in a run, in the order of [#all].
    static List<Finding> of(Trace trace, Circumstances circumstances) {
        var history = new History(trace, circumstances);
        return all().stream().flatMap(diagnosis -> diagnosis.find(history).stream()).toList();
    }

    /// The names by which scenarios may refer to it: its own, and one for each of its varieties, as
    /// in `quorum-loss{permanent}`.
    default Stream<String> labels() {
        return Stream.concat(
                Stream.of(name()),
                subtypes().stream().map(subtype -> name() + "{" + subtype + "}"));
    }

    /// The kind to which a label refers, if it refers to any.
    static Optional<Diagnosis> named(String label) {
        return all().stream()
                .filter(diagnosis -> diagnosis.labels().anyMatch(label::equals))
                .findFirst();
    }

    /// Judges a run in which it must not be.
    ///
    /// @param label the kind, or one of its varieties
    default Judgement never(String label, List<Finding> findings) {
        var first = first(label, findings);
        return new Judgement(
                "never " + label,
                concern().orElseThrow(),
                first.map(found -> found.isCertain() ? Answer.VIOLATED : Answer.INCONCLUSIVE)
                        .orElse(Answer.HELD),
                first.map(found ->
                                (found.isCertain() ? "" : "suspected ")
                                        + "from "
                                        + found.from()
                                        + ": "
                                        + found.sentence())
                        .orElse("it was not found"),
                first.map(found -> OptionalInt.of(found.witness())).orElse(OptionalInt.empty()));
    }

    /// Judges a run that proves nothing unless it has it.
    ///
    /// @param label the kind, or one of its varieties
    default Judgement sometimes(String label, List<Finding> findings) {
        var first = first(label, findings).filter(Finding::isCertain);
        return new Judgement(
                "sometimes " + label,
                Concern.COVERAGE,
                first.isPresent() ? Answer.HELD : Answer.INCONCLUSIVE,
                first.map(found -> "from " + found.from() + ": " + found.sentence())
                        .orElse("it was not found, so the run has not shown what it should"));
    }

    /// The first that was found, or if none was, the first that is suspected.
    static Optional<Finding> first(String label, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.is(label))
                .min(Comparator.comparing(Finding::certainty).thenComparing(Finding::from));
    }
}
