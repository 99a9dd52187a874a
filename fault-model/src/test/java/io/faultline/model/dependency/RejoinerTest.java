package io.faultline.model.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Changed;
import io.faultline.model.Probability;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.Topology;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.Selector;
import io.faultline.model.observation.Observed.RejoinAsked;
import io.faultline.model.observation.Observed.RejoinSkipped;
import io.faultline.model.observation.Observed.RejoinTimedOut;
import io.faultline.model.observation.Observed.Rejoined;
import io.faultline.model.observation.Observed.ReportKind;
import io.faultline.model.observation.Observed.Reported;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.script.OperatorHeal;
import io.faultline.model.script.Report;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Who joins again when a partition comes back. A recovery takes 225 ms.
class RejoinerTest {

    private static Settings settings(int partitions, DependencySettings dependencies) {
        return Settings.of(partitions)
                .with(Settings.suspicion(SuspicionPolicy.COUNTING, Duration.ZERO))
                .with(Settings.network(Settings.millis(5), Probability.NEVER))
                .protocol("dependencies", Optional.of(dependencies));
    }

    @Test
    void aPartitionThatComesBackAndThoseThatDependOnItJoinAgain() {
        var run =
                new TestRun(settings(3, CascadeTest.settings(10, "1>0", "2>1")))
                        .twoReports(0, 0)
                        .until(1000);
        assertThat(run.brief(RejoinAsked.class, Rejoined.class))
                .containsExactly(
                        "235 RejoinAsked P0 P0 0",
                        "235 RejoinAsked P0 P1 1",
                        "235 RejoinAsked P0 P2 2",
                        "245 Rejoined P0 10",
                        "245 Rejoined P1 10",
                        "245 Rejoined P2 10");
    }

    @Test
    void ofAChainOfFifteenTenAreAsked() {
        var run =
                new TestRun(settings(15, CascadeTest.settings(10, CascadeTest.chain(15))))
                        .twoReports(0, 0)
                        .until(1000);
        assertThat(run.count(RejoinAsked.class)).isEqualTo(10);
    }

    @Test
    void whoeverComesBackTooOftenIsSkipped() {
        var run =
                new TestRun(
                        settings(5, CascadeTest.settings(10, "1>0"))
                                .with(Settings.network(Settings.millis(0), Probability.NEVER)));
        for (long time : new long[] {775, 1275, 1775, 2275}) {
            run.twoReports(time, 0);
        }
        assertThat(run.until(5000).brief(RejoinAsked.class, RejoinSkipped.class))
                .containsExactly(
                        "1000 RejoinAsked P0 P0 0",
                        "1000 RejoinAsked P0 P1 1",
                        "1500 RejoinSkipped P0 P0 500",
                        "2000 RejoinAsked P0 P0 0",
                        "2000 RejoinAsked P0 P1 1",
                        "2500 RejoinSkipped P0 P0 500");
    }

    @Test
    void aSuspicionThatIsWithdrawnAsksNobody() {
        var run =
                new TestRun(settings(3, CascadeTest.settings(10, "1>0")))
                        .report(0, 0)
                        .at(100, new OperatorHeal(new PartitionId(0)))
                        .until(1000);
        assertThat(run.count(StatusChanged.class)).isEqualTo(2);
        assertThat(run.count(RejoinAsked.class)).isZero();
    }

    /// P1 is down when it is asked at 235, so nothing comes of it.
    @Test
    void noAnswerInTimeIsReportedAsAFailedSynchronisation() {
        for (long rejoin : new long[] {30_000, 2000}) {
            var dependencies =
                    Changed.in(
                            CascadeTest.settings(10, "1>0"), "rejoin", Duration.ofMillis(rejoin));
            var run =
                    new TestRun(settings(3, dependencies))
                            .at(100, new Crash(TestRun.partitions(1), Selector.NOBODY))
                            .twoReports(0, 0)
                            .until(60_000);
            assertThat(run.brief(RejoinTimedOut.class))
                    .containsExactly(rejoin + 235 + " RejoinTimedOut P1");
            assertThat(run.brief(Reported.class))
                    .contains(rejoin + 235 + " Reported P1 SYNC_FAILURE 1");
        }
    }

    @Test
    void anAnswerSpeaksForThePartition() {
        var run =
                new TestRun(settings(3, CascadeTest.settings(10, "1>0")))
                        .twoReports(0, 0)
                        .at(100, new Report(TestRun.partitions(1), ReportKind.SYNC_FAILURE, 1))
                        .until(1000);
        assertThat(run.brief(StatusChanged.class))
                .contains(
                        "100 StatusChanged P1 HEALTHY SUSPECTED SYNC_FAILURE",
                        "245 StatusChanged P1 SUSPECTED HEALTHY FALSE_ALARM");
    }

    @Test
    void withItsNodeItForgetsWhomItAsked() {
        var run =
                new TestRun(settings(3, CascadeTest.settings(10, "1>0")))
                        .twoReports(0, 0)
                        .during(236, 500, new Crash(List.of(), Selector.of(Topology.COORDINATOR)))
                        .until(60_000);
        assertThat(run.count(RejoinAsked.class)).isEqualTo(2);
        assertThat(run.count(Rejoined.class)).isZero();
        assertThat(run.count(RejoinTimedOut.class)).isZero();
    }
}
