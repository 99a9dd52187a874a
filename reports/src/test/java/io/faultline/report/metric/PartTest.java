package io.faultline.report.metric;

import static io.faultline.report.TraceBuilder.P0;
import static io.faultline.report.TraceBuilder.P1;
import static io.faultline.report.TraceBuilder.failed;
import static io.faultline.report.TraceBuilder.healed;
import static io.faultline.report.TraceBuilder.span;
import static io.faultline.report.TraceBuilder.suspected;
import static io.faultline.report.TraceBuilder.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.Location;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.recovery.RecoveryPhase;
import io.faultline.report.Phases;
import io.faultline.report.ThreeRegions;
import io.faultline.report.TraceBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;

class PartTest {

    private static final NodeId N0 = new NodeId("n0");
    private static final NodeId N1 = new NodeId("n1");

    private static final Frame FRAME =
            new Frame(
                    new Phases(time(1_000), time(4_000), time(6_000), time(9_000)),
                    node -> new Location("somewhere", "z" + node.name(), "r7"));

    /// P0 crashes in chaos, P1 is cut off in quiet.
    private static Trace trace() {
        return new TraceBuilder()
                .at(0, new PartitionPlaced(P0, N0, "eu", 1000))
                .at(0, new PartitionPlaced(P1, N1, "us", 1000))
                .at(500, new MessageDelivered(MessageKind.HEARTBEAT, N0, N1, span(1)))
                .at(600, new MessageDelivered(MessageKind.PAUSE, N0, N1, span(2)))
                .at(1_000, injected(0, "crash", P0), new PartitionDown(P0, DownCause.CRASHED))
                .at(2_000, suspected(P0, StatusReason.HEARTBEAT_MISS))
                .at(3_000, failed(P0, StatusReason.HEARTBEAT_MISS))
                .at(3_100, new PhaseEntered(P0, RecoveryPhase.DETECTING, 1))
                .at(3_150, new PhaseEntered(P0, RecoveryPhase.REBALANCING, 1))
                .at(3_250, new PhaseEntered(P0, RecoveryPhase.COMPLETE, 1))
                .at(3_250, new PartitionUp(P0), healed(P0, StatusReason.RECOVERED))
                .at(4_000, injected(1, "network-split", P1))
                .at(4_000, new PartitionDown(P1, DownCause.CUT_OFF))
                .at(4_500, suspected(P1, StatusReason.HEARTBEAT_MISS))
                .at(6_500, failed(P1, StatusReason.HEARTBEAT_MISS))
                .at(8_500, new PartitionUp(P1), healed(P1, StatusReason.RECOVERED))
                .build();
    }

