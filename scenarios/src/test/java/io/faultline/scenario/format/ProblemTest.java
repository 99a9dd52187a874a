package io.faultline.scenario.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void theCaretStandsUnderThePlace() {
        assertThat(new Problem("a.yaml", 3, 7, "wrong", "name: x").withExcerpt())
                .isEqualTo("a.yaml:3:7: wrong\n    name: x\n          ^");
    }

    @Test
    void tabsDoNotMoveTheCaret() {
        assertThat(new Problem("a.json", 1, 2, "wrong", "\tx").withExcerpt())
                .isEqualTo("a.json:1:2: wrong\n     x\n     ^");
    }

    @Test
    void ofALongLineOnlyTheSurroundingsAreShown() {
        var line = "x".repeat(500) + "HERE" + "y".repeat(500);
        var excerpt = new Problem("a.yaml", 1, 501, "wrong", line).withExcerpt().split("\n");

        assertThat(excerpt[1].strip()).hasSize(100).contains("HERE");
        assertThat(excerpt[2].indexOf('^')).isEqualTo(excerpt[1].indexOf("HERE"));
    }

    @Test
    void withoutALineThereIsNoExcerpt() {
        assertThat(new Problem("--set x=1", 0, 0, "wrong", "").withExcerpt())
                .isEqualTo("--set x=1: wrong");
    }
}
