package io.faultline.scenario;

import io.faultline.kernel.random.Constant;
import io.faultline.kernel.random.Distribution;
import io.faultline.kernel.random.Exponential;
import io.faultline.kernel.random.RandomStream;
import io.faultline.kernel.random.Uniform;
import io.faultline.model.Bytes;
import io.faultline.model.ClockStep;
import io.faultline.model.Probability;
import io.faultline.model.Rate;
import io.faultline.model.cluster.Domain;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.Topology;
import io.faultline.model.detector.HeartbeatTimeout;
import io.faultline.model.fault.Bridge;
import io.faultline.model.fault.ClockDrift;
import io.faultline.model.fault.Fault;
import io.faultline.model.fault.Isolation;
import io.faultline.model.fault.MajoritiesRing;
import io.faultline.model.fault.Mode;
import io.faultline.model.fault.NetworkSplit;
import io.faultline.model.fault.PartialSplit;
import io.faultline.model.fault.RegionSplit;
import io.faultline.model.fault.Role;
import io.faultline.model.fault.Selector;
import io.faultline.model.fault.Swizzle;
import io.faultline.model.fault.ZoneSplit;
import io.faultline.model.network.MessageKind;
import io.faultline.scenario.format.Component;
import io.faultline.scenario.format.Names;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Draws one fault of any kind.
///
/// It reads off the kind's record what can be set, and draws each component by its type; what the
/// record refuses is drawn again. So a new kind can be drawn as soon as there is one. Only where a
/// type does not say what makes sense is there a hint.
final class Draw {

    private static final int TRIES = 200;

    /// Components whose type says too little, by record and name.
    private static final Map<String, Function<Draw, Object>> HINTS =
            Map.of(
                    ClockDrift.class.getSimpleName() + ".ppm",
                    draw -> draw.sign() * (1 + (int) (draw.strength * draw.log(1000, 100_000))));

    /// Cuts and clogs that are drawn concern all messages; those of some kinds are drawn with
    /// `message-loss` and the like.
    private static final Set<Class<?>> FOR_ALL_MESSAGES =
            Set.of(
                    Bridge.class,
                    Isolation.class,
                    MajoritiesRing.class,
                    NetworkSplit.class,
                    PartialSplit.class,
                    RegionSplit.class,
                    Swizzle.class,
                    ZoneSplit.class);

    private final Scenario system;
    private final double strength;
    private final RandomStream random;
    private final double scale;
    private int refused;

    /// @param strength of the fault: from 0, hardly noticeable, to 1
    Draw(Scenario system, double strength, RandomStream random) {
        this.system = system;
        this.strength = strength;
        this.random = random;
        this.scale = scale(system).toNanos();
    }

    /// The time by which the system finds failures, against which a fault is long or short.
    private static Duration scale(Scenario system) {
        return system.protocol()
                .detector()
                .map(detector ->
                        detector instanceof HeartbeatTimeout timeout
                                ? timeout.failure()
                                : detector.heartbeat().multipliedBy(10))
                .orElse(system.protocol().suspicion().confirm());
    }

    /// A fault of a kind; nothing if the system has nothing that such a fault could strike.
    Optional<Fault> fault(Class<?> kind) {
        for (refused = 0; refused < TRIES; refused++) {
            try {
                return Optional.of((Fault) record(kind));
            } catch (IllegalArgumentException _) {
                // The record refuses these values together.
            }
        }
        return Optional.empty();
    }

    /// A time from a fiftieth of what the system takes to find a failure up to twice that, longer
    /// ones for strong faults only.
    Duration length() {
        double nanos = scale / 50 * StrictMath.pow(1 + 99 * strength, random.nextUniform());
        long millis = Math.max(1, rounded(nanos / 1e6).longValue());
        return Duration.ofMillis(millis);
    }

    /// How many nanoseconds after a failure the system is about to have found it.
    long aboutFound() {
        return (long) (scale * (1 + 0.2 * random.nextUniform()));
    }

    private static BigDecimal rounded(double value) {
        return new BigDecimal(value).round(new MathContext(2));
    }

    private Object record(Class<?> type) {
        return Component.make(
                type,
                Component.of(type).stream().map(component -> value(type, component)).toArray());
    }

    private Object value(Class<?> owner, Component component) {
        var hint = HINTS.get(owner.getSimpleName() + "." + component.name());
        if (hint != null) {
            return hint.apply(this);
        }
        var absent = component.absent();
        if (FOR_ALL_MESSAGES.contains(owner) && component.name().equals("messages")) {
            return absent.orElseThrow();
        }
        boolean given = absent.isEmpty() || random.nextBoolean(0.5);
        return given ? value(component.type(), component.name()) : absent.get();
    }

