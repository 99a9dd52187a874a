package io.faultline.report.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Bars in as few lanes as will do, those of a name together, with their labels where there is room
/// for them.
///
/// @param lanes the bars of each lane
record Lanes(List<List<Placed>> lanes) {

    /// So many lanes are as high as the rows of a small system.
    private static final int MANY = 12;

    private static final double LETTER = 7;
    private static final double ASIDE = 8;
    private static final double APART = 4;

    /// A bar, and where its label is.
    record Placed(Bar bar, Side side) {}

    /// Where the label of a bar is.
    enum Side {
        AFTER,
        BEFORE,
        INSIDE,
        NOWHERE
    }

    /// Places bars.
    ///
    /// @param end the right end of the axis, in seconds
    /// @param width how many pixels it is away from 0
    /// @param margin how many pixels labels may be beyond it
    static Lanes of(List<Bar> bars, double end, double width, double margin) {
        var place = new Place(end, end / width, margin * end / width);
        var labelled = place.pack(bars, true);
        return new Lanes(labelled.size() <= MANY ? labelled : place.pack(bars, false));
    }

    int size() {
        return lanes.size();
    }

    /// What is written beside a lane; nothing if it goes on with the one above.
    String name(int lane) {
        var bar = lanes.get(lane).getFirst().bar();
        boolean goesOn = lane > 0 && name(lanes.get(lane - 1).getFirst().bar()).equals(name(bar));
        return goesOn ? "" : bar.lane();
    }

    /// There is a fault and a diagnosis that are both called `flapping`.
    private static String name(Bar bar) {
        return bar.lane() + (bar.look() == Bar.Look.FAULT ? ", a fault" : "");
    }

    /// @param end where the axis ends
    /// @param pixel how long a pixel is
    /// @param margin how far labels may go beyond the end
    private record Place(double end, double pixel, double margin) {

        List<List<Placed>> pack(List<Bar> bars, boolean labelled) {
            var byName = new LinkedHashMap<String, List<Bar>>();
            for (var bar : bars) {
                byName.computeIfAbsent(name(bar), _ -> new ArrayList<>()).add(bar);
            }
            var lanes = new ArrayList<List<Placed>>();
            for (var those : byName.values()) {
                lanes.addAll(labelled ? pack(those) : squeeze(those));
            }
            return lanes;
        }

        /// Every bar with its label, in a lane in which there is room for both.
        private List<List<Placed>> pack(List<Bar> bars) {
            var lanes = new ArrayList<List<Placed>>();
            var ends = new ArrayList<Double>();
            for (var bar : bars) {
                var side = side(bar);
                double from = bar.from() - (side == Side.BEFORE ? room(bar) : 0);
                int lane = firstFree(ends, from);
                if (lane == ends.size()) {
                    ends.add(0.0);
                    lanes.add(new ArrayList<>());
                }
                ends.set(lane, bar.to() + (side == Side.AFTER ? room(bar) : APART * pixel));
                lanes.get(lane).add(new Placed(bar, side));
            }
            return lanes;
        }

        /// Labels only where the next bar leaves room for them.
        private List<List<Placed>> squeeze(List<Bar> bars) {
            var lanes = new ArrayList<List<Bar>>();
            var ends = new ArrayList<Double>();
            for (var bar : bars) {
                int lane = firstFree(ends, bar.from());
                if (lane == ends.size()) {
                    ends.add(0.0);
                    lanes.add(new ArrayList<>());
                }
                ends.set(lane, bar.to() + APART * pixel);
                lanes.get(lane).add(bar);
            }
            return lanes.stream().map(this::labelled).toList();
        }

        private List<Placed> labelled(List<Bar> lane) {
            var placed = new ArrayList<Placed>();
            for (int i = 0; i < lane.size(); i++) {
                var bar = lane.get(i);
                double next = i + 1 < lane.size() ? lane.get(i + 1).from() : end + margin;
                boolean fits = bar.to() + room(bar) <= next;
                placed.add(
                        new Placed(bar, fitsInto(bar) || fits ? sideAt(bar, fits) : Side.NOWHERE));
            }
            return placed;
        }

        private Side sideAt(Bar bar, boolean fitsAfter) {
            return fitsAfter && !(prefersInside(bar) && fitsInto(bar)) ? Side.AFTER : Side.INSIDE;
        }

        private static int firstFree(List<Double> ends, double from) {
            int lane = 0;
            while (lane < ends.size() && ends.get(lane) > from) {
                lane++;
            }
            return lane;
        }

        private Side side(Bar bar) {
            if (prefersInside(bar) && fitsInto(bar)) {
                return Side.INSIDE;
            }
            if (bar.to() + room(bar) <= end + margin) {
                return Side.AFTER;
            }
            if (bar.from() - room(bar) >= 0) {
                return Side.BEFORE;
            }
            return fitsInto(bar) ? Side.INSIDE : Side.NOWHERE;
        }

        /// Hatching is hard to write on.
        private static boolean prefersInside(Bar bar) {
            return bar.look() == Bar.Look.FOUND || bar.look() == Bar.Look.GUESSED;
        }

        private boolean fitsInto(Bar bar) {
            return bar.length() >= room(bar);
        }

        private double room(Bar bar) {
            return bar.label().isEmpty() ? 0 : (bar.label().length() * LETTER + ASIDE) * pixel;
        }
    }
}
