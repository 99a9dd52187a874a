package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.model.cluster.NodeId;
import io.faultline.report.Result;
import io.faultline.report.metric.Latency;
import io.faultline.report.metric.Measurement;
import io.faultline.report.metric.Metric;
import io.faultline.report.metric.Most;
import io.faultline.report.metric.Part;
import io.faultline.report.metric.Peak;
import io.faultline.report.metric.RecoveryLatency;
import io.faultline.report.metric.Samples;
import io.faultline.report.metric.Statistic;
import io.faultline.report.metric.Tag;
import io.faultline.report.metric.Tally;
import io.faultline.scenario.format.Names;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What every metric has to keep to with every tag that it has, in runs in which much happens.
class TagsTest {

    private static final String HEAD =
            """
            apiVersion: faultline/v1
            name: tags
            about: everything happens, and every part of everything is measured
            seed: %d
            topology:
              partitions: 8
              nodes: 7
              regions: [eu, us]
              zones: 2
              racks: 1
              network: { latency: 1ms..9ms, loss: 2%% }
            protocol:
              detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 1200ms, failure: 3s }
              barrier: { timeout: 2s, work: 300ms..900ms }
              quorum: { kind: fixed, members: 3 }
              handlers: { East: n1, Middle: n3, West: n6 }
              monitor: { poll: 1s, limits: { detection: 2s } }
              dependencies: { of: { P1: [P0], P2: [P1], P5: [P4] } }
              recovery:
                maxConcurrent: 1
                onPauseTimeout: proceed
                attempts: 2
                strategy: { kind: cascading, sync: { takes: 20ms, failure: 50%% }, transfer: { takes: 200ms, failure: 40%% } }
            workload: { rate: 20/s, service: "lognormal(p50=20ms,p99=900ms)" }
            phases: { warmup: 5s, chaos: 60s, quiet: 15s, verify: 5s }
            faults:
              - { every: 12s, for: 2s..9s, jitter: 0s..2s, crash: { nodes: { mode: one } } }
              - { every: 20s, for: 6s..8s, jitter: 0s..4s, network-split: { groups: [[n0, n1, coordinator], [n4, n5, n6]] } }
              - { every: 15s, for: 3s, jitter: 0s..6s, message-loss: { chance: 90%%, messages: [heartbeat], from: { mode: one } } }
              - { at: 40s, for: 9s, crash: { nodes: [n0, n1, n2, n5] } }
            script:
              - { at: 30s, operator-heal: { partition: P3 } }
            thresholds:
            """;

