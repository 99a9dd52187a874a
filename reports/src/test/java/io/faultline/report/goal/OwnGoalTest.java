package io.faultline.report.goal;

import static io.faultline.report.TraceBuilder.P1;
import static io.faultline.report.goal.Judging.held;
import static io.faultline.report.goal.Judging.violated;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Trace;
import io.faultline.model.observation.Observed.Rejoined;
import io.faultline.report.TraceBuilder;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class OwnGoalTest {

    record Joined(int times) implements OwnGoal {
        @Override
        public String description() {
            return "so many have joined again";
        }

        @Override
        public Reach reach(Trace trace, Aftermath aftermath) {
            var seen = new int[1];
            return Reach.atEachInstant(
                    trace,
                    entry -> {
                        if (entry.what() instanceof Rejoined) {
                            seen[0]++;
                        }
                    },
                    () -> seen[0] == times);
        }
    }

    private static TraceBuilder joined(int... at) {
        var story = new TraceBuilder().place(3);
        for (int millis : at) {
            story.at(millis, new Rejoined(P1, Duration.ZERO));
        }
        return story;
    }

    @Test
    void whatYouCallReachedIsJudgedLikeAnyOther() {
        held(new Joined(2), joined(1_000, 4_000), "since 4.000s");
        violated(new Joined(2), joined(1_000, 6_000), "only since 6.000s");
        violated(new Joined(2), joined(1_000), "not at all");
        violated(
                new Joined(2),
                joined(1_000, 2_000, 7_000),
                "since 2.000s, but no longer from 7.000s");
    }

    @Test
    void itIsToldByTheNameOfItsClass() {
        assertThat(new Joined(2).name())
                .isEqualTo("io.faultline.report.goal.OwnGoalTest.Joined(times=2)");
    }
}
