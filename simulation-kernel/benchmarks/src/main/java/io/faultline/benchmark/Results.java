package io.faultline.benchmark;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/// What was measured so far.
final class Results {

    private final Map<Workload, Map<Engine, Series>> speeds = new EnumMap<>(Workload.class);
    private final Map<Capacity, Double> bytes = new EnumMap<>(Capacity.class);
    private final Map<Cluster, List<Double>> costs = new HashMap<>();
    private Optional<ZoneLoss> zoneLoss = Optional.empty();

    /// All measurements of one workload on one engine.
    ///
    /// @param speeds in million operations per second, one for each iteration of each fork
    /// @param bytes allocated for each operation, one for each fork
    record Series(List<Double> speeds, List<Double> bytes) {

        double median() {
            return median(speeds);
        }

        double least() {
            return values(speeds).min().orElseThrow();
        }

        double most() {
            return values(speeds).max().orElseThrow();
        }

        double bytesEach() {
            return median(bytes);
        }

        Series with(Series other) {
            return new Series(join(speeds, other.speeds), join(bytes, other.bytes));
        }

        private static double median(Collection<Double> values) {
            var sorted = values(values).sorted().toArray();
            int middle = sorted.length / 2;
            return sorted.length % 2 == 1
                    ? sorted[middle]
                    : (sorted[middle - 1] + sorted[middle]) / 2;
        }

        private static DoubleStream values(Collection<Double> values) {
            return values.stream().mapToDouble(Double::doubleValue);
        }

        private static List<Double> join(List<Double> one, List<Double> other) {
            return DoubleStream.concat(values(one), values(other)).boxed().toList();
        }
    }

    void add(Workload workload, Engine engine, Series series) {
        speeds.computeIfAbsent(workload, w -> new EnumMap<>(Engine.class))
                .merge(engine, series, Series::with);
    }

    void add(Capacity capacity, double bytesEach) {
        bytes.put(capacity, bytesEach);
    }

    void add(Cluster cluster, List<Double> costs) {
        this.costs.merge(cluster, costs, Series::join);
    }

    void add(ZoneLoss loss) {
        zoneLoss = Optional.of(loss);
    }

    /// What a second of virtual time costs in the median, in milliseconds.
    OptionalDouble cost(Cluster cluster) {
        return costs.containsKey(cluster)
                ? OptionalDouble.of(Series.median(costs.get(cluster)))
                : OptionalDouble.empty();
    }

    /// How many seconds of virtual time pass in one on the wall, in the median.
    OptionalDouble speed(Cluster cluster) {
        var cost = cost(cluster);
        return cost.isEmpty()
                ? cost
                : OptionalDouble.of(Cluster.MILLIS_PER_SECOND / cost.getAsDouble());
    }

    Optional<ZoneLoss> zoneLoss() {
        return zoneLoss;
    }

    /// The engines that a workload was measured on.
    Map<Engine, Series> of(Workload workload) {
        return speeds.getOrDefault(workload, Map.of());
    }

    Optional<Series> of(Workload workload, Engine engine) {
        return Optional.ofNullable(of(workload).get(engine));
    }

    OptionalDouble of(Capacity capacity) {
        var each = bytes.get(capacity);
        return each == null ? OptionalDouble.empty() : OptionalDouble.of(each);
    }

    /// Million operations per second in the median.
    OptionalDouble speed(Workload workload) {
        return stream(of(workload, Engine.WOVEN).map(Series::median));
    }

    OptionalDouble bytesEach(Workload workload) {
        return stream(of(workload, Engine.WOVEN).map(Series::bytesEach));
    }

    /// How many times as fast as the fastest of the others Faultline's entities are, in the
    /// medians.
    OptionalDouble ratio(Workload workload, Engine... others) {
        var woven = speed(workload);
        var fastest =
                Arrays.stream(others)
                        .flatMap(other -> of(workload, other).stream())
                        .mapToDouble(Series::median)
                        .max();
        return woven.isEmpty() || fastest.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(woven.getAsDouble() / fastest.getAsDouble());
    }

    private static OptionalDouble stream(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }
}