    private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L, 5L, 6L);

    private static final Scenario SYSTEM = parse("  failures: [\">=0\"]\n", 1);

    private static List<Result> results;

    private static Scenario parse(String thresholds, long seed) {
        return new ScenarioParser(Judge.VOCABULARY)
                .parse(new Source("tags.yaml", HEAD.formatted(seed) + thresholds), Map.of());
    }

    private static List<String> values(Tag tag) {
        var topology = SYSTEM.topology();
        var nodes = topology.nodeIds().stream().map(NodeId::name).toList();
        return switch (tag) {
            case PARTITION -> topology.partitionIds().stream().map(Object::toString).toList();
            case NODE -> nodes;
            case FROM, TO -> Stream.concat(nodes.stream(), Stream.of("coordinator")).toList();
            case REGION -> topology.regionNames();
            case ZONE -> topology.zoneNames();
            case RACK -> topology.rackNames();
            case FAULT -> List.of("crash", "network-split", "message-loss", "none");
            case HANDLER -> List.of("East", "Middle", "West");
            case HANDLERS -> List.of("East+Middle", "East+West", "Middle+West");
            case DURING,
                    PHASE,
                    OUTCOME,
                    SUSPICION,
                    FAILURE,
                    HEALING,
                    ESCALATION,
                    MESSAGE,
                    LOSS,
                    RULE,
                    LEVEL ->
                    tag.choices();
        };
    }

    private static List<Part> parts(Metric metric, Tag tag) {
        return values(tag).stream().map(value -> new Part(metric, Map.of(tag, value))).toList();
    }

    /// Runs in which all parts of all metrics are asked for.
    private static List<Result> results() {
        if (results == null) {
            var thresholds = new StringBuilder();
            for (var metric : Metric.all()) {
                for (var tag : metric.tags()) {
                    for (var part : parts(metric, tag)) {
                        thresholds
                                .append("  \"")
                                .append(part.name())
                                .append("\": [\"")
                                .append(metric instanceof Latency ? "count" : "")
                                .append(">=0\"]\n");
                    }
                }
            }
            results =
                    SEEDS.stream()
                            .map(seed -> parse(thresholds.toString(), seed))
                            .map(scenario -> Run.of(scenario, "replay", "test").result())
                            .toList();
        }
        return results;
    }

    static List<Metric> metrics() {
        return Metric.all();
    }

    private static List<Measurement> found(Result result, Metric metric, Tag tag) {
        return parts(metric, tag).stream()
                .map(part -> result.measurements().get(part.name()))
                .toList();
    }

    private static boolean isSplit(Metric metric, Tag tag) {
        return !(metric instanceof Peak && tag != Tag.DURING)
                && !(metric instanceof RecoveryLatency && tag == Tag.PHASE);
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void thePartsOverAllValuesOfATagMakeTheWhole(Metric metric) {
        for (var result : results()) {
            var whole = result.measurements().get(metric.name());
            for (var tag : metric.tags()) {
                if (isSplit(metric, tag)) {
                    assertThat(seen(Measurement.merge(found(result, metric, tag))))
                            .as(metric.name() + " by " + tag.label() + ", seed " + result.seed())
                            .isEqualTo(seen(whole));
                }
            }
        }
    }

    private static List<Object> seen(Measurement measurement) {
        return measurement instanceof Samples samples
                ? List.of(List.of(samples.count()), HexBytes.of(samples))
                : List.of(measurement);
    }

    /// What is known of samples, to be compared.
    private record HexBytes(String bytes) {
        static HexBytes of(Samples samples) {
            return new HexBytes(java.util.HexFormat.of().formatHex(samples.encode()));
        }
    }

    /// At different places the most comes at different times.
    @ParameterizedTest
    @MethodSource("metrics")
    void aPeakAtAPlaceIsAtMostThatOfAllAndAllAtMostTheirSum(Metric metric) {
        if (metric instanceof Peak) {
            for (var result : results()) {
                long whole = ((Most) result.measurements().get(metric.name())).number();
                for (var tag : metric.tags()) {
                    var numbers =
                            found(result, metric, tag).stream()
                                    .mapToLong(part -> ((Most) part).number())
                                    .summaryStatistics();
                    assertThat(numbers.getMax()).as(tag.label()).isLessThanOrEqualTo(whole);
                    assertThat(numbers.getSum()).as(tag.label()).isGreaterThanOrEqualTo(whole);
                }
            }
        }
    }

    @Test
    void aPhaseOfARecoveryIsWhatItsMetricSays() {
        for (var result : results()) {
            for (var phase : Tag.PHASE.choices()) {
                var part = result.measurements().get("recovery.latency{phase:" + phase + "}");
                assertThat(seen(part)).isEqualTo(seen(result.measurements().get("phase." + phase)));
            }
        }
    }

    /// Otherwise the others would prove nothing.
    @Test
    void everyMetricFindsSomethingAndEveryTagTellsItApart() {
        var metrics = new TreeSet<String>();
        var tags = new HashMap<Tag, TreeSet<String>>();
        for (var result : results()) {
            for (var metric : Metric.all()) {
                for (var tag : metric.tags()) {
                    for (var value : values(tag)) {
                        var name = new Part(metric, Map.of(tag, value)).name();
                        if (isThere(result.measurements().get(name))) {
                            metrics.add(metric.name());
                            tags.computeIfAbsent(tag, _ -> new TreeSet<>()).add(value);
                        }
                    }
                }
            }
        }
        assertThat(metrics).containsExactlyInAnyOrderElementsOf(names());
        assertThat(tags.keySet()).containsExactlyInAnyOrder(Tag.values());
        assertThat(tags.values().stream().filter(values -> values.size() > 1))
                .hasSizeGreaterThan(15);
    }

    private static List<String> names() {
        return Metric.all().stream().map(Metric::name).toList();
    }

    private static boolean isThere(Measurement measurement) {
        return switch (measurement) {
            case Tally(var count) -> count > 0;
            case Most(var number) -> number > 0;
            default ->
                    measurement.value(Statistic.Plain.COUNT).orElse(1) > 0
                            && !measurement.isEmpty();
        };
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void aTagThatAMetricDoesNotHaveIsRefusedAndTheOthersAreNamed(Metric metric) {
        var condition = metric instanceof Latency ? "count>=0" : ">=0";
        var written = "  \"%s{durin:chaos}\": [\"%s\"]%n".formatted(metric.name(), condition);

        assertThatThrownBy(() -> parse(written, 1))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining(
                        "tags.yaml:34:3: %s has no tag 'durin'; it has %s"
                                .formatted(
                                        metric.name(),
                                        Names.listed(
                                                metric.tags().stream().map(Tag::label).toList())))
                .hasMessageContaining("did you mean 'during'?");
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void aValueThatATagCannotHaveIsRefusedAndTheRightOneIsSuggested(Metric metric) {
        var condition = metric instanceof Latency ? "count>=0" : ">=0";
        for (var tag : metric.tags()) {
            var right = values(tag).getLast();
            var written =
                    "  \"%s{%s:%s}\": [\"%s\"]%n"
                            .formatted(metric.name(), tag.label(), right + "x", condition);

            assertThatThrownBy(() -> parse(written, 1))
                    .as(metric.name() + " " + tag.label())
                    .isInstanceOf(ScenarioException.class)
                    .hasMessageContaining(
                            "tags.yaml:34:3: unknown %s '%sx'".formatted(tag.label(), right))
                    .hasMessageContaining("did you mean '");
        }
    }
}
