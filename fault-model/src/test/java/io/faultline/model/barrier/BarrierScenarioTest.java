package io.faultline.model.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.kernel.random.Constant;
import io.faultline.kernel.random.Uniform;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.Topology;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.MessageLoss;
import io.faultline.model.fault.Selector;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.Drained;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.Queued;
import io.faultline.model.observation.Observed.QuorumRestored;
import io.faultline.model.observation.Observed.Reported;
import io.faultline.model.observation.Observed.RoundBroken;
import io.faultline.model.observation.Observed.RoundCompleted;
import io.faultline.model.observation.Observed.RoundOpened;
import io.faultline.model.observation.Observed.RoundWentOn;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.script.Arrive;
import io.faultline.model.script.OperatorHeal;
import io.faultline.model.script.SignOfLife;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Rounds of the barrier: worked examples with a time-out of 5 s. Messages take no time unless it
/// is said otherwise.
class BarrierScenarioTest {

    private static final Crash P2_CRASHES = new Crash(TestRun.partitions(2), Selector.NOBODY);

    private static Settings scripted(SuspicionPolicy policy) {
        return Settings.of(3)
                .withScriptedBarrier()
                .with(Settings.suspicion(policy, Duration.ofSeconds(5)));
    }

    private static Arrive arrive(int... ranks) {
        return new Arrive(TestRun.partitions(ranks));
    }

    // Who does not come is reported.

    @Test
    void countingFailsWhoIsMissingFromTwoRounds() {
        var run =
                new TestRun(scripted(SuspicionPolicy.COUNTING))
                        .at(0, P2_CRASHES)
                        .at(0, arrive(0, 1))
                        .at(5000, arrive(0, 1))
                        .until(60_000);
        assertThat(
                        run.brief(
                                RoundOpened.class,
                                RoundBroken.class,
                                RoundCompleted.class,
                                StatusChanged.class))
                .containsExactly(
                        "0 RoundOpened 1 3",
                        "5000 RoundBroken 1 [P2]",
                        "5000 RoundOpened 2 3",
                        "5000 StatusChanged P2 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "10000 RoundBroken 2 [P2]",
                        "10000 StatusChanged P2 SUSPECTED FAILED BARRIER_TIMEOUT",
                        "10225 StatusChanged P2 FAILED HEALTHY RECOVERED");
    }

    /// Two time-outs, the confirmation time, and 225 ms of recovery.
    @Test
    void confirmingWaitsForTheConfirmationTimeAsWell() {
        var run =
                new TestRun(scripted(SuspicionPolicy.CONFIRMING))
                        .at(0, P2_CRASHES)
                        .at(0, arrive(0, 1))
                        .at(5000, arrive(0, 1))
                        .until(60_000);
        assertThat(run.brief(RoundBroken.class, StatusChanged.class))
                .containsExactly(
                        "5000 RoundBroken 1 [P2]",
                        "10000 RoundBroken 2 [P2]",
                        "10000 StatusChanged P2 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "15000 StatusChanged P2 SUSPECTED FAILED CONFIRMED",
                        "15225 StatusChanged P2 FAILED HEALTHY RECOVERED");
    }

    /// If rounds go on, the third is broken at 15000, too, before suspicion turns into failure.
    @Test
    void aDeadlineComesBeforeTheEndOfTheConfirmationTime() {
        var run =
                new TestRun(scripted(SuspicionPolicy.CONFIRMING))
                        .at(0, P2_CRASHES)
                        .at(0, arrive(0, 1))
                        .at(5000, arrive(0, 1))
                        .at(10_000, arrive(0, 1))
                        .until(15_100);
        assertThat(run.brief(RoundBroken.class, StatusChanged.class))
                .endsWith(
                        "15000 RoundBroken 3 [P2]",
                        "15000 StatusChanged P2 SUSPECTED FAILED CONFIRMED");
    }

    @Test
    void anArrivalAtTheDeadlineIsInTime() {
        var run =
                new TestRun(scripted(SuspicionPolicy.CONFIRMING))
                        .at(0, arrive(0, 1))
                        .at(5000, arrive(2))
                        .until(60_000);
        assertThat(run.brief(RoundOpened.class, RoundBroken.class, RoundCompleted.class))
                .containsExactly("0 RoundOpened 1 3", "5000 RoundCompleted 1 5000 P2");
    }

