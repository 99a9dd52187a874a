package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Changed;
import io.faultline.model.Kind;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed;
import io.faultline.model.observation.Observed.DropCause;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.FaultSkipped;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.HandlersParted;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.MessageDropped;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.QuorumGone;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Every fault of the network can be made to concern some kinds of messages, and only those.
class MessageKindsTest {

    private static final MessageKind CHOSEN = MessageKind.GHOST_SYNC;
    private static final MessageKind NEVER_SENT = MessageKind.MOVE;

    private static List<Fault> faults() {
        return EveryFaultTest.examples().stream().filter(MessageKindsTest::takesKinds).toList();
    }

    private static boolean takesKinds(Fault fault) {
        return Arrays.stream(fault.getClass().getRecordComponents())
                .anyMatch(component -> component.getName().equals("messages"));
    }

    private static Fault of(Fault fault, MessageKind... messages) {
        return (Fault) Changed.in((Record) fault, "messages", List.of(messages));
    }

    @Test
    void onlyFaultsOfNodesTakeNoKinds() {
        assertThat(EveryFaultTest.examples())
                .filteredOn(fault -> !takesKinds(fault))
                .map(Kind::name)
                .containsExactlyInAnyOrder(
                        "clock-drift",
                        "clock-oscillation",
                        "clock-skew",
                        "crash",
                        "failing-recovery",
                        "failure-trace",
                        "flapping",
                        "graceful-stop",
                        "memory-pressure",
                        "pause",
                        "restart",
                        "slow-node",
                        "thread-starvation",
                        "wipe");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void noOtherMessageIsLostOrLate(Fault fault) {
        var run = EveryFaultTest.busy(1).during(5000, 25_000, of(fault, CHOSEN)).until(40_000);
        assertThat(run.count(FaultTookEffect.class)).isOne();
        var disturbed =
                run.trace().stream()
                        .flatMap(entry -> disturbed((Observed) entry.what()))
                        .distinct();
        assertThat(disturbed).containsExactly(CHOSEN);
    }

    private static Stream<MessageKind> disturbed(Observed what) {
        return switch (what) {
            case MessageDelivered(var kind, _, _, var delay)
                    when !delay.equals(EveryFaultTest.LATENCY) ->
                    Stream.of(kind);
            case MessageDropped(var kind, _, _, var cause) when cause != DropCause.RECEIVER_DOWN ->
                    Stream.of(kind);
            default -> Stream.of();
        };
    }

    /// In truth: whoever still hears others is not cut off, and no budget forbids it.
    @ParameterizedTest
    @MethodSource("faults")
    void nobodyIsOutWhileOtherMessagesPass(Fault fault) {
        var budget = new Budget(Optional.of(1), Optional.empty(), Optional.empty());
        var run =
                EveryFaultTest.busy(1)
                        .keepingTo(budget)
                        .during(5000, 25_000, of(fault, CHOSEN))
                        .until(40_000);
        assertThat(run.count(FaultInjected.class)).isOne();
        assertThat(
                        run.brief(
                                PartitionDown.class,
                                HandlersParted.class,
                                QuorumGone.class,
                                FaultSkipped.class))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void takesNoEffectIfNoMessageOfTheKindIsSent(Fault fault) {
        var run = EveryFaultTest.busy(1).during(5000, 25_000, of(fault, NEVER_SENT)).until(40_000);
        assertThat(run.count(FaultInjected.class)).isOne();
        assertThat(run.count(FaultTookEffect.class)).isZero();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void allKindsByNameAreAsGoodAsNoneAtAll(Fault fault) {
        assertThat(messagesOf(of(fault, MessageKind.values()))).isEqualTo(messagesOf(fault));
    }

    private static List<String> messagesOf(Fault fault) {
        return EveryFaultTest.busy(1)
                .during(5000, 25_000, fault)
                .until(40_000)
                .lines(what -> !(what instanceof FaultInjected));
    }

    /// As in any cut, a message is stopped when it is sent or when it would arrive.
    @Test
    void aCutStopsMessagesThatAreOnTheirWay() {
        var cut =
                new Isolation(
                        Selector.of(new NodeId("n1")),
                        Isolation.Direction.OUT,
                        List.of(MessageKind.HEARTBEAT));
        var run =
                new TestRun(
                                Settings.of(2)
                                        .topology(
                                                "network",
                                                Settings.network(
                                                        Settings.millis(100), Probability.NEVER))
                                        .withHeartbeats())
                        .during(1050, 1150, cut)
                        .until(1400);
        assertThat(run.brief(MessageDropped.class))
                .containsExactly("1100 MessageDropped HEARTBEAT n1 coordinator SPLIT");
    }
}
