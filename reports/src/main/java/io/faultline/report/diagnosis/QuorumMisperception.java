package io.faultline.report.diagnosis;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.EscalationCause;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockRefused;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.Queued;
import io.faultline.model.observation.Observed.QuorumBack;
import io.faultline.model.observation.Observed.QuorumGone;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.QuorumRestored;
import io.faultline.model.observation.Observed.RefusalCause;
import io.faultline.report.Quantity;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.verdict.Concern;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The coordinator's quorum is what it believes, and it believed wrongly.
///
/// - *acts*: it admitted or began recoveries while in truth no majority was up and could exchange
///   messages;
/// - *refuses*: for longer than the bound it believed that there was no quorum, although in truth a
///   majority was up and could exchange messages, also with it.
///
/// Quorums that are judged by local belief are among the commonest flaws that Alquraan et al. found
/// (*An analysis of network-partitioning failures in cloud systems*, OSDI 2018).
public record QuorumMisperception() implements Diagnosis {

    private static final String ACTS = "acts";
    private static final String REFUSES = "refuses";

    @Override
    public String description() {
        return "the coordinator acts without a majority, or refuses although there is one";
    }

    @Override
    public Optional<Concern> concern() {
        return Optional.of(Concern.SAFETY);
    }

    @Override
    public List<String> subtypes() {
        return List.of(ACTS, REFUSES);
    }

    /// What was done without a majority.
    ///
    /// @param gone the entry that says that there was none
    /// @param acts the entries with which recoveries were admitted or begun then
    public record Acts(int gone, List<Integer> acts) implements Certificate {

        @Override
        public boolean verify(Trace trace) {
            for (int i = gone; i <= acts.getLast(); i++) {
                if (trace.get(i).what() instanceof QuorumBack) {
                    return false;
                }
            }
            return trace.get(gone).what() instanceof QuorumGone
                    && acts.getFirst() > gone
                    && acts.stream().allMatch(i -> isAct(trace.get(i)));
        }

        @Override
        public List<Fact> facts() {
            var facts = new ArrayList<Fact>();
            facts.add(new Fact(gone, "there is no majority"));
            acts.forEach(entry -> facts.add(new Fact(entry, "a recovery is admitted or begun")));
            return facts;
        }
    }

    /// What was not done although there was a majority.
    ///
    /// @param since the last entry before it was so
    /// @param until the first one after it, or one more than there are
    /// @param refusals the entries with which recoveries were refused, put off or given up then
    public record Refuses(int since, int until, List<Integer> refusals) implements Certificate {

        @Override
        public boolean verify(Trace trace) {
            var view = new View();
            for (int i = 0; i < until; i++) {
                view.see(trace.get(i));
                if (i >= since && !view.isWrong()) {
                    return false;
                }
            }
            return refusals.stream()
                    .allMatch(i -> i >= since && i < until && isRefusal(trace.get(i)));
        }

        @Override
        public List<Fact> facts() {
            var facts = new ArrayList<Fact>();
            facts.add(new Fact(since, "a majority is up, and it is believed that none is"));
            refusals.forEach(entry -> facts.add(new Fact(entry, "so a recovery is refused")));
            return facts;
        }
    }

    /// What is believed and what is true of the quorum.
    private static final class View {
        private int placed;
        private int down;
        private boolean believed = true;
        private boolean majority = true;

        void see(Trace.Entry entry) {
            switch (entry.what()) {
                case PartitionPlaced _ -> placed++;
                case PartitionDown _ -> down++;
                case PartitionUp _ -> down--;
                case QuorumGone _ -> majority = false;
                case QuorumBack _ -> majority = true;
                case QuorumLost _ -> believed = false;
                case QuorumRestored _ -> believed = true;
                default -> {}
            }
        }

        /// Whether there is a majority with whom the coordinator can talk, and it believes that
        /// there is none.
        boolean isWrong() {
            return !believed && majority && 2 * (placed - down) > placed;
        }
    }

    private static boolean isAct(Trace.Entry entry) {
        return entry.what() instanceof LockReserved || entry.what() instanceof LockGranted;
    }

    private static boolean isRefusal(Trace.Entry entry) {
        return switch (entry.what()) {
            case Queued _ -> true;
            case Escalated(_, var cause) -> cause == EscalationCause.QUORUM_LOST;
            case LockRefused(_, var cause) -> cause == RefusalCause.NO_QUORUM;
            default -> false;
        };
    }

    @Override
    public List<Finding> find(History history) {
        var trace = history.trace();
        var circumstances = history.circumstances();
        var findings = new ArrayList<Finding>();
        acts(trace, findings);
        refusals(trace, circumstances, findings);
        return findings;
    }

    private void acts(Trace trace, List<Finding> findings) {
        int gone = -1;
        var acts = new ArrayList<Integer>();
        for (var entry : trace) {
            if (entry.what() instanceof QuorumGone && gone < 0) {
                gone = entry.index();
            } else if (gone >= 0 && isAct(entry)) {
                acts.add(entry.index());
            } else if (entry.what() instanceof QuorumBack) {
                acted(trace, gone, acts, findings);
                gone = -1;
                acts.clear();
            }
        }
        acted(trace, gone, acts, findings);
    }

    private void acted(Trace trace, int gone, List<Integer> acts, List<Finding> findings) {
        if (acts.isEmpty()) {
            return;
        }
        var first = trace.get(acts.getFirst());
        findings.add(
                new Finding(
                        name(),
                        ACTS,
                        Certainty.FOUND,
                        first.time(),
                        trace.get(acts.getLast()).time(),
                        first.index(),
                        "recoveries were admitted or begun "
                                + Quantity.count(acts.size(), "time")
                                + " although no majority was up since "
                                + trace.get(gone).time(),
                        new Acts(gone, List.copyOf(acts))));
    }

    private void refusals(Trace trace, Circumstances circumstances, List<Finding> findings) {
        var view = new View();
        int since = -1;
        var refusals = new ArrayList<Integer>();
        for (var entry : trace) {
            view.see(entry);
            if (!view.isWrong()) {
                refused(trace, since, entry.index(), refusals, circumstances, findings);
                since = -1;
                refusals.clear();
                continue;
            }
            since = since < 0 ? entry.index() : since;
            if (isRefusal(entry)) {
                refusals.add(entry.index());
            }
        }
        refused(trace, since, trace.size(), refusals, circumstances, findings);
    }

    private void refused(
            Trace trace,
            int since,
            int until,
            List<Integer> refusals,
            Circumstances circumstances,
            List<Finding> findings) {
        if (since < 0) {
            return;
        }
        boolean atEnd = until == trace.size();
        var from = trace.get(since).time();
        SimTime to = atEnd ? circumstances.end() : trace.get(until).time();
        boolean isLong = to.since(from).compareTo(circumstances.bound()) > 0;
        if (isLong || atEnd && !refusals.isEmpty() && to.isAfter(from)) {
            findings.add(
                    new Finding(
                            name(),
                            REFUSES,
                            isLong ? Certainty.FOUND : Certainty.SUSPECTED,
                            from,
                            to,
                            since,
                            "a majority was up for "
                                    + Quantity.time(to.since(from).toNanos())
                                    + " ("
                                    + circumstances.boundInWords()
                                    + "), but it was believed that none was",
                            new Refuses(since, until, List.copyOf(refusals))));
        }
    }
}
