package io.faultline.model.detector.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.TestRun;
import io.faultline.model.cluster.PartitionId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.stream.IntStream;

/// Who watches whom.
class WatchTest {

    private static List<PartitionId> watchers(Watch watch, int rank, int total) {
        return watch.watchersOf(new PartitionId(rank), total);
    }

    @Test
    void whereTheCoordinatorWatchesNoPartitionDoes() {
        assertThat(watchers(new Coordinator(), 3, 5)).isEmpty();
    }

    @Test
    void inARingTheNextOnesWatchAndTheFirstFollowTheLast() {
        var ring = new Ring(3, 1);
        assertThat(watchers(ring, 0, 6)).isEqualTo(TestRun.partitions(1, 2, 3));
        assertThat(watchers(ring, 4, 6)).isEqualTo(TestRun.partitions(5, 0, 1));
    }

    @Test
    void inARingThatIsTooSmallNobodyWatchesTwice() {
        assertThat(watchers(new Ring(3, 1), 1, 3)).isEqualTo(TestRun.partitions(2, 0));
        assertThat(watchers(new Ring(3, 1), 0, 1)).isEmpty();
    }

    @Test
    void inAFullMeshAllOthersWatch() {
        assertThat(watchers(new FullMesh(1), 1, 4)).isEqualTo(TestRun.partitions(0, 2, 3));
    }

    @Test
    void inATreeTheFirstOfABlockWatchesTheOthers() {
        var tree = new Tree(3);
        assertThat(watchers(tree, 0, 8)).isEmpty();
        assertThat(watchers(tree, 2, 8)).isEqualTo(TestRun.partitions(0));
        assertThat(watchers(tree, 3, 8)).isEmpty();
        assertThat(watchers(tree, 7, 8)).isEqualTo(TestRun.partitions(6));
    }

    @Test
    void nobodyWatchesHimself() {
        for (var watch : List.of(new Ring(9, 2), new FullMesh(1), new Tree(4))) {
            IntStream.range(0, 6)
                    .forEach(rank ->
                            assertThat(watchers(watch, rank, 6))
                                    .doesNotContain(new PartitionId(rank))
                                    .doesNotHaveDuplicates());
        }
    }

    /// With three neighbours of whom two must accuse, two partitions of a row are found at a time.
    @ParameterizedTest
    @CsvSource({"3, 1, 0, 1", "3, 1, 3, 1", "3, 1, 4, 2", "3, 2, 4, 2", "3, 3, 4, 4"})
    void aRowOfARingIsFoundFromItsEnd(int neighbours, int accusers, int atOnce, int waves) {
        assertThat(new Ring(neighbours, accusers).waves(atOnce)).isEqualTo(waves);
    }

    @Test
    void aBlockIsFoundAfterItsHead() {
        assertThat(new Tree(10).waves(1)).isEqualTo(1);
        assertThat(new Tree(10).waves(7)).isEqualTo(2);
        assertThat(new Coordinator().waves(7)).isEqualTo(1);
        assertThat(new FullMesh(1).waves(7)).isEqualTo(1);
    }

    @Test
    void numbersThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ring(0, 1))
                .withMessage("neighbours must be at least 1, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ring(3, 4))
                .withMessage("accusers lies in [1, 3], but was 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FullMesh(0))
                .withMessage("accusers must be at least 1, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tree(1))
                .withMessage("fanOut must be at least 2, but was 1");
    }
}
