package io.faultline.model.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Trace;
import io.faultline.kernel.random.Exponential;
import io.faultline.model.ClockStep;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.detector.HeartbeatTimeout;
import io.faultline.model.detector.watch.FullMesh;
import io.faultline.model.detector.watch.Ring;
import io.faultline.model.fault.ClockDrift;
import io.faultline.model.fault.ClockSkew;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.Selector;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.LockTimedOut;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.MessageDropped;
import io.faultline.model.observation.Observed.PauseTimedOut;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.RoundBroken;
import io.faultline.model.observation.Observed.RoundOpened;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.recovery.PhaseDurations;
import io.faultline.model.script.Arrive;
import io.faultline.model.script.Operation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/// What wrong clocks lead to: heartbeats at multiples of 500 ms, checks at multiples of 100 ms,
/// suspicion beyond 2 s and failure beyond 5 s of silence, confirmation after 5 s.
class NodeClockTest {

    private static final NodeId N1 = new NodeId("n1");
    private static final Crash CRASH = new Crash(TestRun.partitions(1), Selector.NOBODY);

    private static ClockSkew skew(NodeId node, long millis) {
        return new ClockSkew(Selector.of(node), new ClockStep(millis * 1_000_000));
    }

    private static ClockSkew skew(long millis) {
        return skew(Topology.COORDINATOR, millis);
    }

    private static ClockDrift drift(NodeId node, int percent) {
        return new ClockDrift(Selector.of(node), percent * 10_000);
    }

    private static ClockDrift drift(int percent) {
        return drift(Topology.COORDINATOR, percent);
    }

    private static TestRun heartbeats() {
        return new TestRun(Settings.of(3).withHeartbeats());
    }

    // Steps.

    /// Everybody was last heard from at 1000. At the check at 1400 that seems to be 2000 ms ago.
    @Test
    void aDetectorWhoseClockJumpsByLittleSuspectsNobody() {
        var run = heartbeats().at(1250, skew(1600)).until(60_000);
        assertThat(run.count(StatusChanged.class)).isZero();
        assertThat(run.brief(FaultTookEffect.class)).containsExactly("1300 FaultTookEffect 0");
    }

    /// Checks go on at their times; only what the clock shows at them has changed.
    @Test
    void aDetectorWhoseClockJumpsByMoreSuspectsEverybodyUntilTheNextHeartbeat() {
        var run = heartbeats().at(1250, skew(1601)).until(60_000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "1400 StatusChanged P0 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "1400 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "1400 StatusChanged P2 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "1500 StatusChanged P0 SUSPECTED HEALTHY FALSE_ALARM",
                        "1500 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM",
                        "1500 StatusChanged P2 SUSPECTED HEALTHY FALSE_ALARM");
    }

    /// Set right at 1350, it never shows more than 350 ms of silence after that.
    @Test
    void aJumpThatIsUndoneInTimeRaisesNoSuspicion() {
        var run = heartbeats().during(1250, 1350, skew(1601)).until(60_000);
        assertThat(run.count(StatusChanged.class)).isZero();
    }

    @Test
    void aSuspicionEndsWhenTheClockIsSetRight() {
        var run = heartbeats().during(1250, 1410, skew(1900)).until(60_000);
        assertThat(run.brief(StatusChanged.class))
                .map(line -> line.substring(0, line.indexOf(" P")))
                .containsExactly(
                        "1300 StatusChanged",
                        "1300 StatusChanged",
                        "1300 StatusChanged",
                        "1500 StatusChanged",
                        "1500 StatusChanged",
                        "1500 StatusChanged");
    }

    @Test
    void aJumpBeyondTheFailureTimeFailsThoseWhoAreUp() {
        var run = new TestRun(Settings.of(1).withHeartbeats()).at(1250, skew(4800)).until(1400);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "1300 StatusChanged P0 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "1300 StatusChanged P0 SUSPECTED FAILED HEARTBEAT_MISS");
    }

    /// P1 was last heard from at 1000; at 6100 that seems to be 2100 ms ago.
    @Test
    void aDetectorWhoseClockIsSetBackFindsACrashAsMuchLater() {
        var run = heartbeats().at(1200, CRASH).at(1250, skew(-3000)).until(9200);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "6100 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "9100 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS");
    }

