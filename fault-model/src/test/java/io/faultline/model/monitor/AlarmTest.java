package io.faultline.model.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When an alert is raised and cleared.
class AlarmTest {

    /// Polls: `!` exceeded, `-` neither exceeded nor clear, `.` clear. Edges: `R` raised, `C`
    /// cleared, `.` none.
    private static String edges(Alarm alarm, String polls) {
        var edges = new StringBuilder();
        for (char poll : polls.toCharArray()) {
            edges.append(
                    switch (alarm.poll(poll == '!', poll == '.')) {
                        case NONE -> '.';
                        case RAISED -> 'R';
                        case CLEARED -> 'C';
                    });
        }
        return edges.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, .!!.!., .R.CRC",
        "2, 1, .!.!.!, ......",
        "2, 1, .!!.!., ..RC..",
        "1, 2, !.!.!.., R.....C",
        "3, 2, !!.!!!!.!.., .....R....C",
        "1, 1, !--.--!, R..C..R",
        "2, 2, !!-.-..!, .R....C.",
    })
    void polls(int raiseAfter, int clearAfter, String polls, String edges) {
        assertThat(edges(new Alarm(raiseAfter, clearAfter), polls)).isEqualTo(edges);
    }

    @Test
    void thePollsOfAnAlertCountFromTheFirstThatRaisedItToItsEnd() {
        var alarm = new Alarm(2, 2);
        edges(alarm, "!.!!-!.!..");
        assertThat(alarm.polls()).isEqualTo(4);
        edges(alarm, ".!!..");
        assertThat(alarm.polls()).isEqualTo(2);
    }
}
