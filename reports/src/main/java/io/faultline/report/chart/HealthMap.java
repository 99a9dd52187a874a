package io.faultline.report.chart;

import io.faultline.kernel.SimTime;
import io.faultline.model.Kind;
import io.faultline.model.cluster.Domain;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.Topology;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.report.Phases;
import io.faultline.report.Quantity;
import io.faultline.report.Result;
import io.faultline.report.chart.Axes.Label;
import io.faultline.report.chart.Bar.Look;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Partitions over virtual time: what the coordinator took them for, whether they were really down,
/// in the same way whether there was a quorum, and above them the faults, what was found, and what
/// was violated.
public record HealthMap() implements Figure {

    private static final String LOOK_FOR =
            "Hatching without colour is a fault that nobody noticed yet; colour without hatching is"
                + " a mistake of the detector. Damage that spreads to rows which no fault targets,"
                + " or stays when the hatching has ended, is what to explain.";
    private static final int WIDTH = 1040;
    private static final int MARGIN = 16;
    private static final int NAMES = 120;
    private static final int LANE = 24;
    private static final int GAP = 10;
    private static final int AXIS = 34;
    private static final double LETTER_HEIGHT = 13;
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
        if (health.rows().isEmpty()) {
            return Drawing.nothing("No partition was placed or changed its status in this run.");
        }
        var bars = Bars.of(health, result);
        return new Drawing(LOOK_FOR, svg(health, bars, result), legend(health, bars), health.csv());
    }

    private static List<Legend> legend(Health health, List<Bar> bars) {
        var legend = new ArrayList<Legend>();
        legend.add(Legend.box(Ink.HEALTHY, "", "taken to be healthy"));
        legend.add(Legend.box(Ink.SUSPECTED, "S", "suspected"));
        legend.add(Legend.box(Ink.FAILED, "F", Ink.LETTER_ON_FAILED, "failed"));
        boolean isLost =
                !health.quorumLost().isEmpty()
                        || health.views().values().stream().anyMatch(lost -> !lost.isEmpty());
        if (isLost) {
            legend.add(
                    Legend.box(
                            Ink.FAILED, "Q", Ink.LETTER_ON_FAILED, "believed to have no quorum"));
        }
        if (!health.majorityGone().isEmpty()) {
            legend.add(Legend.box(Ink.GONE, "", "really no majority"));
        }
        causes(health)
                .forEach(cause -> legend.add(Legend.box(ink(cause), "", "really " + words(cause))));
        var looks = EnumSet.noneOf(Look.class);
        bars.forEach(bar -> looks.add(bar.look()));
        for (var look : looks) {
            legend.add(
                    switch (look) {
                        case FAULT -> Legend.box(Ink.FAULT, "", "fault in force");
                        case FOUND -> Legend.box(Ink.FOUND, "1", Ink.LETTER_ON_FOUND, "found");
                        case GUESSED -> Legend.box(Ink.GUESSED, "1", "suspected to be so");
                        case VIOLATION -> Legend.letter("✕", Ink.BAD, "first violated");
                    });
        }
        return legend;
    }

    private static Set<DownCause> causes(Health health) {
        var causes = EnumSet.noneOf(DownCause.class);
        Stream.concat(
                        health.coordinator().stream(),
                        health.rows().stream().flatMap(row -> row.downs().stream()))
                .forEach(down -> causes.add(down.cause()));
        return causes;
    }

    private static Ink ink(DownCause cause) {
        return switch (cause) {
            case CRASHED -> Ink.DOWN;
            case STOPPED -> Ink.STOPPED;
            case PAUSED -> Ink.PAUSED;
            case CUT_OFF -> Ink.CUT_OFF;
        };
    }

    private static String words(DownCause cause) {
        return Kind.name(cause).replace('-', ' ');
    }

    private String svg(Health health, List<Bar> bars, Result result) {
        double end = Math.max(seconds(result.outcome().clock()), 1e-9);
        int height = Math.clamp(640 / Math.max(1, health.rows().size()), 7, 24);
        var lanes = Lanes.of(bars, end, WIDTH - MARGIN - NAMES, MARGIN);
        var edges = edges(result.phases(), result.outcome().clock());
        var above = above(result.phases(), lanes, edges, end);
        var below = new Rows(Domains.of(result), end, height).plot(health);
        edges.forEach(edge -> below.addAnnotation(rule(edge, below)));
        var time = Axes.time(0, end, 10);
        var all = new CombinedDomainXYPlot(time);
        all.setGap(GAP);
        all.setInsets(new RectangleInsets(4, 0, 0, MARGIN));
        all.setAxisOffset(RectangleInsets.ZERO_INSETS);
        all.setOutlineVisible(false);
        int aboveHeight = (1 + lanes.size()) * LANE;
        int rows = (int) Math.round(below.getRangeAxis().getRange().getLength() * height);
        all.add(above, aboveHeight);
        all.add(below, rows);
        all.setBackgroundPaint(null);
        var chart = new JFreeChart(null, null, all, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        return FigureGraphics.svg(title(), chart, WIDTH, aboveHeight + GAP + rows + AXIS);
    }

    /// The phases, and the bars.
    private static XYPlot above(Phases phases, Lanes lanes, List<SimTime> edges, double end) {
        var labels = new ArrayList<Label>();
        labels.add(new Label(0.5, "phase"));
        for (int lane = 0; lane < lanes.size(); lane++) {
            labels.add(new Label(lane + 1.5, lanes.name(lane)));
        }
        var plot = Axes.plot(null, Axes.labelled(0, lanes.size() + 1.0, labels, Ink.MUTED));
        plot.setDomainGridlinesVisible(false);
        phase(plot, "warm-up", SimTime.ZERO, phases.chaos(), end);
        phase(plot, "chaos", phases.chaos(), phases.quiet(), end);
        phase(plot, "quiet", phases.quiet(), phases.verify(), end);
        phase(plot, "verify", phases.verify(), phases.end(), end);
        edges.forEach(edge -> plot.addAnnotation(rule(edge, plot)));
        for (int lane = 0; lane < lanes.size(); lane++) {
            double y = lane + 1;
            lanes.lanes().get(lane).stream()
                    .map(placed -> placed.bar().span())
                    .filter(span -> span != null)
                    .distinct()
                    .forEach(span ->
                            plot.addAnnotation(
                                    Mark.box(
                                            span.from(),
                                            span.to(),
                                            y + 0.46,
                                            y + 0.54,
                                            Ink.FAULT_LINE,
                                            LEAST,
                                            span.title())));
            lanes.lanes().get(lane).forEach(placed -> bar(plot, placed, y));
        }
        return plot;
    }

    private static void bar(XYPlot plot, Lanes.Placed placed, double y) {
        var bar = placed.bar();
        double x1 = bar.from();
        double x2 = bar.to();
        double aside = 6;
        switch (bar.look()) {
            case FAULT -> plot.addAnnotation(box(bar, y, Ink.FAULT));
            case FOUND -> plot.addAnnotation(box(bar, y, Ink.FOUND));
            case GUESSED -> plot.addAnnotation(box(bar, y, Ink.GUESSED));
            case VIOLATION -> {
                plot.addAnnotation(Mark.cross(x1, y + 0.5, 8, Ink.BAD));
                aside = 8;
            }
        }
        switch (placed.side()) {
            case AFTER -> plot.addAnnotation(Mark.text(x2, y + 0.5, bar.label(), Ink.MUTED, aside));
            case BEFORE ->
                    plot.addAnnotation(Mark.text(x1, y + 0.5, bar.label(), Ink.MUTED, -aside));
            case INSIDE ->
                    plot.addAnnotation(
                            switch (bar.look()) {
                                case FOUND -> caption(bar, y, Ink.LETTER_ON_FOUND);
                                case GUESSED -> caption(bar, y, Ink.LETTER);
                                case FAULT, VIOLATION ->
                                        Mark.text(x1, y + 0.5, bar.label(), Ink.MUTED, aside);
                            });
            case NOWHERE -> {}
        }
    }

    private static Mark box(Bar bar, double y, Ink ink) {
        return Mark.box(bar.from(), bar.to(), y + 0.18, y + 0.82, ink, 3, bar.title());
    }

    private static Mark caption(Bar bar, double y, Ink ink) {
        return Mark.caption(bar.from(), bar.to(), y + 0.18, y + 0.82, ink, bar.label());
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

    /// The rows, from top to bottom.
    private static final class Rows {
        private final Domains domains;
        private final double end;
        private final int height;
        private final List<Label> names = new ArrayList<>();
        private final List<Mark> marks = new ArrayList<>();
        private double top;

        Rows(Domains domains, double end, int height) {
            this.domains = domains;
            this.end = end;
            this.height = height;
        }

        XYPlot plot(Health health) {
            quorum(health);
            coordinator(health);
            var columns = partitions(health.rows());
            var plot = Axes.plot(null, Axes.labelled(0, top, names, Ink.TEXT));
            plot.setDomainGridlinesVisible(false);
            for (int i = 0; i < columns.size(); i++) {
                plot.setRangeAxis(i + 1, Axes.labelled(0, top, columns.get(i), Ink.MUTED));
                plot.setRangeAxisLocation(i + 1, AxisLocation.BOTTOM_OR_LEFT);
            }
            marks.forEach(plot::addAnnotation);
            return plot;
        }

        /// Whether there was a quorum, as the coordinator believed and in truth.
        private void quorum(Health health) {
            boolean isLost =
                    Stream.concat(Stream.of(health.quorumLost()), health.views().values().stream())
                            .anyMatch(lost -> !lost.isEmpty());
            if (isLost || !health.majorityGone().isEmpty()) {
                quorum("quorum", "the coordinator", health.quorumLost(), health.majorityGone());
                health.views()
                        .forEach((handler, lost) ->
                                quorum("quorum, " + handler, handler, lost, health.majorityGone()));
            }
        }

        private void quorum(
                String name, String who, List<Health.Span> losses, List<Health.Span> gaps) {
            var band = next(name, Ink.HEALTHY);
            for (var lost : losses) {
                var title = "no quorum, " + who + " believed" + span(lost.from(), lost.to());
                band.belief(lost.from(), lost.to(), Ink.FAILED, Ink.LETTER_ON_FAILED, "Q", title);
            }
            for (var gone : gaps) {
                var title = "really no majority" + span(gone.from(), gone.to());
                band.truth(gone.from(), gone.to(), Ink.GONE, title);
            }
        }

        private void coordinator(Health health) {
            if (!health.coordinator().isEmpty()) {
                var band = next(Topology.COORDINATOR.name(), Ink.PHASE);
                health.coordinator().forEach(down -> band.truth(down, "the coordinator"));
            }
        }

        /// A row for each partition.
        ///
        /// @return the labels of each kind of domain, the smallest first
        private List<List<Label>> partitions(List<Health.Row> rows) {
            var kinds = domains.kinds();
            if (top > 0) {
                top += gap(0);
            }
            var columns = new ArrayList<List<Label>>();
            kinds.forEach(_ -> columns.addFirst(new ArrayList<>()));
            var begins = new double[kinds.size()];
            int every = (int) Math.ceil(LETTER_HEIGHT / height);
            for (int i = 0; i < rows.size(); i++) {
                var row = rows.get(i);
                var before = i == 0 ? row : rows.get(i - 1);
                int changed = changed(before, row, kinds);
                if (i > 0 && changed < kinds.size()) {
                    close(kinds, changed, before, begins, columns);
                    top += gap(changed);
                }
                for (int kind = i == 0 ? 0 : changed; kind < kinds.size(); kind++) {
                    begins[kind] = top;
                }
                row(row, i % every == 0);
            }
            close(kinds, 0, rows.getLast(), begins, columns);
            return columns;
        }

        private static double gap(int kind) {
            return kind == 0 ? 0.35 : 0.2;
        }

        /// The first kind of domain in which two rows differ, or as many as there are.
        private static int changed(Health.Row one, Health.Row other, List<Domain> kinds) {
            int kind = 0;
            while (kind < kinds.size()
                    && one.place().in(kinds.get(kind)).equals(other.place().in(kinds.get(kind)))) {
                kind++;
            }
            return kind;
        }

        private void close(
                List<Domain> kinds,
                int from,
                Health.Row last,
                double[] begins,
                List<List<Label>> columns) {
            for (int kind = from; kind < kinds.size(); kind++) {
                var labels = columns.get(kinds.size() - 1 - kind);
                double at = (begins[kind] + top) / 2;
                boolean fits =
                        labels.isEmpty() || (at - labels.getLast().at()) * height >= LETTER_HEIGHT;
                if (fits) {
                    labels.add(new Label(at, last.place().in(kinds.get(kind))));
                }
            }
        }

        private void row(Health.Row row, boolean named) {
            var name = row.partition().toString();
            var band = next(named ? name : "", Ink.HEALTHY);
            // What lasts but a moment is drawn once in each pixel, failures above suspicion.
            for (var status : List.of(PartitionStatus.SUSPECTED, PartitionStatus.FAILED)) {
                for (var belief : row.beliefs()) {
                    if (belief.status() == status) {
                        boolean failed = status == PartitionStatus.FAILED;
                        band.belief(
                                belief.from(),
                                belief.to(),
                                failed ? Ink.FAILED : Ink.SUSPECTED,
                                failed ? Ink.LETTER_ON_FAILED : Ink.LETTER,
                                failed ? "F" : "S",
                                name
                                        + (failed ? " failed" : " suspected")
                                        + span(belief.from(), belief.to()));
                    }
                }
                band.drawnTo = -1;
            }
            row.downs().forEach(down -> band.truth(down, name));
        }

        private Band next(String name, Ink ground) {
            if (!name.isEmpty()) {
                names.add(new Label(top + 0.5, name));
            }
            return new Band(top++, ground);
        }

        /// The room of one row: belief above, truth below.
        private final class Band {
            private final double from;
            private final double to;
            private final double truth;
            private final double moment = end / WIDTH;
            private double drawnTo = -1;
            private double truthDrawnTo = -1;

            Band(double y, Ink ground) {
                double inset = height > 12 ? 1.5 / height : 0.5 / height;
                this.from = y + inset;
                this.to = y + 1 - inset;
                this.truth = to - (to - from) * TRUTH_SHARE;
                marks.add(Mark.box(0, end, from, to, ground, 0, ""));
            }

            void belief(
                    SimTime since,
                    SimTime until,
                    Ink ink,
                    Ink inLetter,
                    String letter,
                    String title) {
                double x1 = seconds(since);
                double x2 = seconds(until);
                if (x2 > drawnTo) {
                    drawnTo = Math.max(x2, x1 + moment);
                    marks.add(Mark.box(x1, x2, from, to, ink, LEAST, title));
                    marks.add(Mark.caption(x1, x2, from, truth, inLetter, letter));
                }
            }

            void truth(Health.Down down, String who) {
                truth(
                        down.from(),
                        down.to(),
                        ink(down.cause()),
                        who + " really " + words(down.cause()) + span(down.from(), down.to()));
            }

            void truth(SimTime since, SimTime until, Ink ink, String title) {
                double x1 = seconds(since);
                double x2 = seconds(until);
                if (x2 > truthDrawnTo) {
                    truthDrawnTo = Math.max(x2, x1 + moment);
                    marks.add(Mark.box(x1, x2, truth, to, ink, LEAST, title));
                }
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

    static String span(SimTime from, SimTime to) {
        return ", " + from + " to " + to + " (" + Quantity.time(to.nanos() - from.nanos()) + ")";
    }

    static double seconds(SimTime time) {
        return time.nanos() / NANOS;
    }
}