    @Test
    void theDeadlineCountsFromTheFirstArrival() {
        var run =
                new TestRun(scripted(SuspicionPolicy.CONFIRMING))
                        .at(0, arrive(0))
                        .at(4000, arrive(1))
                        .until(60_000);
        assertThat(run.brief(RoundOpened.class, RoundBroken.class, Reported.class))
                .containsExactly(
                        "0 RoundOpened 1 3",
                        "5000 RoundBroken 1 [P2]",
                        "5000 Reported P2 BARRIER_TIMEOUT 1");
    }

    @Test
    void everybodyMissingIsReportedOnceInOrderOfRank() {
        var settings =
                Settings.of(5)
                        .withScriptedBarrier()
                        .with(Settings.suspicion(SuspicionPolicy.CONFIRMING, Duration.ZERO));
        var run = new TestRun(settings).at(0, arrive(3)).until(60_000);
        assertThat(run.brief(RoundBroken.class, Reported.class))
                .containsExactly(
                        "5000 RoundBroken 1 [P0, P1, P2, P4]",
                        "5000 Reported P0 BARRIER_TIMEOUT 1",
                        "5000 Reported P1 BARRIER_TIMEOUT 1",
                        "5000 Reported P2 BARRIER_TIMEOUT 1",
                        "5000 Reported P4 BARRIER_TIMEOUT 1");
    }

    // Who comes is alive.

    @Test
    void aCompletedRoundForgetsEarlierReports() {
        var run =
                new TestRun(
                                scripted(SuspicionPolicy.CONFIRMING)
                                        .with(
                                                Settings.suspicion(
                                                        SuspicionPolicy.CONFIRMING,
                                                        Duration.ofMillis(500))))
                        .report(0, 1)
                        .at(200, arrive(0, 1, 2))
                        .report(400, 1)
                        .report(600, 1)
                        .until(60_000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "600 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "1100 StatusChanged P1 SUSPECTED FAILED CONFIRMED",
                        "1325 StatusChanged P1 FAILED HEALTHY RECOVERED");
    }

    @Test
    void aRoundThatCompletesAtTheEndOfTheConfirmationTimeComesFirst() {
        var run =
                new TestRun(scripted(SuspicionPolicy.CONFIRMING))
                        .twoReports(1000, 1)
                        .at(6000, arrive(0, 1, 2))
                        .until(60_000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "1000 StatusChanged P1 HEALTHY SUSPECTED BARRIER_TIMEOUT",
                        "6000 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM");
    }

    /// Evidence lets recoveries proceed that were put off, without any recovery having ended.
    @Test
    void evidenceThatRestoresTheQuorumStartsWhatWasPutOff() {
        var settings =
                Settings.of(5)
                        .withScriptedBarrier()
                        .with(Settings.suspicion(SuspicionPolicy.COUNTING, Duration.ZERO));
        var run =
                new TestRun(settings)
                        .twoReports(0, 0)
                        .report(10, 2)
                        .twoReports(20, 1)
                        .at(100, arrive(2, 3, 4))
                        .until(200);
        assertThat(run.brief(Queued.class, QuorumRestored.class, Drained.class, LockGranted.class))
                .containsExactly(
                        "0 LockGranted P0 0",
                        "20 Queued P1 1",
                        "100 QuorumRestored 3 5",
                        "100 Drained 1",
                        "100 LockGranted P1 0");
    }

    // Rounds that go on by themselves.

    @Test
    void withoutFaultsRoundFollowsRound() {
        var run = new TestRun(Settings.of(3).withBarrier(Settings.millis(300))).until(1000);
        assertThat(run.brief(RoundOpened.class, RoundCompleted.class))
                .containsExactly(
                        "300 RoundOpened 1 3",
                        "300 RoundCompleted 1 0 P2",
                        "600 RoundOpened 2 3",
                        "600 RoundCompleted 2 0 P2",
                        "900 RoundOpened 3 3",
                        "900 RoundCompleted 3 0 P2");
    }

