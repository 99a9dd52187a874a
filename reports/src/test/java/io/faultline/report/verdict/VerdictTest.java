package io.faultline.report.verdict;

import static io.faultline.report.verdict.Answer.HELD;
import static io.faultline.report.verdict.Answer.INCONCLUSIVE;
import static io.faultline.report.verdict.Answer.VIOLATED;
import static io.faultline.report.verdict.Concern.COMPLETION;
import static io.faultline.report.verdict.Concern.COVERAGE;
import static io.faultline.report.verdict.Concern.LIVENESS;
import static io.faultline.report.verdict.Concern.SAFETY;
import static io.faultline.report.verdict.Concern.THRESHOLD;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class VerdictTest {

    private static final Judgement SAFE = new Judgement("safe", SAFETY, HELD, "");
    private static final Judgement UNSAFE = new Judgement("unsafe", SAFETY, VIOLATED, "");
    private static final Judgement STUCK = new Judgement("stuck", LIVENESS, VIOLATED, "");
    private static final Judgement SLOW = new Judgement("slow", THRESHOLD, VIOLATED, "");
    private static final Judgement OPEN = new Judgement("open", COVERAGE, INCONCLUSIVE, "");

    @Test
    void gravestViolationDecidesAboutTheExitCode() {
        assertThat(exitCode(SAFE)).isEqualTo(0);
        assertThat(exitCode(SAFE, OPEN)).isEqualTo(2);
        assertThat(exitCode(OPEN, SLOW)).isEqualTo(4);
        assertThat(exitCode(OPEN, SLOW, STUCK)).isEqualTo(3);
        assertThat(exitCode(OPEN, SLOW, STUCK, UNSAFE)).isEqualTo(1);
    }

    @Test
    void runWithoutExpectationsIsInconclusive() {
        assertThat(exitCode()).isEqualTo(2);
    }

    @Test
    void whatCallsForAttentionComesFirst() {
        assertThat(new Verdict(List.of(SAFE, OPEN, SLOW, UNSAFE)).byUrgency())
                .containsExactly(UNSAFE, SLOW, OPEN, SAFE);
    }

    @Test
    void coverageIsNeverViolated() {
        assertThatThrownBy(() -> new Judgement("faults", COVERAGE, VIOLATED, ""))
                .hasMessageContaining("inconclusive");
    }

    private static int exitCode(Judgement... judgements) {
        return new Verdict(List.of(judgements)).exitCode();
    }

    @Test
    void aRunThatMayProveNothingEndsWellIfThatIsAllThatIsOpen() {
        var cut = new Judgement("completed", COMPLETION, INCONCLUSIVE, "");

        assertThat(new Verdict(List.of(SAFE, OPEN)).exitCode()).isEqualTo(2);
        assertThat(new Verdict(List.of(SAFE, OPEN)).exitCodeAllowingVacuous()).isZero();
        assertThat(new Verdict(List.of(SAFE, OPEN, cut)).exitCodeAllowingVacuous()).isEqualTo(2);
        assertThat(new Verdict(List.of(OPEN, STUCK)).exitCodeAllowingVacuous()).isEqualTo(3);
        assertThat(new Verdict(List.of()).exitCodeAllowingVacuous()).isZero();
    }
}
