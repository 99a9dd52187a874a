package io.faultline.model.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Bandwidth;
import io.faultline.model.Bytes;
import io.faultline.model.Changed;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.MessageLoss;
import io.faultline.model.fault.Selector;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.BalanceFinished;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.quorum.Fixed;
import io.faultline.model.recovery.TransferSettings;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The balancer of four partitions with 1000 entities each, which looks at the loads every 10 s.
///
/// P1 and P2 fail together at 1 s and have one heir, P3. P1 gets half of its 3000 entities back,
/// and P2 half of the rest, so they end with 1000, 1500, 750 and 750.
class BalancerScenarioTest {

    private static final BalancerSettings DEFAULT =
            new BalancerSettings(
                    Duration.ofSeconds(10),
                    0.2,
                    10,
                    Duration.ofSeconds(5),
                    100,
                    Exchange.HEAVIEST_TO_LIGHTEST);

    private static Settings settings(Object... changes) {
        return Settings.of(4)
                .suspicion("policy", SuspicionPolicy.COUNTING)
                .recovery("spread", Optional.of(1))
                .protocol(
                        "quorum",
                        new Fixed(2),
                        "balancer",
                        Optional.of(Changed.in(DEFAULT, changes)));
    }

    private static TestRun unbalanced(Settings settings) {
        return new TestRun(settings).twoReports(1000, 1, 2);
    }

    private static List<String> finished(TestRun run, long until) {
        return run.until(until).brief(BalanceFinished.class);
    }

    @Test
    void withoutABalancerTheLoadStaysAsRecoveriesLeaveIt() {
        var run = unbalanced(settings().protocol("balancer", Optional.empty())).until(30_000);
        assertThat(run.brief(EntitiesMoved.class))
                .containsExactly(
                        "1150 EntitiesMoved P1 P3 1000",
                        "1150 EntitiesMoved P2 P3 1000",
                        "1225 EntitiesMoved P3 P1 1500",
                        "1225 EntitiesMoved P3 P2 750");
    }

    /// The heaviest gives a batch to the lightest until it is no more than 20% above the mean.
    @Test
    void batchesMoveUntilTheHeaviestIsNearEnoughToTheMean() {
        var run = unbalanced(settings());
        assertThat(finished(run, 19_999)).containsExactly("10000 BalanceFinished BALANCED 3 300");
        assertThat(run.brief(EntitiesMoved.class))
                .endsWith(
                        "10000 EntitiesMoved P1 P2 100",
                        "10000 EntitiesMoved P1 P3 100",
                        "10000 EntitiesMoved P1 P2 100");
        assertThat(finished(run, 20_000)).endsWith("20000 BalanceFinished BALANCED 0 0");
    }

    @Test
    void everyKnobTurnsTheOutcome() {
        assertThat(finished(unbalanced(settings("threshold", 0.5)), 10_000))
                .containsExactly("10000 BalanceFinished BALANCED 0 0");
        assertThat(finished(unbalanced(settings("rounds", 1)), 10_000))
                .containsExactly("10000 BalanceFinished OUT_OF_ROUNDS 1 100");
        assertThat(finished(unbalanced(settings("batch", 1000)), 10_000))
                .containsExactly("10000 BalanceFinished BALANCED 2 500");
        assertThat(finished(unbalanced(settings("interval", Duration.ofSeconds(3))), 3_000))
                .containsExactly("3000 BalanceFinished BALANCED 3 300");
    }

    @Test
    void aButterflyLevelsRankByRank() {
        var run = unbalanced(settings("exchange", Exchange.BUTTERFLY, "batch", 1000));
        assertThat(finished(run, 10_000)).containsExactly("10000 BalanceFinished BALANCED 2 750");
        assertThat(run.brief(EntitiesMoved.class))
                .endsWith(
                        "10000 EntitiesMoved P1 P0 250",
                        "10000 EntitiesMoved P0 P2 250",
                        "10000 EntitiesMoved P1 P3 250");
    }