    /// Everybody watches everybody, and two must accuse. Whoever is on `n3` finds all others silent
    /// and says so to the jury; all else that is observed stays the same to the letter.
    @Test
    void aStepChangesWhatTheOneNodeBelievesAndNothingElse() {
        var mesh =
                Settings.of(6)
                        .with(Settings.network(new Exponential(20e6), new Probability(0.02)))
                        .withHeartbeats(new FullMesh(2));
        assertOnlyN3Testifies(mesh);
    }

    /// What `n3` says to the jury and to the barrier goes over one link, whose chances a testimony
    /// would use up; so here messages take the same time always.
    @Test
    void norDoesItChangeWhatTheNodeDoesAtTheBarrier() {
        var mesh =
                Settings.of(6)
                        .with(Settings.network(Settings.millis(20), Probability.NEVER))
                        .withHeartbeats(new FullMesh(2))
                        .withBarrier(new Exponential(300e6));
        assertOnlyN3Testifies(mesh);
    }

    private static void assertOnlyN3Testifies(Settings mesh) {
        var settings = mesh.with(Settings.workload(5, new Exponential(5e6)));
        var n3 = new NodeId("n3");
        var with = new TestRun(settings, 3).at(10_250, skew(n3, 3000)).until(60_000);
        var without = new TestRun(settings, 3).until(60_000);
        assertThat(besidesTestimoniesOfN3(without)).hasSizeGreaterThan(5000);
        assertThat(String.join("\n", besidesTestimoniesOfN3(with)))
                .isEqualTo(String.join("\n", besidesTestimoniesOfN3(without)));
        assertThat(testimoniesOfN3(without)).isZero();
        assertThat(testimoniesOfN3(with)).isGreaterThanOrEqualTo(2 * 5);
    }

    private static List<String> besidesTestimoniesOfN3(TestRun run) {
        return run.trace().stream()
                .filter(e ->
                        !isTestimonyOfN3(e)
                                && !(e.what() instanceof FaultInjected)
                                && !(e.what() instanceof FaultTookEffect))
                .map(Trace.Entry::toString)
                .toList();
    }

    private static long testimoniesOfN3(TestRun run) {
        return run.trace().stream().filter(NodeClockTest::isTestimonyOfN3).count();
    }

    private static boolean isTestimonyOfN3(Trace.Entry entry) {
        var n3 = new NodeId("n3");
        return switch (entry.what()) {
            case MessageDelivered(var kind, var from, _, _) ->
                    kind == MessageKind.TESTIMONY && from.equals(n3);
            case MessageDropped(var kind, var from, _, _) ->
                    kind == MessageKind.TESTIMONY && from.equals(n3);
            default -> false;
        };
    }

    /// A sender's clock times its heartbeats, and timers do not mind steps.
    @ParameterizedTest
    @ValueSource(longs = {1600, 1601, 100_000, -100_000})
    void theClockOfASenderIsOfNoConsequence(long millis) {
        var run = heartbeats().at(1250, skew(N1, millis)).until(10_000);
        var without = heartbeats().until(10_000);
        assertThat(run.brief(MessageDelivered.class))
                .isEqualTo(without.brief(MessageDelivered.class));
        assertThat(run.count(StatusChanged.class)).isZero();
        assertThat(run.count(FaultTookEffect.class)).isZero();
    }

