package io.faultline.model.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.TestRun;
import io.faultline.model.cluster.PartitionId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Whom a walk along dependencies comes to.
class CascadeTest {

    private static final int PARTITIONS = 20;

    /// Dependencies such as `1>0`, the first on the second.
    static DependencySettings settings(int depth, String... dependencies) {
        var of = new HashMap<PartitionId, List<PartitionId>>();
        for (var dependency : dependencies) {
            var ends = dependency.split(">");
            of.merge(
                    new PartitionId(Integer.parseInt(ends[0])),
                    List.of(new PartitionId(Integer.parseInt(ends[1]))),
                    (some, more) ->
                            java.util.stream.Stream.concat(some.stream(), more.stream()).toList());
        }
        return new DependencySettings(of, depth, Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    static String[] chain(int length) {
        var links = new String[length - 1];
        for (int i = 1; i < length; i++) {
            links[i - 1] = i + ">" + (i - 1);
        }
        return links;
    }

    /// Steps as `P1/2`, partition and level; those that come too soon as `(P1)`.
    private static List<String> walk(Cascade cascade, int root, long millis) {
        return cascade.from(new PartitionId(root), millis * 1_000_000).stream()
                .map(step ->
                        step.isTooSoon()
                                ? "(" + step.partition() + ")"
                                : step.partition() + "/" + step.level())
                .toList();
    }

    private static List<String> walk(DependencySettings settings, int root) {
        return walk(new Cascade(settings, PARTITIONS), root, 0);
    }

    @Test
    void twoThatDependOnEachOtherAreVisitedOnceEach() {
        assertThat(walk(settings(10, "0>1", "1>0"), 0)).containsExactly("P0/0", "P1/1");
    }

    @Test
    void ofAChainOfFifteenTenLevelsAreVisited() {
        assertThat(walk(settings(10, chain(15)), 0)).hasSize(10).endsWith("P9/9");
        assertThat(walk(settings(11, chain(15)), 0)).hasSize(11);
        assertThat(walk(settings(1, chain(15)), 0)).containsExactly("P0/0");
    }

    @Test
    void levelsComeOneAfterAnotherAndEachInOrderOfRank() {
        assertThat(walk(settings(10, "5>0", "3>0", "4>3", "2>5", "1>4"), 0))
                .containsExactly("P0/0", "P3/1", "P5/1", "P4/2", "P2/2", "P1/3");
    }

    @Test
    void whoDependsInTwoWaysIsVisitedOnceAndAsSoonAsPossible() {
        assertThat(walk(settings(10, "1>0", "2>0", "3>1", "3>2", "3>0"), 0))
                .containsExactly("P0/0", "P1/1", "P2/1", "P3/1");
    }

    @Test
    void whoDependsOnTheRootOfNobodyIsLeftAlone() {
        assertThat(walk(settings(10, "1>0", "2>3"), 0)).containsExactly("P0/0", "P1/1");
    }

    @Test
    void aVisitWithinTheCooldownIsSkippedWithAllThatFollowsFromIt() {
        var cascade = new Cascade(settings(10, "1>0", "2>1"), PARTITIONS);
        assertThat(walk(cascade, 1, 0)).containsExactly("P1/0", "P2/1");
        assertThat(walk(cascade, 0, 999)).containsExactly("P0/0", "(P1)");
        assertThat(walk(cascade, 1, 1000)).containsExactly("P1/0", "P2/1");
    }

    /// A visit that was skipped does not begin the cooldown anew.
    @Test
    void ofTriggersEveryHalfSecondEverySecondOneCounts() {
        var cascade = new Cascade(settings(10, "1>0"), PARTITIONS);
        assertThat(walk(cascade, 0, 0)).containsExactly("P0/0", "P1/1");
        assertThat(walk(cascade, 0, 500)).containsExactly("(P0)");
        assertThat(walk(cascade, 0, 1000)).containsExactly("P0/0", "P1/1");
        assertThat(walk(cascade, 0, 1500)).containsExactly("(P0)");
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        var of = Map.of(new PartitionId(1), TestRun.partitions(0));
        var second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DependencySettings(Map.of(), 10, second, second))
                .withMessage("of must name partitions and what they depend on");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DependencySettings(of, 0, second, second))
                .withMessage("depth must be at least 1, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DependencySettings(of, 1, second.negated(), second))
                .withMessage("cooldown must not be negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DependencySettings(of, 1, second, Duration.ZERO))
                .withMessage("rejoin must be longer than 0");
    }
}