    /// With batches of 100 one butterfly of two rounds is not enough.
    @Test
    void aButterflyHasNoMoreRoundsThanTheLogarithm() {
        var run = unbalanced(settings("exchange", Exchange.BUTTERFLY));
        assertThat(finished(run, 10_000))
                .containsExactly("10000 BalanceFinished OUT_OF_ROUNDS 2 300");
    }

    @Test
    void whileOperationsArePausedItSkipsWithoutMovingAnything() {
        var run = unbalanced(settings()).twoReports(9_900, 0);
        assertThat(finished(run, 20_000))
                .startsWith("10000 BalanceFinished SKIPPED 0 0")
                .hasSize(2);
        assertThat(run.brief(EntitiesMoved.class)).noneMatch(move -> move.startsWith("10000 "));
    }

    @Test
    void whoDoesNotAnswerEndsARoundAtItsTimeOut() {
        var crash = new Crash(TestRun.partitions(3), Selector.NOBODY);
        assertThat(finished(unbalanced(settings()).at(9_500, crash), 16_000))
                .containsExactly("15000 BalanceFinished TIMED_OUT 0 0");
        var hasty = settings("roundTimeout", Duration.ofSeconds(2));
        assertThat(finished(unbalanced(hasty).at(9_500, crash), 16_000))
                .containsExactly("12000 BalanceFinished TIMED_OUT 0 0");
    }

    @Test
    void whoIsTakenToBeFailedIsNotAsked() {
        var settings = settings().recovery("attempts", 1, "phaseFailure", new Probability(1));
        assertThat(finished(new TestRun(settings).twoReports(1000, 1), 10_000))
                .containsExactly("10000 BalanceFinished BALANCED 0 0");
    }

    /// P1's heir P2 fails while it sends back what it got, and P1 is left with nothing. P2 and P3
    /// share what P1 had; then they give it to P1, a batch of 100 taking 100 ms to leave.
    @Test
    void movesCostWhatTransfersCost() {
        var transfer =
                new TransferSettings(
                        new Bytes(1000), new Bandwidth(new Bytes(1_000_000)), Duration.ZERO, 100);
        var run =
                new TestRun(settings().recovery("transfer", Optional.of(transfer)))
                        .twoReports(1000, 1)
                        .twoReports(1200, 2);
        assertThat(finished(run, 12_000)).containsExactly("10600 BalanceFinished BALANCED 6 600");
        assertThat(run.brief(EntitiesMoved.class))
                .endsWith(
                        "10100 EntitiesMoved P3 P1 100",
                        "10200 EntitiesMoved P2 P1 100",
                        "10300 EntitiesMoved P3 P1 100",
                        "10400 EntitiesMoved P2 P1 100",
                        "10500 EntitiesMoved P3 P1 100",
                        "10600 EntitiesMoved P2 P1 100");
    }

    @Test
    void lossesDoNotKeepItFromBalancing() {
        var loss =
                new MessageLoss(
                        new Probability(0.3),
                        List.of(
                                MessageKind.LOAD_REQUEST,
                                MessageKind.LOAD_REPLY,
                                MessageKind.ASSIGN),
                        Selector.NOBODY,
                        Selector.NOBODY);
        var run = unbalanced(settings("rounds", 100)).during(9_000, 60_000, loss).until(60_000);
        assertThat(run.brief(BalanceFinished.class)).last().asString().contains("BALANCED 0 0");
    }

    @Test
    void rebalancingCanTakeItsTimeOnceForEveryRoundOfAButterfly() {
        assertThat(recovered(Settings.of(4), false)).containsExactly("225 Resumed 225");
        assertThat(recovered(Settings.of(4), true)).containsExactly("300 Resumed 300");
        assertThat(recovered(Settings.of(9), true)).containsExactly("450 Resumed 450");
    }

    private static List<String> recovered(Settings settings, boolean perRound) {
        return new TestRun(
                        settings.suspicion("policy", SuspicionPolicy.COUNTING)
                                .recovery("rebalancingPerRound", perRound))
                .twoReports(0, 1)
                .until(1000)
                .brief(Resumed.class);
    }
}
