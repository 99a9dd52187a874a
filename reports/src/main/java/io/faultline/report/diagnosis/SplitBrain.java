package io.faultline.report.diagnosis;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.verdict.Concern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Two authorities who cannot talk to each other both acted.
///
/// - `leaders`: each found a quorum on its side and recovers, or would recover, what is on the
///   other, and the first had not been deposed when the second did. Both belong to one epoch, since
///   neither has heard of the other's. It lasts until they meet or one of them stops believing in a
///   quorum. They are handlers, or one is the coordinator.
/// - `owners`: the entities of a partition were given to others while it was cut off, and both it
///   and one of them served clients with them after that. It lasts until they can talk or the
///   partition owns something again.
///
/// There is one coordinator and one barrier, whose state outlasts its node, and what they told
/// partitions is numbered, so that older word does not count after newer; neither can have two
/// minds.
///
/// What must not be is that of Raft's *Election Safety* (Ongaro and Ousterhout, *In search of an
/// understandable consensus algorithm*, USENIX ATC 2014), and what fencing tokens prevent
/// (Kleppmann, *How to do distributed locking*, 2016). Where only one of them acted it is a
/// [StaleLeader].
public record SplitBrain() implements Diagnosis {

    static final String LEADERS = "leaders";
    static final String OWNERS = "owners";

    @Override
    public String description() {
        return "two who cannot talk to each other both act as the quorum, or as the owner";
    }

    @Override
    public Optional<Concern> concern() {
        return Optional.of(Concern.SAFETY);
    }

    @Override
    public List<String> subtypes() {
        return List.of(LEADERS, OWNERS);
    }

    /// The two acts, and that neither could know of the other.
    ///
    /// @param parted the entry since which the two cannot talk to each other
    /// @param act the entry in which one of them acts
    /// @param otherAct the entry in which the other acts, later
    public record TwoActs(int parted, int act, int otherAct) implements Certificate {

        @Override
        public boolean verify(Trace trace) {
            return Authorities.areParted(trace, parted, act, trace.get(otherAct).actor(), otherAct)
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

    /// What both served after the entities had gone from one to the other.
    ///
    /// @param cut the entry since which the partition cannot talk to the coordinator
    /// @param moved the entry with which the last of its entities was given to another
    /// @param old the entry in which the partition serves a client
    /// @param heir the entry in which one of those does who got its entities
    public record TwoOwners(int cut, int moved, int old, int heir) implements Certificate {

        @Override
        public boolean verify(Trace trace) {
            return Owners.isDispossessed(trace, cut, moved, Math.max(old, heir))
                    && Owners.isServedByOld(trace, moved, old)
                    && Owners.isServedByHeir(trace, moved, heir);
        }

        @Override
        public List<Fact> facts() {
            return Stream.of(
                            new Fact(cut, "a partition is cut off"),
                            new Fact(moved, "the last of its entities is given to another"),
                            new Fact(old, "it serves a client all the same"),
                            new Fact(heir, "so does one of those who have its entities"))
                    .sorted(Comparator.comparingInt(Fact::entry))
                    .toList();
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
                                LEADERS,
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
        for (var rivalry : Owners.rivalries(trace, circumstances.end())) {
            if (rivalry.heir().isPresent()) {
                int heir = rivalry.heir().getAsInt();
                int later = Math.max(rivalry.old(), heir);
                findings.add(
                        new Finding(
                                name(),
                                OWNERS,
                                Certainty.FOUND,
                                trace.get(later).time(),
                                rivalry.to(),
                                later,
                                rivalry.partition()
                                        + " and "
                                        + ((OperationCompleted) trace.get(heir).what()).partition()
                                        + " both served clients with what had been given from one"
                                        + " to the other",
                                new TwoOwners(
                                        rivalry.cut(), rivalry.moved(), rivalry.old(), heir)));
            }
        }
        findings.sort(Comparator.comparing(Finding::from));
        return findings;
    }
}