    /// In a ring n2 watches P1, and its clock is its own. It is believed unless a second watcher
    /// has to say the same.
    @Test
    void aWatcherWhoseClockJumpsSuspectsThoseWhomItWatches() {
        var settings = Settings.of(5).withHeartbeats(new Ring(1, 1));
        var run = new TestRun(settings).at(1250, skew(new NodeId("n2"), 1601)).until(60_000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "1400 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "1500 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM");
        var two = Settings.of(5).withHeartbeats(new Ring(2, 2));
        var outvoted = new TestRun(two).at(1250, skew(new NodeId("n2"), 1601)).until(60_000);
        assertThat(outvoted.count(FaultTookEffect.class)).isOne();
        assertThat(outvoted.count(StatusChanged.class)).isZero();
    }

    /// No check falls between 1250 and 1260, and no heartbeat.
    @Test
    void aStepThatNobodySawTookNoEffect() {
        var run = heartbeats().during(1250, 1260, skew(10_000)).until(60_000);
        assertThat(run.count(FaultTookEffect.class)).isZero();
        assertThat(run.count(StatusChanged.class)).isZero();
    }

    /// The confirmation of a report is a timer.
    @ParameterizedTest
    @ValueSource(longs = {3000, -3000, 100_000})
    void aTimerThatRunsIsNotMovedByAStep(long millis) {
        var run = new TestRun(Settings.of(3)).twoReports(0, 1).at(1500, skew(millis)).until(5000);
        assertThat(run.brief(StatusChanged.class))
                .endsWith("5000 StatusChanged P1 SUSPECTED FAILED CONFIRMED");
        assertThat(run.count(FaultTookEffect.class)).isZero();
    }

    private static Settings polled() {
        return Settings.of(3).suspicion("poll", Duration.ofSeconds(1));
    }

    /// Suspected at 0, and looked at every second.
    @ParameterizedTest
    @CsvSource({"2500, 3000", "3000, 2000", "-3000, 8000", "100000, 2000"})
    void aPolledConfirmationComparesWhatTheClockShows(long millis, long failed) {
        var run = new TestRun(polled()).twoReports(0, 1).at(1500, skew(millis)).until(failed);
        assertThat(run.brief(StatusChanged.class))
                .endsWith(failed + " StatusChanged P1 SUSPECTED FAILED CONFIRMED");
        assertThat(run.count(FaultTookEffect.class)).isOne();
    }

    // Drift.

    /// Last heard from at 1000, when it counts 1100; it counts 3200 at 2909, and 6200 at 5636.
    @Test
    void aDetectorWhoseClockIsFastFindsACrashEarlier() {
        var run = heartbeats().at(0, drift(10)).at(1200, CRASH).until(5700);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "2909 StatusChanged P1 HEALTHY SUSPECTED HEARTBEAT_MISS",
                        "5636 StatusChanged P1 SUSPECTED FAILED HEARTBEAT_MISS");
    }

    /// A thousand millionths: 3101 − 1001 and 6101 − 1001 counted, divided by 1.001.
    @Test
    void aMillisecondInASecondIsATenthOfAPercent() {
        var fast = new ClockDrift(Selector.of(Topology.COORDINATOR), 1000);
        var run = heartbeats().at(0, fast).at(1200, CRASH).until(6100);
        assertThat(
                        run.trace().stream()
                                .filter(entry -> entry.what() instanceof StatusChanged)
                                .map(entry -> entry.time().nanos()))
                .containsExactly(3_096_903_097L, 6_093_906_094L);
    }

    /// Suspected at 0. By 2500 half of the 5 s are over; the rest takes 2500 / 1.1.
    @Test
    void aTimerThatRunsIsShortenedByWhatIsLeftOfIt() {
        var run = new TestRun(Settings.of(3)).twoReports(0, 1).at(2500, drift(10)).until(4900);
        assertThat(run.brief(StatusChanged.class))
                .endsWith("4772 StatusChanged P1 SUSPECTED FAILED CONFIRMED");
        assertThat(run.brief(FaultTookEffect.class)).containsExactly("2500 FaultTookEffect 0");
    }

    /// From 2500 to 3600 it counts 1210.
    @Test
    void aDriftThatEndsLeavesWhatWasCounted() {
        var run =
                new TestRun(Settings.of(3))
                        .twoReports(0, 1)
                        .during(2500, 3600, drift(10))
                        .until(5000);
        assertThat(run.brief(StatusChanged.class))
                .endsWith("4890 StatusChanged P1 SUSPECTED FAILED CONFIRMED");
    }

    @Test
    void twoDriftsAddUp() {
        var run =
                new TestRun(Settings.of(3))
                        .at(0, drift(10))
                        .at(0, drift(-10))
                        .twoReports(0, 1)
                        .until(5000);
        assertThat(run.brief(StatusChanged.class))
                .endsWith("5000 StatusChanged P1 SUSPECTED FAILED CONFIRMED");
    }

    @Test
    void aDriftTakesNoEffectWhereNobodyMeasuresTime() {
        var run = new TestRun(Settings.of(3)).at(0, drift(10)).at(0, drift(N1, 10)).until(5000);
        assertThat(run.count(FaultTookEffect.class)).isZero();
    }

