package io.faultline.model.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How many partitions are enough.
class QuorumTest {

    @ParameterizedTest
    @CsvSource({"3, 5", "4, 5", "5, 5", "3, 4", "2, 3", "1, 1", "2, 2", "5, 8"})
    void moreThanHalfIsAQuorum(int active, int total) {
        assertThat(Quorum.STRICT_MAJORITY.holds(active, total)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2, 5", "1, 5", "0, 5", "2, 4", "1, 3", "1, 2", "0, 1", "4, 8"})
    void halfOrLessIsNone(int active, int total) {
        assertThat(Quorum.STRICT_MAJORITY.holds(active, total)).isFalse();
    }
}
