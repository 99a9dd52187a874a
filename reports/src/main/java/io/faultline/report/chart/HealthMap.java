package io.faultline.report.chart;

import io.faultline.kernel.SimTime;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.report.Phases;
import io.faultline.report.Quantity;
import io.faultline.report.Result;
import io.faultline.report.chart.Axes.Label;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Partitions over virtual time: what the coordinator took them for, whether they were really down,
/// and the faults above.
public record HealthMap() implements Figure {

    private static final String LOOK_FOR =
            "Hatching without colour is a fault that nobody noticed yet; colour without hatching is"
                + " a mistake of the detector. Damage that spreads to rows which no fault targets,"
                + " or stays when the hatching has ended, is what to explain.";
    private static final List<Legend> LEGEND =
            List.of(
                    Legend.box(Ink.HEALTHY, "", "taken to be healthy"),
                    Legend.box(Ink.SUSPECTED, "S", "suspected"),
                    Legend.box(Ink.FAILED, "F", Ink.LETTER_ON_FAILED, "failed"),
                    Legend.box(Ink.DOWN, "", "really down"),
                    Legend.box(Ink.FAULT, "", "fault in force"));
    private static final int WIDTH = 1040;
    private static final int LANE = 24;
    private static final int GAP = 10;
    private static final int AXIS = 34;
    private static final int MANY_LANES = 10;
    private static final double LETTER = 8;
    private static final double REGION_GAP = 0.35;
    private static final double NANOS = 1e9;
    private static final double LEAST = 1.4;
    private static final double TRUTH_SHARE = 0.3;

    @Override
    public String title() {
        return "Health of partitions over virtual time";
    }

    @Override
    public Drawing draw(Result result) {
        var health = Health.of(result);
        return health.rows().isEmpty()
                ? Drawing.nothing("No partition was placed or changed its status in this run.")
                : new Drawing(LOOK_FOR, svg(health, result), LEGEND, health.csv());
    }

