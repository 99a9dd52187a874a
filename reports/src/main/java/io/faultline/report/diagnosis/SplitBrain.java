package io.faultline.report.diagnosis;

import io.faultline.kernel.Trace;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.verdict.Concern;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Two authorities who cannot talk to each other both acted: each found a quorum on its side and
/// would have recovered what is on the other, and the first had not been deposed when the second
/// did. Both belong to one epoch, since neither has heard of the other's. It lasts until they meet
/// or one of them stops believing in a quorum.
///
/// What must not be is that of Raft's *Election Safety* (Ongaro and Ousterhout, *In search of an
/// understandable consensus algorithm*, USENIX ATC 2014). Where only one of them acted it is a
/// [StaleLeader].
public record SplitBrain() implements Diagnosis {

    @Override
    public String description() {
        return "two who cannot talk to each other both act as the quorum";
    }

    @Override
    public Optional<Concern> concern() {
        return Optional.of(Concern.SAFETY);
    }

    @Override
    public List<String> subtypes() {
        return List.of();
    }

    /// The two acts, and that neither could know of the other.
    ///
    /// @param parted the entry since which the two cannot talk to each other
    /// @param act the entry in which one of them acts
    /// @param otherAct the entry in which the other acts, later
    public record TwoActs(int parted, int act, int otherAct) implements Certificate {

        @Override
        public boolean verify(Trace trace) {
            return Authorities.areParted(trace, parted, act, otherAct)
                    && Authorities.acts(trace.get(act))
                    && Authorities.acts(trace.get(otherAct))
                    && Authorities.keepsQuorum(trace, act, otherAct);
        }

        @Override
        public List<Fact> facts() {
            return List.of(
                    new Fact(parted, "the two can no longer talk to each other"),
                    new Fact(act, "one of them acts"),
                    new Fact(otherAct, "so does the other"));
        }
    }

    @Override
    public List<Finding> find(History history) {
        var trace = history.trace();
        var circumstances = history.circumstances();
        var findings = new ArrayList<Finding>();
        for (var rivalry : Authorities.rivalries(trace, circumstances.end())) {
            if (rivalry.otherAct().isPresent()) {
                int act = rivalry.otherAct().getAsInt();
                findings.add(
                        new Finding(
                                name(),
                                "",
                                Certainty.FOUND,
                                trace.get(act).time(),
                                rivalry.to(),
                                act,
                                rivalry.one()
                                        + " and "
                                        + rivalry.other()
                                        + " both acted as the quorum, and could not talk to each"
                                        + " other",
                                new TwoActs(rivalry.parted(), rivalry.act(), act)));
            }
        }
        return findings;
    }
}