    @Test
    void aGapKeepsTheNextRoundFromOpening() {
        var settings =
                Settings.of(2)
                        .withBarrier(Settings.millis(300))
                        .barrier(
                                "work",
                                Optional.of(Settings.millis(0)),
                                "gap",
                                Duration.ofMillis(400));
        var run = new TestRun(settings).until(1000);
        assertThat(run.brief(RoundOpened.class))
                .containsExactly("0 RoundOpened 1 2", "400 RoundOpened 2 2", "800 RoundOpened 3 2");
    }

    // Rounds that open without waiting for anybody.

    private static Settings windows(int partitions) {
        return Settings.of(partitions)
                .withScriptedBarrier()
                .barrier("opens", Opening.RELEASE)
                .suspicion("strikes", 1, "confirm", Duration.ZERO);
    }

    @Test
    void aRoundThatOpensWithTheReleaseCountsItsTimeFromThere() {
        var run = new TestRun(windows(2)).at(3000, arrive(0, 1)).at(7999, arrive(0, 1));
        assertThat(run.until(8000).brief(RoundOpened.class, RoundCompleted.class))
                .containsExactly(
                        "0 RoundOpened 1 2",
                        "3000 RoundCompleted 1 3000 P1",
                        "3000 RoundOpened 2 2",
                        "7999 RoundCompleted 2 4999 P1",
                        "7999 RoundOpened 3 2");
    }

    @Test
    void aRoundThatOpensWithTheReleaseBreaksEvenIfNobodyComes() {
        var run = new TestRun(windows(2)).until(5000);
        assertThat(run.brief(RoundOpened.class, RoundBroken.class))
                .containsExactly(
                        "0 RoundOpened 1 2", "5000 RoundBroken 1 [P0, P1]", "5000 RoundOpened 2 2");
        assertThat(run.count(Reported.class)).isEqualTo(2);
    }

    /// The second round was open when both were taken to be failed.
    @Test
    void noRoundOpensWithTheReleaseWhileNobodyIsExpected() {
        var run =
                new TestRun(windows(2))
                        .at(60_000, new OperatorHeal(TestRun.partitions(1).getFirst()))
                        .until(64_999);
        assertThat(run.brief(RoundOpened.class, RoundBroken.class))
                .containsExactly(
                        "0 RoundOpened 1 2",
                        "5000 RoundBroken 1 [P0, P1]",
                        "5000 RoundOpened 2 2",
                        "10000 RoundBroken 2 []",
                        "60000 RoundOpened 3 1");
    }

    @Test
    void afterACrashOfTheCoordinatorARoundOpensWithoutAnArrival() {
        var crash = new Crash(List.of(), Selector.of(Topology.COORDINATOR));
        var run = new TestRun(windows(2)).during(1000, 2000, crash).until(3000);
        assertThat(run.brief(RoundOpened.class))
                .containsExactly("0 RoundOpened 1 2", "2000 RoundOpened 2 2");
    }

    /// Release and arrival take 40 ms each.
    @Test
    void latencyIsPaidOnBothWays() {
        var settings =
                Settings.of(3)
                        .with(Settings.network(Settings.millis(40), Probability.NEVER))
                        .withBarrier(Settings.millis(300));
        var run = new TestRun(settings).until(1000);
        assertThat(run.brief(RoundCompleted.class))
                .containsExactly("340 RoundCompleted 1 0 P2", "720 RoundCompleted 2 0 P2");
    }

    @Test
    void theSlowestPartitionMakesTheRoundLong() {
        var settings = Settings.of(4).withBarrier(new Uniform(100e6, 900e6));
        var run = new TestRun(settings, 3).until(60_000);
        var rounds = run.trace().all(RoundCompleted.class).toList();
        assertThat(rounds).hasSizeGreaterThan(60);
        assertThat(rounds).extracting(RoundCompleted::last).hasSize(rounds.size());
        assertThat(rounds.stream().map(RoundCompleted::last).distinct()).hasSize(4);
        assertThat(rounds).allMatch(round -> round.took().toMillis() <= 800);
    }

