package io.faultline.report.goal;

import static io.faultline.report.TraceBuilder.P1;
import static io.faultline.report.TraceBuilder.P2;
import static io.faultline.report.goal.Judging.held;
import static io.faultline.report.goal.Judging.judge;
import static io.faultline.report.goal.Judging.violated;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.HandlerPlaced;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.ViewChanged;
import io.faultline.report.TraceBuilder;

import org.junit.jupiter.api.Test;

import java.util.List;

class ViewsAgreeTest {

    private static final ViewsAgree GOAL = new ViewsAgree();

    private static ViewChanged suspects(PartitionId partition) {
        return new ViewChanged(partition, PartitionStatus.HEALTHY, PartitionStatus.SUSPECTED);
    }

    private static ViewChanged trusts(PartitionId partition) {
        return new ViewChanged(partition, PartitionStatus.SUSPECTED, PartitionStatus.HEALTHY);
    }

    /// East on the node of P0, West on that of P1.
    private static TraceBuilder two() {
        return new TraceBuilder()
                .place(3)
                .at(
                        0,
                        new HandlerPlaced("East", new NodeId("n0")),
                        new HandlerPlaced("West", new NodeId("n1")));
    }

    private static TraceBuilder disagreeing() {
        return two().by("East", 1_000, suspects(P2));
    }

    @Test
    void whoeverComesToBelieveTheSameAgrees() {
        held(GOAL, disagreeing().by("West", 4_000, suspects(P2)), "since 4.000s");
    }

    @Test
    void whoeverChangesHisMindBackAgreesToo() {
        held(GOAL, disagreeing().by("East", 3_000, trusts(P2)), "since 3.000s");
    }

    @Test
    void whatDiffersWithinOneInstantDoesNotCount() {
        var story = two().by("East", 1_000, suspects(P2)).by("West", 1_000, suspects(P2));
        held(GOAL, story, "since 0.000s");
    }

    @Test
    void whoeverAgreesLateIsTooLate() {
        violated(GOAL, disagreeing().by("West", 6_000, suspects(P2)), "only since 6.000s");
    }

    @Test
    void whoeverNeverAgreesIsViolated() {
        violated(GOAL, disagreeing(), "not at all");
    }

    @Test
    void agreementCanBeLost() {
        var story = disagreeing().by("West", 4_000, suspects(P2)).by("East", 7_000, trusts(P2));
        violated(GOAL, story, "since 4.000s, but no longer from 7.000s");
    }

    @Test
    void whoIsDownIsNotAsked() {
        var story = disagreeing().at(3_000, new NodeCrashed(new NodeId("n1")));
        held(GOAL, story, "since 3.000s");
    }

    @Test
    void whoIsOnANodeThatIsKeptOutIsNotAsked() {
        var split = new FaultInjected(0, "network-split", "", List.of(P1));
        var story =
                two().at(500, split, new PartitionDown(P1, DownCause.CUT_OFF))
                        .by("East", 1_000, suspects(P1))
                        .by("West", 1_000, suspects(P2));
        assertThat(judge(GOAL, story).finding())
                .startsWith("since 0.000s, due by 5.000s; judged on 2 of 3 partitions");
    }
}
