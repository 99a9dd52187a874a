package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.kernel.random.Constant;
import io.faultline.kernel.random.Distribution;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.network.Message;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.MessageDropped;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What becomes of messages that are doubled, held up, damaged, clogged or held back. Latency is 10
/// ms, and nobody sends anything but the test itself.
class MessageFaultsTest {

    private static final Probability ALWAYS = new Probability(1);
    private static final Selector FROM_N0 = Selector.of(new NodeId("n0"));

    private final TestRun run =
            new TestRun(
                    Settings.of(3).with(Settings.network(Settings.millis(10), Probability.NEVER)));

    /// Sends a message of a reliable kind that nobody acts upon.
    private void send(long millis, int from, int to) {
        run.until(millis);
        var world = run.world();
        var receiver = world.partition(new PartitionId(to));
        run.simulation()
                .within(() ->
                        world.network()
                                .send(
                                        world.partition(new PartitionId(from)).host(),
                                        receiver,
                                        new Message.Resume(receiver.id(), 0)));
    }

    private List<String> fates(long until) {
        return run.until(until).brief(MessageDelivered.class, MessageDropped.class);
    }

    private static MessageDuplication duplication(int copies, Distribution late) {
        return new MessageDuplication(ALWAYS, copies, late, List.of(), FROM_N0, Selector.NOBODY);
    }

    private static MessageHold hold(Optional<Duration> longest) {
        return new MessageHold(longest, List.of(), FROM_N0, Selector.NOBODY);
    }

    private static MessageCorruption corruption() {
        return new MessageCorruption(ALWAYS, List.of(), FROM_N0, Selector.NOBODY);
    }

    private static CloggedLink clog(Distribution clog, Distribution free) {
        return new CloggedLink(
                Optional.of(clog), Optional.of(free), List.of(), FROM_N0, Selector.NOBODY);
    }

    @Test
    void copiesComeLaterThanTheMessageItself() {
        run.during(0, 100, duplication(2, Settings.millis(500)));
        send(0, 0, 1);
        send(0, 1, 0);
        assertThat(fates(1000))
                .containsExactly(
                        "10 MessageDelivered RESUME n1 n0 10",
                        "10 MessageDelivered RESUME n0 n1 10",
                        "510 MessageDelivered RESUME n0 n1 510",
                        "510 MessageDelivered RESUME n0 n1 510");
    }

    /// The message itself is sent again 200 ms after it was lost, and copied again.
    @Test
    void copiesThatAreLostAreNotSentAgain() {
        run.at(0, duplication(1, Settings.millis(0)))
                .during(5, 100, new Isolation(FROM_N0, Isolation.Direction.BOTH));
        send(0, 0, 1);
        assertThat(fates(2000))
                .containsExactly(
                        "10 MessageDropped RESUME n0 n1 SPLIT",
                        "10 MessageDropped RESUME n0 n1 SPLIT",
                        "220 MessageDelivered RESUME n0 n1 10",
                        "220 MessageDelivered RESUME n0 n1 10");
    }

    @Test
    void aCopyIsGoneOnceItsReceiverHasStartedAgain() {
        run.at(0, duplication(1, Settings.millis(500)))
                .during(100, 200, new Crash(TestRun.partitions(1), Selector.NOBODY));
        send(0, 0, 1);
        assertThat(fates(1000))
                .filteredOn(line -> line.contains(" n0 n1 "))
                .containsExactly(
                        "10 MessageDelivered RESUME n0 n1 10",
                        "510 MessageDropped RESUME n0 n1 RECEIVER_DOWN");
    }

    @Test
    void whatIsHeldUpIsOvertaken() {
        var window = Settings.millis(300);
        run.during(
                0, 50, new MessageReordering(ALWAYS, window, List.of(), FROM_N0, Selector.NOBODY));
        send(0, 0, 1);
        send(60, 0, 1);
        assertThat(fates(1000))
                .containsExactly(
                        "70 MessageDelivered RESUME n0 n1 10",
                        "310 MessageDelivered RESUME n0 n1 310");
    }

    /// Found out when it arrives, 200 ms after which it is sent again.
    @Test
    void aDamagedMessageIsThrownAwayWhenItArrivesAndSentAgain() {
        run.during(0, 50, corruption());
        send(0, 0, 1);
        assertThat(fates(1000))
                .containsExactly(
                        "10 MessageDropped RESUME n0 n1 CORRUPT",
                        "220 MessageDelivered RESUME n0 n1 10");
    }

