package io.faultline.report.diagnosis;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.report.Quantity;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.verdict.Concern;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Progress was undone again and again: after the last fault, one partition that was believed to be
/// healthy became suspected or failed at least three times within the bound.
public record Flapping() implements Diagnosis {

    private static final int TIMES = 3;

    @Override
    public String description() {
        return "one partition is healthy, and then again not";
    }

    @Override
    public Optional<Concern> concern() {
        return Optional.of(Concern.LIVENESS);
    }

    @Override
    public List<String> subtypes() {
        return List.of();
    }

    /// When a partition was healthy no longer.
    ///
    /// @param within in which time three of these follow each other, from any of them on but the
    ///   last two
    /// @param losses the entries with which that happened
    public record Losses(PartitionId partition, Duration within, List<Integer> losses)
            implements Certificate {

        @Override
        public boolean verify(Trace trace) {
            for (int i = 0; i + TIMES <= losses.size(); i++) {
                var first = trace.get(losses.get(i)).time();
                var third = trace.get(losses.get(i + TIMES - 1)).time();
                if (third.since(first).compareTo(within) > 0) {
                    return false;
                }
            }
            return losses.size() >= TIMES
                    && losses.stream().distinct().count() == losses.size()
                    && losses.stream().allMatch(i -> isLoss(trace.get(i), partition));
        }

        @Override
        public List<Fact> facts() {
            return losses.stream()
                    .map(entry -> new Fact(entry, partition + " is healthy no longer"))
                    .toList();
        }
    }

    private static boolean isLoss(Trace.Entry entry, PartitionId partition) {
        return entry.what() instanceof StatusChanged change
                && change.partition().equals(partition)
                && change.from() == PartitionStatus.HEALTHY;
    }

    @Override
    public List<Finding> find(History history) {
        var trace = history.trace();
        var circumstances = history.circumstances();
        var heal = history.heal();
        var losses = new TreeMap<PartitionId, List<Trace.Entry>>();
        for (var entry : trace) {
            if (entry.what() instanceof StatusChanged change
                    && change.from() == PartitionStatus.HEALTHY
                    && entry.time().isAfter(heal.at())
                    && !circumstances.ailing().contains(change.partition())) {
                losses.computeIfAbsent(change.partition(), _ -> new ArrayList<>()).add(entry);
            }
        }
        var findings = new ArrayList<Finding>();
        losses.forEach((partition, entries) ->
                runs(entries, circumstances.bound()).stream()
                        .map(run -> finding(partition, run, circumstances))
                        .forEach(findings::add));
        findings.sort(Comparator.comparing(Finding::from));
        return findings;
    }

    /// The longest runs in which any three in a row lie within the bound.
    private static List<List<Trace.Entry>> runs(List<Trace.Entry> losses, Duration bound) {
        var runs = new ArrayList<List<Trace.Entry>>();
        int begin = 0;
        int end = 0; // of the run that begins there, if it is one
        for (int i = 0; i + TIMES <= losses.size(); i++) {
            var last = losses.get(i + TIMES - 1);
            if (last.time().since(losses.get(i).time()).compareTo(bound) <= 0) {
                begin = end == i + TIMES - 1 ? begin : i;
                end = i + TIMES;
            } else if (end == i + TIMES - 1 && end > begin) {
                runs.add(losses.subList(begin, end));
            }
        }
        if (end == losses.size() && end > begin) {
            runs.add(losses.subList(begin, end));
        }
        return runs;
    }

    private Finding finding(
            PartitionId partition, List<Trace.Entry> run, Circumstances circumstances) {
        SimTime from = run.getFirst().time();
        SimTime to = run.getLast().time();
        return new Finding(
                name(),
                "",
                Certainty.FOUND,
                from,
                to,
                run.getFirst().index(),
                partition
                        + " was healthy no longer "
                        + Quantity.count(run.size(), "time")
                        + " in "
                        + Quantity.time(to.since(from).toNanos())
                        + " ("
                        + circumstances.boundInWords()
                        + ")",
                new Losses(
                        partition,
                        circumstances.bound(),
                        run.stream().map(Trace.Entry::index).toList()));
    }
}
