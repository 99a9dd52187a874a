package io.faultline.model.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Settings;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.detector.Suspicions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How many partitions are enough.
class QuorumTest {

    @ParameterizedTest
    @CsvSource({"3, 5", "4, 5", "5, 5", "3, 4", "2, 3", "1, 1", "2, 2", "5, 8"})
    void moreThanHalfIsAQuorum(int active, int total) {
        assertThat(new StrictMajority().holds(active, total)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2, 5", "1, 5", "0, 5", "2, 4", "1, 3", "1, 2", "0, 1", "4, 8"})
    void halfOrLessIsNone(int active, int total) {
        assertThat(new StrictMajority().holds(active, total)).isFalse();
    }

    /// Half of nobody would be nobody, and so a quorum.
    @Test
    void whenAllHaveFailedAndLeftTheViewNobodyIsAQuorum() {
        var suspicions = new Suspicions(Settings.of(1).protocol().suspicion(), 1);
        var view = new Census(Census.Suspected.INACTIVE, Census.Denominator.VIEW);
        var electorate = new Electorate(suspicions, new HalfOrMore(), view);
        assertThat(electorate.isQuorate()).isTrue();
        suspicions.suspect(new PartitionId(0), StatusReason.HEARTBEAT_MISS);
        suspicions.fail(new PartitionId(0), StatusReason.HEARTBEAT_MISS);
        assertThat(electorate.total()).isZero();
        assertThat(electorate.isQuorate()).isFalse();
    }

    /// Numbers by hand; those of the Byzantine formulas up to n = 100 as published with the 67 %
    /// rule.
    @ParameterizedTest
    @CsvSource({
        // n, majority, half, legacy, bft067, bft2f1, t+1
        "1, 1, 1, 1, 2, 1, 1",
        "2, 2, 1, 1, 2, 2, 1",
        "3, 2, 2, 2, 3, 3, 2",
        "4, 3, 2, 2, 3, 3, 2",
        "5, 3, 3, 3, 4, 4, 3",
        "6, 4, 3, 3, 5, 5, 3",
        "7, 4, 4, 4, 5, 5, 4",
        "9, 5, 5, 5, 7, 7, 5",
        "10, 6, 5, 5, 7, 7, 5",
        "12, 7, 6, 6, 9, 9, 6",
        "31, 16, 16, 16, 21, 21, 16",
        "100, 51, 50, 50, 67, 67, 50",
        "151, 76, 76, 76, 102, 101, 76",
        "1000, 501, 500, 500, 670, 667, 500"
    })
    void everyFormulaHasItsNumber(
            int n, int majority, int half, int legacy, int bft067, int bft2f1, int tolerance) {
        assertThat(new StrictMajority().needed(n)).isEqualTo(majority);
        assertThat(new HalfOrMore().needed(n)).isEqualTo(half);
        assertThat(new LegacyHalf().needed(n)).isEqualTo(legacy);
        assertThat(new Bft067().needed(n)).isEqualTo(bft067);
        assertThat(new Bft2f1().needed(n)).isEqualTo(bft2f1);
        assertThat(new TolerancePlusOne().needed(n)).isEqualTo(tolerance);
        assertThat(new Fixed(3).needed(n)).isEqualTo(3);
    }
}