    private Object value(Type type, String name) {
        var raw = Component.raw(type);
        if (raw == Optional.class) {
            return Optional.of(value(Component.argument(type), name));
        } else if (raw == List.class) {
            return list(Component.argument(type), name);
        } else if (raw == Map.class) {
            return Map.of();
        } else if (raw.isEnum()) {
            return raw == MessageKind.class && random.nextBoolean(0.5)
                    ? MessageKind.HEARTBEAT
                    : any(List.of(raw.getEnumConstants()));
        } else if (raw == int.class || raw == Integer.class) {
            return (int) count();
        } else if (raw == long.class || raw == Long.class) {
            return count();
        } else if (raw == double.class || raw == Double.class) {
            return rounded(1 + strength * log(1, 10)).doubleValue();
        } else if (raw == boolean.class || raw == Boolean.class) {
            return random.nextBoolean(0.5);
        } else if (raw == String.class) {
            return any(
                    name.equals("zones")
                            ? system.topology().zoneNames()
                            : system.topology().regions());
        } else if (raw == Duration.class) {
            return length();
        } else if (raw == Distribution.class) {
            return distribution();
        } else if (raw == Probability.class) {
            return probability();
        } else if (raw == Rate.class) {
            return new Rate(rounded(1e9 / length().toNanos()).doubleValue());
        } else if (raw == Bytes.class) {
            return new Bytes(rounded(log(1e3, 1e8)).longValue());
        } else if (raw == ClockStep.class) {
            return new ClockStep(sign() * length().toNanos());
        } else if (raw == PartitionId.class || raw == NodeId.class) {
            return any(all(raw));
        } else if (raw == Selector.class) {
            return selector();
        } else if (raw.isRecord()) {
            return record(raw);
        } else if (raw.isSealed()) {
            return record(any(List.copyOf(Names.kinds(raw).sequencedValues())));
        }
        throw new IllegalStateException("nobody knows how to draw '" + name + "', a " + type);
    }

    private List<?> list(Type element, String name) {
        var raw = Component.raw(element);
        if (raw == PartitionId.class || raw == NodeId.class) {
            return victims(all(raw));
        } else if (raw == List.class && element instanceof ParameterizedType) {
            List<?> members = victims(all(Component.raw(Component.argument(element))));
            if (refused > 0 && members.size() == 1) {
                members = some(all(Component.raw(Component.argument(element))), 2, 2);
            }
            int cut = random.nextInt(members.size());
            return cut == 0
                    ? List.of(members)
                    : List.of(members.subList(0, cut), members.subList(cut, members.size()));
        }
        var values = new ArrayList<>();
        values.add(value(element, name));
        if (random.nextBoolean(0.5)) {
            values.add(value(element, name));
        }
        return values.stream().distinct().toList();
    }

    /// Whom it strikes: mostly certain nodes, else as many as a mode says of all or of some.
    private Selector selector() {
        if (random.nextBoolean(0.75)) {
            return Selector.of(victims(nodes()));
        }
        var mode = any(List.of(Mode.values()));
        var topology = system.topology();
        var regions = topology.regions();
        return new Selector(
                List.of(),
                List.of(),
                random.nextBoolean(0.5) && !regions.isEmpty() ? some(regions) : List.of(),
                topology.zones() > 1 && random.nextBoolean(0.25)
                        ? some(topology.zoneNames())
                        : List.of(),
                topology.racks() > 1 && random.nextBoolean(0.25)
                        ? some(topology.rackNames())
                        : List.of(),
                random.nextBoolean(0.25)
                        ? Optional.of(any(List.of(Role.values())))
                        : Optional.empty(),
                Optional.of(mode),
                topology.zones() > 1 && random.nextBoolean(0.5)
                        ? Optional.of(any(List.of(Domain.values())))
                        : Optional.empty(),
                mode == Mode.FIXED ? Optional.of(some(nodes()).size()) : Optional.empty(),
                mode == Mode.PERCENT ? Optional.of(probability()) : Optional.empty());
    }

    private Probability probability() {
        return new Probability(StrictMath.ceil(100 * strength * random.nextUniform()) / 100);
    }

    /// All that there are of partitions or nodes.
    private List<?> all(Class<?> type) {
        return type == PartitionId.class ? system.topology().partitionIds() : nodes();
    }

    private List<NodeId> nodes() {
        var nodes = new ArrayList<>(system.topology().nodeIds());
        nodes.add(Topology.COORDINATOR);
        return nodes;
    }

    private <T> T any(List<T> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("there is none");
        }
        return values.get(random.nextInt(values.size()));
    }

    /// As many as the budget of the scenario may still let be struck.
    private <T> List<T> victims(List<T> values) {
        int partitions = system.topology().partitions();
        return some(
                values,
                1,
                system.budget().map(budget -> budget.allowed(partitions)).orElse(values.size()));
    }

    private <T> List<T> some(List<T> values) {
        return some(values, 1, values.size());
    }

    /// Seldom many, in their order.
    private <T> List<T> some(List<T> values, int least, int most) {
        double share = random.nextUniform();
        int wanted = 1 + (int) (strength * share * share * values.size());
        int count = Math.min(Math.clamp(wanted, least, Math.max(least, most)), values.size());
        var chosen = new ArrayList<Integer>();
        while (chosen.size() < count) {
            int next = random.nextInt(values.size());
            if (!chosen.contains(next)) {
                chosen.add(next);
            }
        }
        return chosen.stream().sorted().<T>map(values::get).toList();
    }

    /// More for strong faults; a few more where as many were refused.
    private long count() {
        return 1 + (refused == 0 ? (long) (strength * log(1, 10)) : random.nextInt(3));
    }

    private Distribution distribution() {
        double nanos = length().toNanos();
        return switch (random.nextInt(3)) {
            case 0 -> new Constant(nanos);
            case 1 -> new Uniform(0, nanos);
            default -> new Exponential(nanos);
        };
    }

    private int sign() {
        return random.nextBoolean(0.5) ? 1 : -1;
    }

    /// A number between two others, each order of magnitude equally likely.
    private double log(double low, double high) {
        return low * StrictMath.pow(high / low, random.nextUniform());
    }
}
