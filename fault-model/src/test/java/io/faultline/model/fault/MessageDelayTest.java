package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.random.Uniform;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.Topology;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.Quiesced;
import io.faultline.model.observation.Observed.StatusChanged;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Messages that take longer.
class MessageDelayTest {

    private static final NodeId N1 = new NodeId("n1");

    private static MessageDelay delay(
            long millis, List<MessageKind> messages, List<NodeId> from, List<NodeId> to) {
        return new MessageDelay(
                Settings.millis(millis), messages, Selector.of(from), Selector.of(to));
    }

    private static MessageDelay delay(long millis) {
        return delay(millis, List.of(), List.of(), List.of());
    }

    private static Settings latency(long millis) {
        return Settings.of(3).with(Settings.network(Settings.millis(millis), Probability.NEVER));
    }

    @Test
    void itAddsToTheLatencyOfTheNetworkAndOfOtherDelays() {
        var run =
                new TestRun(latency(7).withHeartbeats())
                        .at(400, delay(20))
                        .at(900, delay(300))
                        .until(1400);
        assertThat(run.brief(MessageDelivered.class))
                .filteredOn(line -> line.contains(" n1 "))
                .containsExactly(
                        "7 MessageDelivered HEARTBEAT n1 coordinator 7",
                        "527 MessageDelivered HEARTBEAT n1 coordinator 27",
                        "1327 MessageDelivered HEARTBEAT n1 coordinator 327");
    }

    /// There and back.
    @Test
    void itDelaysAPauseByARoundTrip() {
        var run = new TestRun(latency(0)).at(0, delay(50)).twoReports(0, 1).until(6000);
        assertThat(run.brief(Quiesced.class)).containsExactly("5100 Quiesced 100");
    }

    @Test
    void itConcernsTheMessagesThatItNames() {
        var heartbeats =
                delay(
                        10_000,
                        List.of(MessageKind.HEARTBEAT),
                        List.of(N1),
                        List.of(Topology.COORDINATOR));
        var run = new TestRun(latency(0).withHeartbeats()).at(100, heartbeats).until(2700);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly("2100 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS");
        var others =
                delay(10_000, List.of(MessageKind.RESUME), List.of(N1), List.of(new NodeId("n0")));
        assertThat(new TestRun(latency(0).withHeartbeats()).at(100, others).until(2700))
                .satisfies(none -> assertThat(none.count(FaultTookEffect.class)).isZero());
    }

    @Test
    void messagesOvertakeEachOtherWhenItVaries() {
        var varying =
                new MessageDelay(new Uniform(0, 3e9), List.of(), Selector.NOBODY, Selector.NOBODY);
        var run = new TestRun(latency(0).withHeartbeats()).at(0, varying).until(60_000);
        var sent =
                run.trace().stream()
                        .filter(entry ->
                                entry.what() instanceof MessageDelivered(var kind, var from, _, _)
                                        && kind == MessageKind.HEARTBEAT
                                        && from.equals(N1))
                        .map(entry ->
                                entry.time().nanos()
                                        - ((MessageDelivered) entry.what()).delay().toNanos())
                        .toList();
        assertThat(sent).hasSizeGreaterThan(100);
        assertThat(sent).isNotEqualTo(sent.stream().sorted().toList());
    }
}