    /// 5 s by a clock that is ten percent slow are 5556 ms.
    @Test
    void aBarrierWithASlowClockWaitsLonger() {
        var run =
                new TestRun(Settings.of(3).withScriptedBarrier())
                        .at(1000, new Arrive(TestRun.partitions(0)))
                        .at(0, drift(-10))
                        .until(8000);
        assertThat(run.brief(RoundOpened.class, RoundBroken.class))
                .containsExactly("1000 RoundOpened 1 3", "6555 RoundBroken 1 [P1, P2]");
    }

    /// P0 is busy for a minute, so nothing is quiescent; P2 waits for the lock meanwhile. Both
    /// time-outs are 5 s, and are 5556 ms.
    @Test
    void theTimeOutsOfARecoveryAreTimedByTheCoordinatorsClock() {
        var run =
                new TestRun(
                                Settings.of(5)
                                        .with(Settings.recovery(1))
                                        .suspicion("confirm", Duration.ZERO)
                                        .recovery("phases", longPhases()))
                        .at(0, drift(-10))
                        .at(0, new Operation(new PartitionId(0), Duration.ofMinutes(1)))
                        .twoReports(0, 1, 2)
                        .until(8000);
        assertThat(run.brief(PauseTimedOut.class, LockTimedOut.class))
                .containsExactly("5555 PauseTimedOut 1", "5555 LockTimedOut P2");
    }

    /// Begun at 0, with a second to complete.
    @Test
    void theTimeOfAnAttemptIsTakenByTheCoordinatorsClock() {
        var run =
                new TestRun(
                                Settings.of(3)
                                        .suspicion("confirm", Duration.ZERO)
                                        .recovery(
                                                "phases",
                                                longPhases(),
                                                "timeout",
                                                Duration.ofSeconds(1)))
                        .at(0, drift(-10))
                        .twoReports(0, 1)
                        .until(1200);
        assertThat(run.brief(AttemptFinished.class))
                .containsExactly("1111 AttemptFinished P1 1 false false");
    }

    private static PhaseDurations longPhases() {
        var minute = Settings.millis(60_000);
        return new PhaseDurations(minute, minute, minute, minute);
    }

    /// The first attempt fails at its first phase, at 50; the wait of 100 is one of 111.
    @Test
    void theWaitBeforeARetryIsTimedByTheCoordinatorsClock() {
        var run =
                new TestRun(
                                Settings.of(3)
                                        .suspicion("confirm", Duration.ZERO)
                                        .recovery("phaseFailure", new Probability(1)))
                        .at(0, drift(-10))
                        .twoReports(0, 1)
                        .until(200);
        assertThat(run.brief(PhaseEntered.class))
                .containsExactly(
                        "0 PhaseEntered P1 DETECTING 1",
                        "50 PhaseEntered P1 FAILED 1",
                        "161 PhaseEntered P1 DETECTING 2");
    }

    /// At 1300, 300 of the 500 ms until the next heartbeat are over.
    @Test
    void aSlowSenderSendsItsHeartbeatsLater() {
        var run = heartbeats().during(1300, 2400, drift(N1, -10)).until(3600);
        assertThat(
                        run.brief(o ->
                                o instanceof MessageDelivered(var kind, var from, _, _)
                                        && kind == MessageKind.HEARTBEAT
                                        && from.equals(N1)))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly("0", "500", "1000", "1522", "2077", "2610", "3110");
    }

    /// Its heartbeats are 11 % too far apart, which is too much for a detector so impatient.
    @Test
    void aSlowSenderIsSuspectedByAnImpatientDetector() {
        var impatient =
                new HeartbeatTimeout(
                        Duration.ofMillis(500),
                        Duration.ofMillis(540),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(10));
        var settings = Settings.of(3).with(impatient);
        assertThat(new TestRun(settings).until(10_000).count(StatusChanged.class)).isZero();
        assertThat(new TestRun(settings).at(0, drift(N1, -10)).until(10_000))
                .satisfies(run -> assertThat(run.count(StatusChanged.class)).isGreaterThan(10));
    }