    private String svg(Health health, Result result) {
        double end = Math.max(seconds(result.outcome().clock()), 1e-9);
        int row = rowHeight(health.rows().size());
        var lanes = Lanes.of(health.faults(), end);
        var above = above(result.phases(), lanes, end);
        var below = below(health.rows(), end, row);
        for (var edge : edges(result.phases(), result.outcome().clock())) {
            above.addAnnotation(rule(edge, above));
            below.addAnnotation(rule(edge, below));
        }
        var time = Axes.time(0, end, 10);
        var all = new CombinedDomainXYPlot(time);
        all.setGap(GAP);
        all.setInsets(new RectangleInsets(4, 0, 0, 16));
        all.setAxisOffset(RectangleInsets.ZERO_INSETS);
        all.setOutlineVisible(false);
        int aboveHeight = (1 + lanes.bands().size()) * LANE;
        int rows = (int) Math.round(below.getRangeAxis().getRange().getLength() * row);
        all.add(above, aboveHeight);
        all.add(below, rows);
        all.setBackgroundPaint(null);
        var chart = new JFreeChart(null, null, all, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        return FigureGraphics.svg(title(), chart, WIDTH, aboveHeight + GAP + rows + AXIS);
    }

    private static int rowHeight(int rows) {
        return Math.clamp(640 / Math.max(1, rows), 7, 24);
    }

    /// The phases, and the faults.
    private static XYPlot above(Phases phases, Lanes lanes, double end) {
        var labels = new ArrayList<Label>();
        labels.add(new Label(0.5, "phase"));
        String kind = "";
        for (int lane = 0; lane < lanes.bands().size(); lane++) {
            var next = lanes.bands().get(lane).getFirst().kind();
            if (!next.equals(kind)) {
                labels.add(new Label(lane + 1.5, next));
                kind = next;
            }
        }
        double bottom = lanes.bands().size() + 1.0;
        var plot = Axes.plot(null, Axes.labelled(0, bottom, labels, Ink.MUTED));
        plot.setDomainGridlinesVisible(false);
        phase(plot, "warm-up", SimTime.ZERO, phases.chaos(), end);
        phase(plot, "chaos", phases.chaos(), phases.quiet(), end);
        phase(plot, "quiet", phases.quiet(), phases.verify(), end);
        phase(plot, "verify", phases.verify(), phases.end(), end);
        for (int lane = 0; lane < lanes.bands().size(); lane++) {
            for (var fault : lanes.bands().get(lane)) {
                fault(plot, fault, lane + 1, lanes.named(), end);
            }
        }
        return plot;
    }

    private static void fault(XYPlot plot, Health.Band fault, double y, boolean named, double end) {
        double x1 = seconds(fault.from());
        double x2 = seconds(fault.to());
        var targets = targets(fault.targets());
        var title = fault.kind() + " of " + targets + span(fault.from(), fault.to());
        plot.addAnnotation(Mark.box(x1, x2, y + 0.18, y + 0.82, Ink.FAULT, 3, title));
        if (named) {
            boolean after = namedAfter(fault, end);
            plot.addAnnotation(
                    Mark.text(after ? x2 : x1, y + 0.5, targets, Ink.MUTED, after ? 6 : -6));
        }
    }

    private static boolean namedAfter(Health.Band fault, double end) {
        return seconds(fault.to()) < 0.8 * end;
    }

    /// Faults in as few lanes as will do, those of a kind together.
    ///
    /// @param bands the faults of each lane
    /// @param named whether there is room to say beside each whom it concerns
    private record Lanes(List<List<Health.Band>> bands, boolean named) {

        static Lanes of(List<Health.Band> faults, double end) {
            var named = new Lanes(pack(faults, end, true), true);
            return named.bands().size() <= MANY_LANES
                    ? named
                    : new Lanes(pack(faults, end, false), false);
        }

        private static List<List<Health.Band>> pack(
                List<Health.Band> faults, double end, boolean named) {
            var byKind = new LinkedHashMap<String, List<Health.Band>>();
            for (var fault : faults) {
                byKind.computeIfAbsent(fault.kind(), _ -> new ArrayList<>()).add(fault);
            }
            var lanes = new ArrayList<List<Health.Band>>();
            for (var kind : byKind.values()) {
                var ends = new ArrayList<Double>();
                int first = lanes.size();
                for (var fault : kind) {
                    double name = named ? (targets(fault.targets()).length() + 2) * LETTER : 4;
                    double room = name * end / WIDTH;
                    boolean after = namedAfter(fault, end);
                    double from = seconds(fault.from()) - (after ? 0 : room);
                    double to = seconds(fault.to()) + (after ? room : 0);
                    int lane = 0;
                    while (lane < ends.size() && ends.get(lane) > from) {
                        lane++;
                    }
                    if (lane == ends.size()) {
                        ends.add(to);
                        lanes.add(new ArrayList<>());
                    }
                    ends.set(lane, to);
                    lanes.get(first + lane).add(fault);
                }
            }
            return lanes;
        }
    }

    private static String targets(List<PartitionId> targets) {
        int shown = 6;
        var names =
                targets.stream()
                        .limit(shown)
                        .map(PartitionId::toString)
                        .collect(Collectors.joining(" "));
        return targets.size() > shown
                ? names + " and " + (targets.size() - shown) + " more"
                : names;
    }

    private static void phase(XYPlot plot, String name, SimTime from, SimTime to, double end) {
        double x1 = seconds(from);
        // A run can end before its last phase does.
        double x2 = Math.min(seconds(to), end);
        if (x1 < x2) {
            plot.addAnnotation(Mark.box(x1, x2, 0.14, 0.86, Ink.PHASE, 0, name + span(from, to)));
            plot.addAnnotation(Mark.caption(x1, x2, 0.14, 0.86, Ink.TEXT, name));
        }
    }

    private static XYPlot below(List<Health.Row> rows, double end, int rowHeight) {
        var names = new ArrayList<Label>();
        var regions = new LinkedHashMap<String, double[]>();
        var marks = new ArrayList<Mark>();
        double top = 0;
        String region = null;
        int every = Math.ceilDiv(14, rowHeight);
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            if (region != null && !region.equals(row.region())) {
                top += REGION_GAP;
            }
            region = row.region();
            double y = top;
            regions.computeIfAbsent(region, _ -> new double[] {y, y})[1] = y + 1;
            if (i % every == 0) {
                names.add(new Label(y + 0.5, row.partition().toString()));
            }
            row(row, y, end, rowHeight, marks);
            top++;
        }
        var plot = Axes.plot(null, Axes.labelled(0, top, names, Ink.TEXT));
        plot.setDomainGridlinesVisible(false);
        if (regions.size() > 1) {
            var labels = new ArrayList<Label>();
            regions.forEach(
                    (name, extent) -> labels.add(new Label((extent[0] + extent[1]) / 2, name)));
            plot.setRangeAxis(1, Axes.labelled(0, top, labels, Ink.MUTED));
            plot.setRangeAxisLocation(1, AxisLocation.BOTTOM_OR_LEFT);
        }
        marks.forEach(plot::addAnnotation);
        return plot;
    }

