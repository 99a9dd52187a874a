package io.faultline.report.goal;

import static io.faultline.report.TraceBuilder.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.report.TraceBuilder;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.HealedCore;
import io.faultline.report.verdict.Judgement;

/// Judges runs of nine seconds, whose last fault was over at 2 s, by what is due at 5 s.
final class Judging {

    private Judging() {}

    static Judgement judge(Goal goal, TraceBuilder story) {
        var trace = story.by("end", 9_000).build();
        var aftermath = new Aftermath(HealedCore.of(trace, true), time(2_000), time(9_000));
        return goal.judge(trace, aftermath, time(5_000), "");
    }

    static void held(Goal goal, TraceBuilder story, String finding) {
        assertThat(judge(goal, story))
                .returns("eventually " + goal.name(), Judgement::name)
                .returns(finding + ", due by 5.000s", Judgement::finding)
                .returns(Answer.HELD, Judgement::answer);
    }

    static void violated(Goal goal, TraceBuilder story, String finding) {
        assertThat(judge(goal, story))
                .returns("eventually " + goal.name(), Judgement::name)
                .returns(finding + ", due by 5.000s", Judgement::finding)
                .returns(Answer.VIOLATED, Judgement::answer);
    }
}
