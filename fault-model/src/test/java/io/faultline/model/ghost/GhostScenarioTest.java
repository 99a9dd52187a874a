package io.faultline.model.ghost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.MessageLoss;
import io.faultline.model.fault.Selector;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.Reported;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.recovery.PhaseDurations;
import io.faultline.model.script.Operation;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Partitions that synchronise ghosts once a second, and wait half a second for the answer.
class GhostScenarioTest {

    private static final Crash P1_CRASHES = new Crash(TestRun.partitions(1), Selector.NOBODY);

    private static Settings ghosts(int interval, int timeout, int neighbours) {
        return Settings.of(4)
                .protocol(
                        "ghosts",
                        Optional.of(
                                new GhostSettings(
                                        Duration.ofMillis(interval),
                                        Duration.ofMillis(timeout),
                                        neighbours)));
    }

    private static List<String> messages(TestRun run, MessageKind kind) {
        return run.trace().stream()
                .filter(entry -> entry.what() instanceof MessageDelivered m && m.message() == kind)
                .map(entry -> {
                    var m = (MessageDelivered) entry.what();
                    return entry.time().nanos() / 1_000_000 + " " + m.from() + " " + m.to();
                })
                .toList();
    }

    /// The first question that P1 does not answer is that of 2000; the time for it is over at 2500.
    @Test
    void withOneNeighbourTwoMissedRoundsRaiseSuspicionAndTimeConfirmsIt() {
        var run = new TestRun(ghosts(1000, 500, 1)).at(1300, P1_CRASHES).until(8500);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "3500 StatusChanged P1 HEALTHY SUSPECTED SYNC_FAILURE",
                        "8500 StatusChanged P1 SUSPECTED FAILED CONFIRMED");
        assertThat(run.brief(Reported.class).subList(0, 2))
                .containsExactly(
                        "2500 Reported P1 SYNC_FAILURE 1", "3500 Reported P1 SYNC_FAILURE 2");
    }

    @Test
    void twoWhoMissTheSamePartitionRaiseSuspicionInOneRound() {
        var run = new TestRun(ghosts(1000, 500, 2)).at(1300, P1_CRASHES).until(7600);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "2500 StatusChanged P1 HEALTHY SUSPECTED SYNC_FAILURE",
                        "7500 StatusChanged P1 SUSPECTED FAILED CONFIRMED");
    }

    @Test
    void intervalAndTimeoutDecideWhen() {
        var run = new TestRun(ghosts(700, 300, 1)).at(1300, P1_CRASHES).until(5000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly("2400 StatusChanged P1 HEALTHY SUSPECTED SYNC_FAILURE");
    }

    @Test
    void anAnswerAtTheLastInstantIsInTime() {
        var slow = Settings.network(Settings.millis(250), Probability.NEVER);
        var slower = Settings.network(Settings.millis(251), Probability.NEVER);
        assertThat(new TestRun(ghosts(1000, 500, 1).with(slow)).until(5000).count(Reported.class))
                .isZero();
        assertThat(new TestRun(ghosts(1000, 500, 1).with(slower)).until(5000).count(Reported.class))
                .isPositive();
    }

    @Test
    void theFirstAnswerAfterAFailureSpeaksForThePartitionAndTheOthersAreNotMentioned() {
        var deaf =
                new MessageLoss(
                        new Probability(1),
                        List.of(MessageKind.GHOST_ACK),
                        Selector.of(new NodeId("n1")),
                        Selector.NOBODY);
        var run = new TestRun(ghosts(1000, 500, 1)).during(900, 1300, deaf).until(9900);
        assertThat(run.brief(StatusChanged.class)).isEmpty();
        assertThat(run.brief(Reported.class)).containsExactly("1500 Reported P1 SYNC_FAILURE 1");
        assertThat(messages(run, MessageKind.SYNC_SUCCEEDED)).hasSize(1);
        assertThat(messages(run, MessageKind.SYNC_FAILED)).hasSize(1);
    }

    @Test
    void aSuspicionIsWithdrawnWhenTheNeighbourAnswersAgain() {
        var run = new TestRun(ghosts(1000, 500, 1)).during(1300, 3800, P1_CRASHES).until(9000);
        assertThat(run.brief(StatusChanged.class))
                .containsExactly(
                        "3500 StatusChanged P1 HEALTHY SUSPECTED SYNC_FAILURE",
                        "4000 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM");
    }

    @Test
    void aBusyNodeAnswersTooLate() {
        var busy = new Operation(new PartitionId(1), Duration.ofMillis(1800));
        var run = new TestRun(ghosts(1000, 500, 1)).at(900, busy).until(3900);
        assertThat(run.brief(Reported.class)).contains("1500 Reported P1 SYNC_FAILURE 1");
    }

    /// P3 is taken to be failed, and is not told of the pause; the others are.
    @Test
    void whileOperationsArePausedNobodyIsAsked() {
        var phases =
                new PhaseDurations(
                        Settings.millis(1800),
                        Settings.millis(100),
                        Settings.millis(75),
                        Settings.millis(0));
        var settings =
                ghosts(1000, 500, 1)
                        .suspicion("policy", SuspicionPolicy.COUNTING)
                        .recovery("phases", phases);
        var run = new TestRun(settings).twoReports(1150, 3).until(4400);
        assertThat(run.brief(Resumed.class)).containsExactly("3125 Resumed 1975");
        assertThat(messages(run, MessageKind.GHOST_SYNC))
                .contains("1000 n1 n2", "4000 n1 n2")
                .doesNotContain("2000 n1 n2", "3000 n1 n2");
        assertThat(run.trace().all(Reported.class)).allMatch(r -> r.partition().rank() == 3);
    }

    @Test
    void theTimeToAnswerEndsBeforeTheNextRound() {
        assertThatIllegalArgumentException().isThrownBy(() -> ghosts(500, 501, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> ghosts(500, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> ghosts(500, 500, 0));
    }
}