    @ParameterizedTest
    @EnumSource
    void aCrashedPartitionBreaksRoundsUntilItIsRecovered(SuspicionPolicy policy) {
        var settings =
                Settings.of(3)
                        .withBarrier(Settings.millis(1000))
                        .with(Settings.suspicion(policy, Duration.ofSeconds(5)));
        var run = new TestRun(settings).at(2500, P2_CRASHES).until(60_000);
        var broken = run.brief(RoundBroken.class);
        var last = run.brief(StatusChanged.class).getLast();
        assertThat(last).endsWith("StatusChanged P2 FAILED HEALTHY RECOVERED");
        var recovered = Long.parseLong(last.substring(0, last.indexOf(' ')));
        assertThat(broken).allMatch(line -> line.endsWith("[P2]"));
        assertThat(broken)
                .allMatch(line -> Long.parseLong(line.substring(0, line.indexOf(' '))) < recovered);
        assertThat(run.brief(RoundOpened.class)).last().asString().endsWith(" 3");
        assertThat(run.brief(RoundCompleted.class)).last().asString().startsWith("59");
    }

    /// P2 is up and does arrive, but is taken to be failed while it does; as soon as it is healthy
    /// again nobody waits for it in vain.
    @Test
    void whoArrivesWhileTakenToBeFailedIsReleasedWithTheOthers() {
        var settings =
                Settings.of(3)
                        .withBarrier(Settings.millis(1000))
                        .with(Settings.suspicion(SuspicionPolicy.COUNTING, Duration.ZERO));
        var run = new TestRun(settings).twoReports(2900, 2).until(20_000);
        assertThat(run.brief(StatusChanged.class))
                .endsWith("3125 StatusChanged P2 FAILED HEALTHY RECOVERED");
        assertThat(run.brief(RoundOpened.class).get(2)).isEqualTo("3000 RoundOpened 3 2");
        assertThat(run.count(RoundBroken.class)).isZero();
        assertThat(run.count(RoundCompleted.class)).isEqualTo(20);
    }

    @Test
    void whoWasExcludedDuringARoundComesBackWithTheNext() {
        var run =
                new TestRun(scripted(SuspicionPolicy.COUNTING))
                        .at(0, arrive(0))
                        .twoReports(100, 2)
                        .at(1000, arrive(1))
                        .at(2000, arrive(0))
                        .until(3000);
        assertThat(run.brief(RoundOpened.class, RoundCompleted.class))
                .containsExactly(
                        "0 RoundOpened 1 3",
                        "1000 RoundCompleted 1 1000 P1",
                        "2000 RoundOpened 2 3");
    }

    // The barrier's own node.

    /// P0 and P1 have arrived, their arrivals are lost with the node, and P2's finds it down.
    /// Nobody waits for ever.
    @Test
    void aRestartOfTheBarriersNodeReleasesEverybody() {
        var settings = Settings.of(3).withBarrier(Settings.millis(1000));
        var crash = new Crash(List.of(), Selector.of(Topology.COORDINATOR));
        var run = new TestRun(settings).during(1500, 2500, crash).until(10_000);
        assertThat(run.brief(RoundCompleted.class).subList(0, 3))
                .containsExactly(
                        "1000 RoundCompleted 1 0 P2",
                        "3500 RoundCompleted 2 0 P2",
                        "4500 RoundCompleted 3 0 P2");
        assertThat(run.count(RoundBroken.class)).isZero();
    }

