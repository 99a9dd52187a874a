package io.faultline.report.chart;

import io.faultline.kernel.SimTime;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.Topology;
import io.faultline.report.Result;
import io.faultline.report.chart.Bar.Look;
import io.faultline.report.diagnosis.Finding;
import io.faultline.report.verdict.Answer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/// What is above the rows of the [HealthMap]: faults, what was found, and what was violated.
final class Bars {

    private static final double PIXELS = 900;

    private Bars() {}

    static List<Bar> of(Health health, Result result) {
        var bars = new ArrayList<Bar>();
        var domains = Domains.of(result);
        double pixel = HealthMap.seconds(result.outcome().clock()) / PIXELS;
        health.faults().forEach(fault -> fault(fault, domains, pixel, bars));
        findings(result, bars);
        violations(result, bars);
        return bars;
    }

    private static void fault(Health.Band fault, Domains domains, double pixel, List<Bar> bars) {
        double from = HealthMap.seconds(fault.from());
        double to = HealthMap.seconds(fault.to());
        var whom = whom(fault, domains);
        var title =
                fault.kind()
                        + (whom.isEmpty() ? "" : " of " + whom)
                        + HealthMap.span(fault.from(), fault.to());
        if (fault.outages().isEmpty()) {
            bars.add(new Bar(fault.kind(), Look.FAULT, whom, title, from, to));
            return;
        }
        var span = new Bar.Span(from, to, title);
        // What lasts but a moment is drawn once in each pixel.
        var drawnTo = new HashMap<List<PartitionId>, Double>(); // asked for keys, never iterated
        for (var outage : fault.outages()) {
            double down = HealthMap.seconds(outage.from());
            double up = HealthMap.seconds(outage.to());
            if (up > drawnTo.getOrDefault(outage.partitions(), -1.0)) {
                drawnTo.put(outage.partitions(), Math.max(up, down + pixel));
                bars.add(
                        new Bar(
                                fault.kind(),
                                Look.FAULT,
                                label(outage, domains),
                                title(fault, outage, domains),
                                down,
                                up,
                                span));
            }
        }
    }

    private static String label(Health.Outage outage, Domains domains) {
        return outage.partitions().isEmpty()
                ? outage.node().map(NodeId::name).orElse("")
                : domains.name(outage.partitions());
    }

    private static String title(Health.Band fault, Health.Outage outage, Domains domains) {
        var node = outage.node().map(name -> "node " + name + " down");
        return fault.kind()
                + ": "
                + node.orElse(domains.name(outage.partitions()) + " cut off")
                + HealthMap.span(outage.from(), outage.to());
    }

    /// Whom a fault concerns. That of the coordinator's node alone concerns no partition.
    private static String whom(Health.Band fault, Domains domains) {
        var coordinator = Topology.COORDINATOR.name();
        if (!fault.targets().isEmpty()) {
            return domains.name(fault.targets());
        }
        return fault.detail().toLowerCase(Locale.ROOT).contains(coordinator) ? coordinator : "";
    }

    /// What was found, by its numbers on the page; findings of a kind that overlap are one bar.
    private static void findings(Result result, List<Bar> bars) {
        var kinds = new LinkedHashMap<String, List<Merged>>();
        for (int i = 0; i < result.findings().size(); i++) {
            var finding = result.findings().get(i);
            kinds.computeIfAbsent(finding.label() + finding.certainty(), _ -> new ArrayList<>())
                    .add(new Merged(finding, i + 1));
        }
        for (var kind : kinds.values()) {
            kind.sort(Comparator.comparing(merged -> merged.from));
            Merged open = null;
            for (var next : kind) {
                if (open != null && !next.from.isAfter(open.to)) {
                    open.add(next);
                } else {
                    open = next;
                    bars.add(null);
                }
                bars.set(bars.size() - 1, open.bar());
            }
        }
    }

    /// Findings of one kind whose times overlap.
    private static final class Merged {
        private final Finding first;
        private final int number;
        private final SimTime from;
        private SimTime to;
        private int count = 1;

        Merged(Finding finding, int number) {
            this.first = finding;
            this.number = number;
            this.from = finding.from();
            this.to = finding.to();
        }

        void add(Merged other) {
            to = other.to.isAfter(to) ? other.to : to;
            count++;
        }

        Bar bar() {
            var many = count == 1 ? "" : " and " + (count - 1) + " more";
            return new Bar(
                    first.diagnosis(),
                    first.isCertain() ? Look.FOUND : Look.GUESSED,
                    number + (first.subtype().isEmpty() ? "" : " " + first.subtype()) + many,
                    first.label()
                            + (first.isCertain() ? "" : ", suspected")
                            + HealthMap.span(from, to)
                            + (count == 1
                                    ? ": " + first.sentence()
                                    : ", found " + count + " times"),
                    HealthMap.seconds(from),
                    HealthMap.seconds(to));
        }
    }

    /// Where an expectation was first violated, if that was by one observation.
    private static void violations(Result result, List<Bar> bars) {
        result.verdict().judgements().stream()
                .filter(judgement -> judgement.answer() == Answer.VIOLATED)
                .filter(judgement -> judgement.witness().isPresent())
                .map(judgement -> {
                    var at = result.trace().get(judgement.witness().getAsInt()).time();
                    double x = HealthMap.seconds(at);
                    return new Bar("violated", Look.VIOLATION, judgement.name(), "", x, x);
                })
                .sorted(Comparator.comparingDouble(Bar::from))
                .forEach(bars::add);
    }
}