    /// After a thousand rounds, each with a timer of its own, only the one that runs is moved.
    @Test
    void timersThatAreOverStayOver() {
        var run =
                new TestRun(Settings.of(2).withBarrier(Settings.millis(10)))
                        .at(10_005, drift(10))
                        .at(10_005, CRASH)
                        .until(16_000);
        assertThat(run.count(RoundOpened.class)).isGreaterThan(1000);
        assertThat(run.brief(RoundBroken.class)).containsExactly("14555 RoundBroken 1001 [P1]");
    }

    // Against the obvious way of doing it.

    /// The monitor looks at few checks, and plans them anew when its clock changes; a monitor that
    /// looked at every one would say the same. With one partition there is never a quorum, so a
    /// failure stands.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void verdictsAreThoseOfAMonitorThatLooksAtEveryCheck(long seed) {
        var detector =
                new HeartbeatTimeout(
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(3000),
                        Duration.ofMillis(30 + 10 * seed));
        var settings =
                Settings.of(1)
                        .with(detector)
                        .with(Settings.network(new Exponential(60e6), new Probability(0.5)));
        var run = new TestRun(settings, seed);
        var random = new Random(seed);
        var clock = new ArrayList<>(List.of(ClockState.RIGHT));
        for (long at = 1000; at < 60_000; at += 1 + random.nextInt(4000)) {
            var last = clock.getLast();
            if (random.nextBoolean()) {
                long millis = random.nextBoolean() ? random.nextInt(700) - 350 : 7;
                run.at(at, skew(millis == 0 ? 1 : millis));
                var stepped = last.drifting(at * 1_000_000, last.ppm());
                clock.add(stepped.stepped((millis == 0 ? 1 : millis) * 1_000_000));
            } else {
                int ppm = last.ppm() == 0 ? (random.nextInt(9) + 1) * 10_000 : -last.ppm();
                run.at(at, new ClockDrift(Selector.of(Topology.COORDINATOR), ppm));
                clock.add(last.drifting(at * 1_000_000, last.ppm() + ppm));
            }
        }
        run.until(60_000);
        var expected = verdictsAtEveryCheck(run.trace(), detector, clock);
        assertThat(expected.size()).isGreaterThan(5);
        assertThat(
                        run.trace().stream()
                                .filter(entry -> entry.what() instanceof StatusChanged)
                                .map(entry ->
                                        entry.time().nanos()
                                                + " "
                                                + ((StatusChanged) entry.what()).to()))
                .containsExactlyElementsOf(expected);
    }

    private static List<String> verdictsAtEveryCheck(
            Trace trace, HeartbeatTimeout detector, List<ClockState> clock) {
        var arrivals = new TreeSet<>(List.of(0L));
        trace.stream()
                .filter(entry -> entry.what() instanceof MessageDelivered)
                .forEach(entry -> arrivals.add(entry.time().nanos()));
        var verdicts = new ArrayList<String>();
        var status = PartitionStatus.HEALTHY;
        long period = detector.check().toNanos();
        for (long count = 0; status != PartitionStatus.FAILED; count += period) {
            long at = instantOf(count, clock);
            if (at > 60_000_000_000L) {
                break;
            }
            long heard = arrivals.floor(at);
            long silence = at(at, clock).shown(at) - at(heard, clock).shown(heard);
            var now =
                    silence > detector.failure().toNanos()
                            ? PartitionStatus.FAILED
                            : silence > detector.suspect().toNanos()
                                    ? PartitionStatus.SUSPECTED
                                    : PartitionStatus.HEALTHY;
            if (now == PartitionStatus.FAILED && status == PartitionStatus.HEALTHY) {
                verdicts.add(at + " SUSPECTED");
            }
            if (now != status) {
                verdicts.add(at + " " + now);
                status = now;
            }
        }
        return verdicts;
    }

    /// How the clock goes at an instant.
    private static ClockState at(long instant, List<ClockState> clock) {
        return clock.reversed().stream()
                .filter(state -> state.since() <= instant)
                .findFirst()
                .orElseThrow();
    }

    private static long instantOf(long count, List<ClockState> clock) {
        return clock.reversed().stream()
                .filter(state -> state.counted() < count || state.since() == 0)
                .findFirst()
                .orElseThrow()
                .instantOf(count);
    }
}
