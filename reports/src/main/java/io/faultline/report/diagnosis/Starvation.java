package io.faultline.report.diagnosis;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.EscalationCause;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.QuorumBack;
import io.faultline.model.observation.Observed.QuorumGone;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.report.Quantity;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.verdict.Concern;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Recovery got on, but one partition did not: after the last fault, with a majority up in truth,
/// it had failed and no attempt to recover it entered a phase, while for at least twice the bound
/// others were recovered. If they were for more than the bound when the run ended, it is suspected.
/// Where nobody gets on it is [RecoveryLivelock]; what was left to an operator after all attempts
/// had failed had its share.
public record Starvation() implements Diagnosis {

    @Override
    public String description() {
        return "others are recovered, and one partition never has its turn";
    }

    @Override
    public Optional<Concern> concern() {
        return Optional.of(Concern.LIVENESS);
    }

    @Override
    public List<String> subtypes() {
        return List.of();
    }

    /// Who waited, and who did not.
    ///
    /// @param partition who waited
    /// @param since the last entry before it was so
    /// @param until the entry with which it was over, or one more than there are
    /// @param others the entries with which recoveries of others succeeded in the meantime
    public record Passed(PartitionId partition, int since, int until, List<Integer> others)
            implements Certificate {

        @Override
        public boolean verify(Trace trace) {
            boolean failed = false;
            for (int i = 0; i <= since; i++) {
                if (trace.get(i).what() instanceof StatusChanged change
                        && change.partition().equals(partition)) {
                    failed = change.to() == PartitionStatus.FAILED;
                }
            }
            var seen = new ArrayList<Integer>();
            for (int i = since + 1; i < until; i++) {
                switch (trace.get(i).what()) {
                    case PhaseEntered phase when phase.partition().equals(partition) -> {
                        return false;
                    }
                    case StatusChanged change when change.partition().equals(partition) -> {
                        return false;
                    }
                    case AttemptFinished attempt when attempt.succeeded() -> seen.add(i);
                    default -> {}
                }
            }
            return failed && seen.equals(others);
        }

        @Override
        public List<Fact> facts() {
            var facts = new ArrayList<Fact>();
            facts.add(new Fact(since, partition + " waits"));
            others.forEach(entry -> facts.add(new Fact(entry, "another one is recovered")));
            return facts;
        }
    }

    /// A partition that waits.
    private record Wait(int since, SimTime from, List<Integer> others) {}

    @Override
    public List<Finding> find(History history) {
        var trace = history.trace();
        var circumstances = history.circumstances();
        return new Search(trace, circumstances, history.heal()).find();
    }

    private static final class Search {
        private final Trace trace;
        private final Circumstances circumstances;
        private final Heal heal;
        private final TreeMap<PartitionId, Wait> waits = new TreeMap<>();
        private final List<Finding> findings = new ArrayList<>();
        private boolean majority = true;

        Search(Trace trace, Circumstances circumstances, Heal heal) {
            this.trace = trace;
            this.circumstances = circumstances;
            this.heal = heal;
        }

        List<Finding> find() {
            for (var entry : trace) {
                switch (entry.what()) {
                    case StatusChanged change when change.to() == PartitionStatus.FAILED ->
                            waits(change.partition(), entry);
                    case StatusChanged change -> over(change.partition(), entry.index());
                    case PhaseEntered phase -> {
                        if (waits.containsKey(phase.partition())) {
                            over(phase.partition(), entry.index());
                            waits(phase.partition(), entry);
                        }
                    }
                    case Escalated(var partition, var cause)
                            when cause == EscalationCause.RETRIES_EXHAUSTED ->
                            over(partition, entry.index());
                    case AttemptFinished attempt when attempt.succeeded() ->
                            waits.forEach((partition, wait) -> wait.others.add(entry.index()));
                    case QuorumGone _ -> {
                        majority = false;
                        List.copyOf(waits.keySet()).forEach(it -> over(it, entry.index()));
                    }
                    case QuorumBack _ -> majority = true;
                    default -> {}
                }
            }
            List.copyOf(waits.keySet()).forEach(it -> over(it, trace.size()));
            return findings;
        }

        private void waits(PartitionId partition, Trace.Entry entry) {
            if (majority && !circumstances.ailing().contains(partition)) {
                waits.put(partition, new Wait(entry.index(), entry.time(), new ArrayList<>()));
            }
        }

        private void over(PartitionId partition, int until) {
            var wait = waits.remove(partition);
            if (wait == null || wait.others.isEmpty()) {
                return;
            }
            boolean atEnd = until == trace.size();
            var to = atEnd ? circumstances.end() : trace.get(until).time();
            var from = wait.from.isBefore(heal.at()) ? heal.at() : wait.from;
            var passed = trace.get(wait.others.getLast()).time().since(from);
            boolean isLong = passed.compareTo(circumstances.window()) >= 0;
            boolean isSuspect = atEnd && passed.compareTo(circumstances.bound()) >= 0;
            if (isLong || isSuspect) {
                findings.add(
                        new Finding(
                                "starvation",
                                "",
                                isLong ? Certainty.FOUND : Certainty.SUSPECTED,
                                from,
                                to,
                                wait.since,
                                sentence(partition, wait.others.size(), to.since(from)),
                                new Passed(
                                        partition, wait.since, until, List.copyOf(wait.others))));
            }
        }

        private String sentence(PartitionId partition, int others, Duration waited) {
            return partition
                    + " waited for "
                    + Quantity.time(waited.toNanos())
                    + " while "
                    + Quantity.count(others, "recovery")
                    + " of others succeeded";
        }
    }
}
