package io.faultline.scenario.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedsTest {

    @Test
    void rangesAndSingleSeedsComeInOrderAndOnce() {
        var seeds = Seeds.parse("9,1..3,0x2..0x4");
        assertThat(seeds).containsExactly(1L, 2L, 3L, 4L, 9L);
        assertThat(seeds.count()).isEqualTo(5);
        assertThat(seeds).hasToString("1..4,9");
        assertThat(Seeds.parse("1..3, 4")).hasToString("1..4");
    }

    @Test
    void allBitsMayBeSet() {
        assertThat(Seeds.parse("0xffffffffffffffff")).containsExactly(-1L);
        assertThat(Seeds.parse("9223372036854775806..9223372036854775807"))
                .containsExactly(Long.MAX_VALUE - 1, Long.MAX_VALUE);
        assertThat(Seeds.ENDLESS.count()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "3..1", "1..", "..2", "1,,2", "1...3", "0xg", "1e3"})
    void whatIsNoSeedIsSaidToBeNone(String text) {
        assertThatThrownBy(() -> Seeds.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
