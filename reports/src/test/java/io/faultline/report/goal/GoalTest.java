package io.faultline.report.goal;

import static io.faultline.report.TraceBuilder.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.model.observation.Observed.RoundOpened;
import io.faultline.report.TraceBuilder;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.HealedCore;
import io.faultline.report.verdict.Judgement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

class GoalTest {

    static List<Goal> all() {
        return Goal.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void isFoundByItsNameAndSaysWhatItIs(Goal goal) {
        assertThat(Goal.named(goal.name())).isEqualTo(goal);
        assertThat(goal.description()).isNotBlank().doesNotEndWith(".");
    }

    @Test
    void anUnknownOneIsNotThere() {
        assertThatThrownBy(() -> Goal.named("all-well")).hasMessage("unknown goal 'all-well'");
    }

    @Test
    void aRunThatEndsBeforeItIsDueIsInconclusive() {
        var story = new TraceBuilder().place(3).at(2_500, new RoundOpened(1, 3));
        var trace = story.by("end", 3_000).build();
        var aftermath = new Aftermath(HealedCore.of(trace, true), time(2_000), time(3_000));
        assertThat(new RoundsComplete().judge(trace, aftermath, time(5_000), "why"))
                .returns(Answer.INCONCLUSIVE, Judgement::answer)
                .returns(
                        "not at the end of the run, 3.000s, due by 5.000s (why)",
                        Judgement::finding);
        assertThat(new RoundsComplete().judge(trace, aftermath, time(3_000), "").answer())
                .isEqualTo(Answer.VIOLATED);
    }
}