    @Test
    void aDamagedMessageWithCopiesIsSentAgainOnce() {
        run.during(0, 50, corruption()).during(0, 50, duplication(2, new Constant(0)));
        send(0, 0, 1);
        assertThat(fates(5000))
                .containsExactly(
                        "10 MessageDropped RESUME n0 n1 CORRUPT",
                        "10 MessageDropped RESUME n0 n1 CORRUPT",
                        "10 MessageDropped RESUME n0 n1 CORRUPT",
                        "220 MessageDelivered RESUME n0 n1 10");
    }

    @Test
    void whatIsHeldBackIsLetGoAtTheEndInTheOrderInWhichItWasSent() {
        run.during(0, 500, hold(Optional.empty()));
        send(100, 0, 1);
        send(200, 0, 2);
        send(300, 0, 1);
        send(300, 1, 2);
        assertThat(fates(1000))
                .containsExactly(
                        "310 MessageDelivered RESUME n1 n2 10",
                        "510 MessageDelivered RESUME n0 n1 410",
                        "510 MessageDelivered RESUME n0 n1 210",
                        "510 MessageDelivered RESUME n0 n2 310");
    }

    @Test
    void whatIsHeldBackForLongEnoughIsLetGoBefore() {
        run.during(0, 500, hold(Optional.of(Duration.ofMillis(250))));
        send(100, 0, 1);
        send(300, 0, 1);
        assertThat(fates(1000))
                .containsExactly(
                        "360 MessageDelivered RESUME n0 n1 260",
                        "510 MessageDelivered RESUME n0 n1 210");
    }

    @Test
    void whatOneHoldLetsGoTheOtherMayHold() {
        run.during(0, 500, hold(Optional.empty())).during(200, 800, hold(Optional.empty()));
        send(100, 0, 1);
        send(300, 0, 1);
        assertThat(fates(1000))
                .containsExactly(
                        "810 MessageDelivered RESUME n0 n1 710",
                        "810 MessageDelivered RESUME n0 n1 510");
    }

    @Test
    void whatIsHeldBackIsNotSentAgain() {
        run.during(0, 20_000, hold(Optional.empty()));
        send(0, 0, 1);
        assertThat(fates(60_000)).containsExactly("20010 MessageDelivered RESUME n0 n1 20010");
    }

    /// Free for 200 ms, clogged for 100 ms, and so on.
    @Test
    void aLinkIsCloggedAndFreeByTurns() {
        run.during(0, 1000, clog(Settings.millis(100), Settings.millis(200)));
        send(150, 0, 1);
        send(220, 0, 1);
        send(280, 0, 1);
        send(310, 0, 1);
        send(599, 0, 1);
        assertThat(fates(1000))
                .containsExactly(
                        "160 MessageDelivered RESUME n0 n1 10",
                        "310 MessageDelivered RESUME n0 n1 90",
                        "310 MessageDelivered RESUME n0 n1 30",
                        "320 MessageDelivered RESUME n0 n1 10",
                        "610 MessageDelivered RESUME n0 n1 11");
    }

    @Test
    void aCloggedLinkIsFreeAtTheEnd() {
        run.during(0, 250, clog(Settings.millis(100), Settings.millis(200)));
        send(220, 0, 1);
        assertThat(fates(1000)).containsExactly("260 MessageDelivered RESUME n0 n1 40");
    }

    @Test
    void faultsOfMessagesConcernTheKindsThatTheyName() {
        run.during(
                0,
                500,
                new MessageHold(
                        Optional.empty(), List.of(MessageKind.PAUSE), FROM_N0, Selector.NOBODY));
        send(0, 0, 1);
        assertThat(fates(1000)).containsExactly("10 MessageDelivered RESUME n0 n1 10");
    }

    @Test
    void nonsenseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> duplication(0, Settings.millis(0)));
        assertThatIllegalArgumentException().isThrownBy(() -> hold(Optional.of(Duration.ZERO)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clog(Settings.millis(0), Settings.millis(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new CloggedLink(
                                Optional.of(Settings.millis(1)),
                                Optional.empty(),
                                List.of(),
                                FROM_N0,
                                Selector.NOBODY));
    }
}
