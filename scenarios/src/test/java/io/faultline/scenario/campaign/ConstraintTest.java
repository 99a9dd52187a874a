package io.faultline.scenario.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.Optional;

class ConstraintTest {

    private static final Map<String, String> SETTINGS =
            Map.ofEntries(
                    Map.entry("suspect", "2s"),
                    Map.entry("heartbeat", "500ms"),
                    Map.entry("confirm", "1m30s"),
                    Map.entry("topology.partitions", "12"),
                    Map.entry("faults[0].message-loss.chance", "25%"),
                    Map.entry("faults[0].message-loss", "unused"),
                    Map.entry("workload.rate", "20/s"),
                    Map.entry("workload.service", "25ms"),
                    Map.entry("size", "1.5MB"),
                    Map.entry("bandwidth", "10MB/s"),
                    Map.entry("drift", "-1000"),
                    Map.entry("pause", "counted"),
                    Map.entry("oneWay", "true"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "suspect >= 3 * heartbeat",
                "suspect>=4*heartbeat",
                "suspect - heartbeat == 1500ms",
                "suspect / heartbeat == 4",
                "2 + 3 * 4 == 14",
                "(2 + 3) * 4 == 20",
                "10 - 4 - 3 == 3",
                "-heartbeat < 0ms",
                "confirm == 90s",
                "confirm == 1m30s",
                "1 == 2 || 1 == 1 && 2 == 2",
                "1 == 2 && 1 == 2 || 1 == 1",
                "!(1 == 2) && !oneWay == false || oneWay",
                "topology.partitions > 4",
                "faults[0].message-loss.chance <= 0.25",
                "faults[0].message-loss.chance == 25%",
                "workload.rate * workload.service < 0.8",
                "workload.rate == 1200/m",
                "size / bandwidth == 150ms",
                "drift == -1000",
                "pause == 'counted'",
                "pause != \"exclusive\"",
                "oneWay",
                "1 == 1 || 1 / 0 == 1",
            })
    void holds(String condition) {
        assertThat(holds(condition, SETTINGS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "suspect > 4 * heartbeat",
                "suspect < 2000000us",
                "1 == 1 && 1 == 2",
                "!oneWay",
                "pause == 'exclusive'",
                "topology.partitions != 12",
                "1 == 2 && 1 / 0 == 1",
            })
    void doesNotHold(String condition) {
        assertThat(holds(condition, SETTINGS)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    suspct >= 3s            | 1  | did you mean 'suspect'
                    suspect >= 3 * hartbeat | 16 | did you mean 'heartbeat'
                    suspect >= 3            | 9  | these cannot be compared: a time and a number
                    suspect + 1 > 2s        | 9  | these cannot be added: a time and a number
                    suspect * 2             | 1  | this is no condition
                    suspect >= (2s          | 12 | this parenthesis is not closed
                    suspect >= 2s)          | 14 | this is not expected here
                    suspect >=              | 11 | a setting, a number or a parenthesis
                    suspect && oneWay       | 9  | on both sides of this there is a condition
                    pause * 2 > 1           | 7  | not the word 'counted'
                    suspect / 0 > 1s        | 9  | this divides by 0
                    size > suspect          | 6  | a size and a time
                    3parsecs > 1            | 1  | a setting, a number or a parenthesis
                    """)
    void mistakesAreShownWhereTheyAre(String condition, int column, String sentence) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> holds(condition, SETTINGS))
                .withMessageStartingWith("column " + column + ": ")
                .withMessageContaining(sentence)
                .withMessageEndingWith("\n  " + " ".repeat(column - 1) + "^");
    }

    @Test
    void aSettingThatACellDoesNotHaveIsAMistake() {
        var constraint = Constraint.parse("suspect > 1s", SETTINGS.keySet());
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> constraint.holds(_ -> Optional.empty()))
                .withMessageContaining("no value in one of the cells");
    }

    private static boolean holds(String condition, Map<String, String> settings) {
        return Constraint.parse(condition, settings.keySet())
                .holds(name -> Optional.ofNullable(settings.get(name)));
    }
}
