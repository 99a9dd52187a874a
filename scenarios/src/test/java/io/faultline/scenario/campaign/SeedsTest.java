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

    @Test
    void thereIsALastSeed() {
        assertThat(Seeds.from(Long.MAX_VALUE - 1, 2).count()).isEqualTo(2);
        assertThatThrownBy(() -> Seeds.from(Long.MAX_VALUE - 1, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("there are not 3 seeds from 9223372036854775806 on");
    }

    @Test
    void partsAreEverySoManyth() {
        var seeds = Seeds.parse("1..7,20,30..32");
        assertThat(seeds.part(1, 3))
                .containsExactly(1L, 4L, 7L, 31L)
                .hasToString("1..7,20,30..32, part 1 of 3");
        assertThat(seeds.part(2, 3)).containsExactly(2L, 5L, 20L, 32L);
        assertThat(seeds.part(3, 3)).containsExactly(3L, 6L, 30L);
        for (int part = 1; part <= 3; part++) {
            var its = seeds.part(part, 3);
            assertThat(its.count()).isEqualTo(size(its));
            assertThat(seeds).filteredOn(its::contains).containsExactlyElementsOf(its);
        }
        var all = Seeds.parse(Long.MIN_VALUE + ".." + Long.MAX_VALUE);
        assertThat(all.part(1, 3).contains(Long.MAX_VALUE)).isTrue(); // 2^64 - 1 is a multiple of 3
        assertThat(all.part(3, 3).contains(Long.MAX_VALUE)).isFalse();
        assertThat(Seeds.ENDLESS.part(2, 4).iterator().next()).isEqualTo(2);
        assertThatThrownBy(() -> seeds.part(4, 3)).hasMessageContaining("no part 4 of 3");
    }

    private static long size(Seeds seeds) {
        long size = 0;
        for (long _ : seeds) {
            size++;
        }
        return size;
    }
}