    private static FaultInjected injected(int number, String kind, PartitionId partition) {
        return new FaultInjected(number, kind, "", List.of(partition));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "suspicion.latency                             | 2 | 1000",
                "suspicion.latency{partition:P0}               | 1 | 1000",
                "suspicion.latency{partition:P1}               | 1 |  500",
                "suspicion.latency{region:us}                  | 1 |  500",
                "suspicion.latency{fault:crash}                | 1 | 1000",
                "suspicion.latency{during:quiet}               | 1 |  500",
                "detection.latency{during:verify}              | 1 | 2500",
                "detection.latency{during:chaos,partition:P1}  | 0 |    0",
                "recovery.latency{during:verify}               | 1 | 2000",
                "recovery.latency{phase:rebalancing}           | 1 |  100",
                "recovery.latency{phase:detecting,region:eu}   | 1 |   50",
                "recovery.latency{phase:detecting,region:us}   | 0 |    0",
                "recovery.latency{fault:crash}                 | 1 |  250",
                "phase.rebalancing{partition:P0}               | 1 |  100",
                "message.delay{message:pause}                  | 1 |    2",
                "message.delay{message:heartbeat}              | 1 |    1",
                "message.delay{during:warmup}                  | 2 |    2",
                "message.delay{during:chaos}                   | 0 |    0",
                "message.delay{from:n0}                        | 2 |    2",
                "message.delay{to:n0}                          | 0 |    0",
                "suspicion.latency{node:n1}                    | 1 |  500",
                "suspicion.latency{zone:zn0}                   | 1 | 1000",
                "suspicion.latency{rack:r7}                    | 2 | 1000",
                "suspicion.latency{reason:heartbeat-miss}      | 2 | 1000",
                "suspicion.latency{reason:said-goodbye}        | 0 |    0",
                "recovery.latency{fault:none}                  | 1 | 2000",
                "recovery.latency{reason:recovered}            | 2 | 2000",
                "recovery.latency{reason:operator}             | 0 |    0",
                "phase.rebalancing{outcome:succeeded}          | 1 |  100",
                "phase.rebalancing{outcome:failed}             | 0 |    0",
            })
    void aPartOfALatencyHasItsSamplesOnly(String part, long samples, long max) {
        var measured = (Samples) Part.parse(part).of(trace(), FRAME);

        assertThat(measured.count()).isEqualTo(samples);
        assertThat(measured.value(Statistic.Plain.MAX).orElse(0)).isEqualTo(max * 1e6);
    }

    @ParameterizedTest
    @CsvSource({
        "failures{partition:P0}, 1",
        "failures{during:warmup}, 0",
        "failures{during:verify}, 1",
        "messages.delivered{message:heartbeat}, 1",
        "attempts{during:chaos}, 1",
        "attempts{region:us}, 0",
    })
    void aPartOfACountCountsThatOnly(String part, long count) {
        assertThat(Part.parse(part).of(trace(), FRAME)).isEqualTo(new Tally(count));
    }

    @Test
    void aShareOfTimeIsThatOfThePartOfTheRun() {
        assertThat(health("warmup")).isEqualTo(1);
        assertThat(health("chaos")).isEqualTo((3 + 3 - 1.25) / 6);
        assertThat(health("quiet")).isEqualTo((2 + 0.5) / 4);
    }

    private static double health(String phase) {
        return ((Ratio) Part.parse("health.ratio{during:" + phase + "}").of(trace(), FRAME))
                .share();
    }

    @Test
    void aPeakCountsWhatBeganBefore() {
        var trace =
                new TraceBuilder()
                        .place(2)
                        .at(3_000, suspected(P0, StatusReason.HEARTBEAT_MISS))
                        .at(7_000, suspected(P1, StatusReason.HEARTBEAT_MISS))
                        .build();

        assertThat(Part.parse("peak.unhealthy{during:warmup}").of(trace, FRAME))
                .isEqualTo(new Most(0));
        assertThat(Part.parse("peak.unhealthy{during:quiet}").of(trace, FRAME))
                .isEqualTo(new Most(1));
        assertThat(Part.parse("peak.unhealthy{during:verify}").of(trace, FRAME))
                .isEqualTo(new Most(2));
    }

    static List<Metric> metrics() {
        return Metric.all();
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void thePartsOfTheRunMakeTheWhole(Metric metric) {
        var result = ThreeRegions.result();
        var parts =
                Tag.DURING.choices().stream()
                        .map(phase -> new Part(metric, Map.of(Tag.DURING, phase)))
                        .map(part ->
                                part.of(result.trace(), new Frame(result.phases(), FRAME.map())))
                        .toList();
        var whole = metric.of(result.trace());
        var merged = Measurement.merge(parts);

        assertThat(merged.isEmpty()).isEqualTo(whole.isEmpty());
        for (var statistic : Statistic.Plain.values()) {
            assertThat(merged.value(statistic)).isEqualTo(whole.value(statistic));
        }
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void noMetricHasTwoTagsOfOneName(Metric metric) {
        assertThat(metric.tags()).extracting(Tag::label).contains("during").doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void aValueThatDoesNotOccurHasNothingInItsPart(Metric metric) {
        var result = ThreeRegions.result();
        for (var tag : metric.tags()) {
            if (tag.choices().isEmpty()) {
                var part = new Part(metric, Map.of(tag, "nowhere"));
                var found = part.of(result.trace(), new Frame(result.phases(), FRAME.map()));

                assertThat(found.isEmpty() || found.value(Statistic.Plain.VALUE).orElse(1) == 0)
                        .as(part.name())
                        .isTrue();
            }
        }
    }

    @Test
    void aNameIsReadAsItIsWritten() {
        for (var name :
                List.of(
                        "lock.wait",
                        "message.delay{message:heartbeat}",
                        "recovery.latency{during:chaos,partition:P3,phase:validating}")) {
            assertThat(Part.parse(name).name()).isEqualTo(name);
        }
        assertThat(Part.parse(" recovery.latency { phase: detecting , during : quiet } ").name())
                .isEqualTo("recovery.latency{during:quiet,phase:detecting}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recovery.latenzy{phase:detecting} | unknown metric 'recovery.latenzy'",
                "recovery.latency{fase:detecting}  | recovery.latency has no tag 'fase'; it has",
                "dual.primary{region:eu}           | dual.primary has no tag 'region'; it has duri",
                "recovery.latency{phase:validating,reason:heard} | recovery.latency has phase or",
                "pauses{region:eu} | pauses has no tag 'region'; it has during, since it is about"
                        + " the",
                "recovery.latency{phase:complete}  | unknown phase 'complete'; known: detecting,",
                "recovery.latency{phase}           | cannot read the tag 'phase' of recovery.laten",
                "recovery.latency{}                | cannot read the tag '' of recovery.latency;",
                "recovery.latency{phase:detecting  | cannot read 'recovery.latency{phase:detecting",
                "lock.wait{region:a,region:b}      | the tag region of lock.wait is given twice",
            })
    void whatCannotBeReadIsAnsweredByWhatWouldBeRight(String text, String message) {
        assertThatThrownBy(() -> Part.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
