package io.faultline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.cluster.PartitionId;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class RanksTest {

    private static List<PartitionId> p(int... ranks) {
        return IntStream.of(ranks).mapToObj(PartitionId::new).toList();
    }

    @Test
    void threeOrMoreInARowAreARange() {
        assertThat(Ranks.inWords(p(0, 1, 3, 4, 5, 9))).isEqualTo("P0 P1 P3–P5 P9");
        assertThat(Ranks.inWords(p(11, 9, 10))).isEqualTo("P9–P11");
    }

    @Test
    void nobodyIsSaidToBeNobody() {
        assertThat(Ranks.inWords(p())).isEqualTo("nobody");
    }
}