    @Test
    void aRoundThatWasOpenWhenTheNodeCrashedHasNoDeadline() {
        var crash = new Crash(List.of(), Selector.of(Topology.COORDINATOR));
        var run =
                new TestRun(scripted(SuspicionPolicy.CONFIRMING))
                        .at(0, arrive(0))
                        .during(1000, 2000, crash)
                        .at(3000, arrive(1))
                        .until(60_000);
        assertThat(run.brief(RoundOpened.class, RoundBroken.class))
                .containsExactly(
                        "0 RoundOpened 1 3", "3000 RoundOpened 2 3", "8000 RoundBroken 2 [P0, P2]");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void lostArrivalsAndReleasesAreSentAgain(long seed) {
        var settings = Settings.of(4).withBarrier(Settings.millis(500));
        var loss =
                new MessageLoss(
                        new Probability(0.2),
                        List.of(MessageKind.BARRIER_ARRIVE, MessageKind.BARRIER_RELEASE),
                        Selector.NOBODY,
                        Selector.NOBODY);
        var run = new TestRun(settings, seed).at(0, loss).until(60_000);
        assertThat(run.count(RoundCompleted.class)).isGreaterThan(40);
    }

    @Test
    void roundsThatWouldRepeatAtOneInstantAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(3).withBarrier(new Constant(0)))
                .withMessageStartingWith("with no work, no gap and no poll");
    }

    // Rounds that go on without who is missing.

    /// A time-out of 200 ms, looked at every millisecond.
    private static Settings soft() {
        return scripted(SuspicionPolicy.COUNTING)
                .barrier(
                        "timeout",
                        Duration.ofMillis(200),
                        "onDeadline",
                        OnDeadline.PROCEED,
                        "poll",
                        Duration.ofMillis(1));
    }

    private static List<String> rounds(TestRun run) {
        return run.brief(
                RoundOpened.class, RoundCompleted.class, RoundBroken.class, RoundWentOn.class);
    }

    @Test
    void aRoundMayGoOnWithoutWhoIsMissingAndReportNobody() {
        var run = new TestRun(soft()).at(0, arrive(0)).at(50, arrive(1)).until(60_000);
        assertThat(rounds(run)).containsExactly("0 RoundOpened 1 3", "201 RoundWentOn 1 [P2]");
        assertThat(run.count(Reported.class)).isZero();
        assertThat(run.count(StatusChanged.class)).isZero();
    }

    @Test
    void withoutPollsItGoesOnAtTheExactTime() {
        var run =
                new TestRun(soft().barrier("poll", Duration.ZERO))
                        .at(0, arrive(0, 1))
                        .at(200, arrive(2))
                        .at(300, arrive(0, 1))
                        .until(60_000);
        assertThat(rounds(run))
                .containsExactly(
                        "0 RoundOpened 1 3",
                        "200 RoundCompleted 1 200 P2",
                        "300 RoundOpened 2 3",
                        "500 RoundWentOn 2 [P2]");
    }

    @Test
    void whoArrivesWithTheLastLookIsInTime() {
        var run = new TestRun(soft()).at(0, arrive(0, 1)).at(201, arrive(2)).until(60_000);
        assertThat(rounds(run)).containsExactly("0 RoundOpened 1 3", "201 RoundCompleted 1 201 P2");
    }

    /// P2 comes for the first round when the others are in the second, so it does not wait; its
    /// next arrival is for the second.
    @Test
    void whoIsLateFindsTheOthersAheadAndNeedNotWait() {
        var run =
                new TestRun(soft())
                        .at(0, arrive(0, 1))
                        .at(250, arrive(0, 1))
                        .at(300, arrive(2))
                        .at(400, arrive(2))
                        .until(60_000);
        assertThat(rounds(run))
                .containsExactly(
                        "0 RoundOpened 1 3",
                        "201 RoundWentOn 1 [P2]",
                        "250 RoundOpened 2 3",
                        "400 RoundCompleted 2 150 P2");
    }

    @Test
    void whoIsAheadCountsInEveryRoundUpToItsOwn() {
        var run =
                new TestRun(soft())
                        .at(0, arrive(2))
                        .at(10, arrive(2))
                        .at(20, arrive(0, 1))
                        .at(30, arrive(0, 1))
                        .until(60_000);
        assertThat(rounds(run))
                .containsExactly(
                        "0 RoundOpened 1 3",
                        "20 RoundCompleted 1 20 P1",
                        "20 RoundOpened 2 3",
                        "30 RoundCompleted 2 10 P1");
    }

    /// Work of 300 ms for P0 and P1; P2 crashes and comes back, and joins the round in which the
    /// others are.
    @Test
    void whoStartsAgainJoinsTheOthersWhereTheyAre() {
        var settings =
                soft().barrier("work", Optional.of(Settings.millis(300)), "poll", Duration.ZERO);
        var run = new TestRun(settings).during(310, 1400, P2_CRASHES).until(2500);
        assertThat(rounds(run))
                .containsExactly(
                        "300 RoundOpened 1 3",
                        "300 RoundCompleted 1 0 P2",
                        "600 RoundOpened 2 3",
                        "800 RoundWentOn 2 [P2]",
                        "1100 RoundOpened 3 3",
                        "1300 RoundWentOn 3 [P2]",
                        "1600 RoundOpened 4 3",
                        "1700 RoundCompleted 4 100 P2",
                        "2000 RoundOpened 5 3",
                        "2000 RoundCompleted 5 0 P2",
                        "2300 RoundOpened 6 3",
                        "2300 RoundCompleted 6 0 P2");
    }

    /// It is recovered while its lag is two rounds, and is expected in the very next one.
    @Test
    void whoIsRecoveredIsBehindNoMore() {
        var run =
                new TestRun(soft())
                        .at(0, arrive(0, 1))
                        .at(300, arrive(0, 1))
                        .twoReports(600, 2)
                        .at(900, arrive(0, 1, 2))
                        .until(60_000);
        assertThat(rounds(run))
                .endsWith(
                        "501 RoundWentOn 2 [P2]",
                        "900 RoundOpened 3 3",
                        "900 RoundCompleted 3 0 P2");
    }

    @Test
    void whoWasOnlySuspectedIsStillBehind() {
        var run =
                new TestRun(soft())
                        .at(0, arrive(0, 1))
                        .report(300, 2)
                        .at(400, new SignOfLife(TestRun.partitions(2)))
                        .at(500, arrive(2))
                        .until(60_000);
        assertThat(rounds(run)).containsExactly("0 RoundOpened 1 3", "201 RoundWentOn 1 [P2]");
    }

    @Test
    void aRestartOfTheBarriersNodeForgetsWhoIsBehind() {
        var crash = new Crash(List.of(), Selector.of(Topology.COORDINATOR));
        var run =
                new TestRun(soft())
                        .at(0, arrive(0, 1))
                        .during(300, 400, crash)
                        .at(500, arrive(0, 1, 2))
                        .until(60_000);
        assertThat(rounds(run)).endsWith("500 RoundOpened 2 3", "500 RoundCompleted 2 0 P2");
    }

    // A barrier that polls.

    @Test
    void aPolledRoundEndsWithTheNextLook() {
        var polled = scripted(SuspicionPolicy.COUNTING).barrier("poll", Duration.ofMillis(300));
        var run = new TestRun(polled).at(100, arrive(0, 1)).at(650, arrive(2)).until(60_000);
        assertThat(rounds(run))
                .containsExactly("100 RoundOpened 1 3", "900 RoundCompleted 1 800 P2");
    }

    /// The time is over at 5100, which is no look; at a look it is not over yet.
    @ParameterizedTest
    @CsvSource({"100, 5400", "400, 5700", "401, 5700"})
    void aPolledRoundBreaksAtTheFirstLookAfterItsTime(long opened, long broken) {
        var polled = scripted(SuspicionPolicy.COUNTING).barrier("poll", Duration.ofMillis(300));
        var run = new TestRun(polled).at(opened, arrive(0, 1)).until(10_000);
        assertThat(run.brief(RoundBroken.class)).containsExactly(broken + " RoundBroken 1 [P2]");
    }

    /// So rounds without work do not repeat at one instant.
    @Test
    void oneLookEndsOneRound() {
        var settings =
                Settings.of(3)
                        .withBarrier(Settings.millis(1))
                        .barrier("poll", Duration.ofMillis(100))
                        .barrier("work", Optional.of(Settings.millis(0)));
        var run = new TestRun(settings).until(250);
        assertThat(run.brief(RoundCompleted.class))
                .containsExactly(
                        "0 RoundCompleted 1 0 P2",
                        "100 RoundCompleted 2 100 P2",
                        "200 RoundCompleted 3 100 P2");
    }
}
