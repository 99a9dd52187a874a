package io.faultline.report.diagnosis;

import io.faultline.kernel.Trace;
import io.faultline.report.Quantity;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.verdict.Concern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Of two authorities who cannot talk to each other one has acted as the quorum, and the other goes
/// on believing that it is one, but does nothing about it. This is a warning: it takes time to find
/// out that one was deposed, and what a leader does who is fenced off by tokens does no harm
/// (Kleppmann, *How to do distributed locking*, 2016). If it acts as well it is [SplitBrain]. The
/// variety for this is `leader`.
///
/// So it is with an `owner`: a partition that was cut off serves clients although its entities were
/// given to others, none of whom has served any since.
public record StaleLeader() implements Diagnosis {

    static final String LEADER = "leader";
    static final String OWNER = "owner";

    @Override
    public String description() {
        return "one acts as the quorum or the owner while another still believes that it is one";
    }

    @Override
    public Optional<Concern> concern() {
        return Optional.empty();
    }

    @Override
    public List<String> subtypes() {
        return List.of(LEADER, OWNER);
    }

    /// The act, and that the other went on to believe.
    ///
    /// @param parted the entry since which the two cannot talk to each other
    /// @param act the entry in which one of them acts
    /// @param stale the other
    /// @param until the entry with which it was over, or one more than there are
    public record OneAct(int parted, int act, String stale, int until) implements Certificate {

        @Override
        public boolean verify(Trace trace) {
            return !Authorities.hasActed(trace, stale, parted, act, until)
                    && Authorities.believes(trace, stale, act, until)
                    && Authorities.areParted(trace, parted, act, stale, until - 1)
                    && Authorities.acts(trace.get(act));
        }

        @Override
        public List<Fact> facts() {
            return List.of(
                    new Fact(parted, "the two can no longer talk to each other"),
                    new Fact(act, "one of them acts, but " + stale + " believes in a quorum, too"));
        }
    }

    /// What the partition served after its entities had gone to others.
    ///
    /// @param cut the entry since which it cannot talk to the coordinator
    /// @param moved the entry with which the last of its entities was given to another
    /// @param act the entry in which it serves a client
    public record OneOwner(int cut, int moved, int act) implements Certificate {

        @Override
        public boolean verify(Trace trace) {
            return Owners.isDispossessed(trace, cut, moved, act)
                    && Owners.isServedByOld(trace, moved, act);
        }

        @Override
        public List<Fact> facts() {
            return List.of(
                    new Fact(cut, "a partition is cut off"),
                    new Fact(moved, "the last of its entities is given to another"),
                    new Fact(act, "it serves a client all the same"));
        }
    }

    @Override
    public List<Finding> find(History history) {
        var trace = history.trace();
        var circumstances = history.circumstances();
        var findings = new ArrayList<Finding>();
        for (var rivalry : Authorities.rivalries(trace, circumstances.end())) {
            var from = trace.get(rivalry.act()).time();
            var to =
                    rivalry.otherAct().isPresent()
                            ? trace.get(rivalry.otherAct().getAsInt()).time()
                            : rivalry.to();
            if (to.isAfter(from)) {
                findings.add(
                        new Finding(
                                name(),
                                LEADER,
                                Certainty.FOUND,
                                from,
                                to,
                                rivalry.act(),
                                rivalry.other()
                                        + " believed in its quorum for "
                                        + Quantity.time(to.since(from).toNanos())
                                        + " after "
                                        + rivalry.one()
                                        + " had acted as one",
                                new OneAct(
                                        rivalry.parted(),
                                        rivalry.act(),
                                        rivalry.other(),
                                        rivalry.otherAct().orElse(rivalry.until()))));
            }
        }
        for (var rivalry : Owners.rivalries(trace, circumstances.end())) {
            if (rivalry.heir().isEmpty()) {
                findings.add(
                        new Finding(
                                name(),
                                OWNER,
                                Certainty.FOUND,
                                trace.get(rivalry.old()).time(),
                                rivalry.to(),
                                rivalry.old(),
                                rivalry.partition()
                                        + " served clients after its entities had been given to"
                                        + " others",
                                new OneOwner(rivalry.cut(), rivalry.moved(), rivalry.old())));
            }
        }
        findings.sort(Comparator.comparing(Finding::from));
        return findings;
    }
}
