package io.faultline.report.goal;

import static io.faultline.report.TraceBuilder.P0;
import static io.faultline.report.TraceBuilder.span;
import static io.faultline.report.TraceBuilder.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.report.TraceBuilder;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.HealedCore;
import io.faultline.report.verdict.Judgement;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.function.IntUnaryOperator;

/// In runs of half a minute, with a fault at 10 s; 25 s is when it is due.
class ThroughputRestoredTest {

    private static final int SECONDS = 30;

    /// @param rate how many operations are completed in each second
    private static Judgement judge(int fault, IntUnaryOperator rate) {
        var story = new TraceBuilder().place(3);
        for (int second = 0; second < SECONDS; second++) {
            if (second == fault) {
                story.at(1000 * second, new FaultInjected(0, "message-loss", "", List.of(P0)));
            }
            int completed = rate.applyAsInt(second);
            for (int i = 0; i < completed; i++) {
                story.at(
                        1000 * second + 990.0 * (i + 1) / completed,
                        new OperationCompleted(P0, span(1)));
            }
        }
        var trace = story.by("end", 1000 * SECONDS).build();
        var aftermath =
                new Aftermath(HealedCore.of(trace, true), time(20_000), time(1000 * SECONDS));
        return new ThroughputRestored().judge(trace, aftermath, time(25_000), "");
    }

    private static Judgement judge(IntUnaryOperator rate) {
        return judge(10, rate);
    }

    @Test
    void itIsRestoredWithTheFirstSecondThatIsNotLow() {
        assertThat(judge(second -> second < 10 || second >= 22 ? 20 : 5))
                .returns("since 22.000s, due by 25.000s", Judgement::finding)
                .returns(Answer.HELD, Judgement::answer);
    }

    @Test
    void aTenthLessWillDo() {
        assertThat(judge(second -> second < 10 ? 20 : 18).answer()).isEqualTo(Answer.HELD);
        assertThat(judge(second -> second < 10 ? 20 : 17).answer()).isEqualTo(Answer.VIOLATED);
    }

    @Test
    void whatIsRestoredLateIsViolated() {
        assertThat(judge(second -> second < 10 || second >= 27 ? 20 : 5))
                .returns("only since 27.000s, due by 25.000s", Judgement::finding)
                .returns(Answer.VIOLATED, Judgement::answer);
    }

    @Test
    void whatIsNeverRestoredIsViolated() {
        assertThat(judge(second -> second < 10 ? 20 : 5))
                .returns("not at all, due by 25.000s", Judgement::finding)
                .returns(Answer.VIOLATED, Judgement::answer);
    }

    @Test
    void twoLowSecondsInARowLoseItAndOneAloneDoesNot() {
        assertThat(judge(second -> second < 10 || second >= 22 && second < 28 ? 20 : 5))
                .returns(
                        "since 22.000s, but no longer from 28.000s, due by 25.000s",
                        Judgement::finding)
                .returns(Answer.VIOLATED, Judgement::answer);
        assertThat(judge(second -> second < 10 || second >= 22 && second != 28 ? 20 : 5).answer())
                .isEqualTo(Answer.HELD);
    }

    @Test
    void withoutATimeToCompareWithNobodyCanTell() {
        for (var judged : List.of(judge(3, _ -> 20), judge(_ -> 0))) {
            assertThat(judged.answer()).isEqualTo(Answer.INCONCLUSIVE);
            assertThat(judged.finding()).startsWith("nothing to compare with");
        }
    }
}