    private static void row(Health.Row row, double y, double end, int rowHeight, List<Mark> marks) {
        double inset = rowHeight > 12 ? 1.5 / rowHeight : 0.5 / rowHeight;
        double from = y + inset;
        double to = y + 1 - inset;
        double truth = to - (to - from) * TRUTH_SHARE;
        marks.add(Mark.box(0, end, from, to, Ink.HEALTHY, 0, ""));
        // A row has a thousand pixels, and what lasts but a moment is drawn once in each.
        double moment = end / WIDTH;
        for (var status : List.of(PartitionStatus.SUSPECTED, PartitionStatus.FAILED)) {
            double drawnTo = -1;
            for (var belief : row.beliefs()) {
                double x1 = seconds(belief.from());
                double x2 = seconds(belief.to());
                if (belief.status() == status && x2 > drawnTo) {
                    drawnTo = Math.max(x2, x1 + moment);
                    boolean failed = status == PartitionStatus.FAILED;
                    var title =
                            row.partition()
                                    + (failed ? " failed" : " suspected")
                                    + span(belief.from(), belief.to());
                    var ink = failed ? Ink.FAILED : Ink.SUSPECTED;
                    var letter = failed ? Ink.LETTER_ON_FAILED : Ink.LETTER;
                    marks.add(Mark.box(x1, x2, from, to, ink, LEAST, title));
                    marks.add(Mark.caption(x1, x2, from, truth, letter, failed ? "F" : "S"));
                }
            }
        }
        double drawnTo = -1;
        for (var down : row.downs()) {
            double x1 = seconds(down.from());
            double x2 = seconds(down.to());
            if (x2 > drawnTo) {
                drawnTo = Math.max(x2, x1 + moment);
                var title = row.partition() + " really down" + span(down.from(), down.to());
                marks.add(Mark.box(x1, x2, truth, to, Ink.DOWN, LEAST, title));
            }
        }
    }

    private static List<SimTime> edges(Phases phases, SimTime end) {
        return Stream.of(phases.chaos(), phases.quiet(), phases.verify())
                .distinct()
                .filter(edge -> edge.isAfter(SimTime.ZERO) && edge.isBefore(end))
                .toList();
    }

    private static Mark rule(SimTime edge, XYPlot plot) {
        var range = plot.getRangeAxis().getRange();
        double x = seconds(edge);
        return Mark.line(x, range.getLowerBound(), x, range.getUpperBound(), Ink.MUTED, 1, 3, 3);
    }

    private static String span(SimTime from, SimTime to) {
        return ", " + from + " to " + to + " (" + Quantity.time(to.nanos() - from.nanos()) + ")";
    }

    private static double seconds(SimTime time) {
        return time.nanos() / NANOS;
    }
}
