package io.faultline.scenario.campaign;

import io.faultline.kernel.random.RandomStreams;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// How the points of a sweep are chosen from its axes.
public enum Sampler {
    /// Every value of each axis with every value of the others.
    GRID {
        @Override
        public List<SequencedMap<String, String>> points(List<Axis> axes, long seed) {
            List<SequencedMap<String, String>> points = List.of(new LinkedHashMap<>());
            for (var axis : axes) {
                var longer = new ArrayList<SequencedMap<String, String>>();
                for (var point : points) {
                    for (var value : axis.values()) {
                        var next = new LinkedHashMap<>(point);
                        next.put(axis.path(), value);
                        longer.add(next);
                    }
                }
                points = longer;
            }
            return points;
        }
    },
    /// A Latin hypercube (McKay, Beckman and Conover 1979): as many points as the longest axis has
    /// values, and as many layers in each axis, with one point in each layer.
    LHS {
        @Override
        public List<SequencedMap<String, String>> points(List<Axis> axes, long seed) {
            int n = axes.stream().mapToInt(axis -> axis.values().size()).max().orElse(0);
            var points = new ArrayList<SequencedMap<String, String>>();
            for (int i = 0; i < n; i++) {
                points.add(new LinkedHashMap<>());
            }
            var streams = new RandomStreams(seed);
            for (var axis : axes) {
                var random = streams.stream("sweep/" + axis.path());
                var layers = new int[n];
                for (int i = 0; i < n; i++) {
                    int other = random.nextInt(i + 1);
                    layers[i] = layers[other];
                    layers[other] = i;
                }
                for (int i = 0; i < n; i++) {
                    double share = (layers[i] + random.nextUniform()) / n;
                    points.get(i).put(axis.path(), axis.at(share));
                }
            }
            return points;
        }
    };

    /// The points: a value for each path.
    ///
    /// @param seed what chance comes from, where there is some
    public abstract List<SequencedMap<String, String>> points(List<Axis> axes, long seed);
}
