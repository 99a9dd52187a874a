package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.fault.Isolation.Direction;
import io.faultline.model.network.MessageKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Who still reaches whom when the network falls apart.
class SplitsTest {

    private static final List<MessageKind> HEARTBEATS = List.of(MessageKind.HEARTBEAT);

    private static Selector nodes(String... names) {
        return Selector.of(Arrays.stream(names).map(NodeId::new).toList());
    }

    /// For each node, whom its messages reach: `n0 n1 c`, where c is the coordinator.
    private static List<String> reach(int partitions, Fault... faults) {
        var run = new TestRun(Settings.of(partitions).topology("regions", regions(partitions)));
        for (var fault : faults) {
            run.at(10, fault);
        }
        return reach(run.until(20));
    }

    private static List<String> regions(int partitions) {
        return partitions < 4 ? List.of() : List.of("east", "west");
    }

    private static List<String> reach(TestRun run) {
        var network = run.world().network();
        return run.world().nodes().stream()
                .map(from ->
                        run.world().nodes().stream()
                                .filter(to -> network.connects(from, to))
                                .map(SplitsTest::brief)
                                .collect(Collectors.joining(" ", brief(from) + ": ", "")))
                .toList();
    }

    private static String brief(Node node) {
        return node.id().name().replace("coordinator", "c");
    }

    @Test
    void aPartialSplitKeepsTwoGroupsApartAndNobodyElse() {
        assertThat(reach(3, new PartialSplit(nodes("n0"), nodes("n1", "coordinator"))))
                .containsExactly("n0: n0 n2", "n1: n1 n2 c", "n2: n0 n1 n2 c", "c: n1 n2 c");
    }

    @Test
    void whoIsChosenForBothGroupsBelongsToTheFirst() {
        assertThat(reach(3, new PartialSplit(nodes("n0", "n1"), nodes("n1", "n2"))))
                .containsExactly("n0: n0 n1 c", "n1: n0 n1 c", "n2: n2 c", "c: n0 n1 n2 c");
    }

    @Test
    void aBridgeTalksToBothHalves() {
        assertThat(reach(3, new Bridge(nodes("n1"), nodes("n0"))))
                .containsExactly("n0: n0 n1", "n1: n0 n1 n2 c", "n2: n1 n2 c", "c: n1 n2 c");
    }

    /// Four are left besides n2, the coordinator's node being the last.
    @Test
    void theHalvesOfABridgeAreAsLargeAsEachOther() {
        assertThat(reach(4, new Bridge(nodes("n2"), Selector.NOBODY)))
                .containsExactly(
                        "n0: n0 n1 n2",
                        "n1: n0 n1 n2",
                        "n2: n0 n1 n2 n3 c",
                        "n3: n2 n3 c",
                        "c: n2 n3 c");
    }

    @ParameterizedTest
    @CsvSource({
        "BOTH, n0: n0 n1, n2: n2 c",
        "IN,   n0: n0 n1 n2 c, n2: n2 c",
        "OUT,  n0: n0 n1, n2: n0 n1 n2 c",
    })
    void whoIsIsolatedIsCutOffFromTheRestOneWayOrBoth(Direction direction, String n0, String n2) {
        assertThat(reach(3, new Isolation(nodes("n0", "n1"), direction))).contains(n0, n2);
    }

    @Test
    void aMinorityOfAThirdCanBeIsolated() {
        var reach = reach(7, new Isolation(Selector.of(Mode.MINORITY_THIRD), Direction.BOTH));
        assertThat(reach).filteredOn(line -> line.split(" ").length == 3).hasSize(2);
        assertThat(reach).filteredOn(line -> line.split(" ").length == 7).hasSize(6);
    }

    @Test
    void regionsFallApart() {
        var apart = List.of("n0: n0 n1 c", "n1: n0 n1 c", "n2: n2 n3", "n3: n2 n3", "c: n0 n1 c");
        assertThat(reach(4, new RegionSplit(List.of()))).isEqualTo(apart);
        assertThat(reach(4, new RegionSplit(List.of("west")))).isEqualTo(apart);
    }

    @Test
    void zonesFallApart() {
        var apart = List.of("n0: n0 n1 c", "n1: n0 n1 c", "n2: n2 n3", "n3: n2 n3", "c: n0 n1 c");
        assertThat(reach(4, new ZoneSplit(List.of()))).isEqualTo(apart);
        assertThat(reach(4, new ZoneSplit(List.of("z1")))).isEqualTo(apart);
    }

    /// As many as are still exact: a majority and not one more.
    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 8, 9, 10, 13})
    void inAMajoritiesRingEverybodySeesASmallestMajority(int size) {
        assertThat(rings(size)).allMatch(line -> line.split(" ").length == size / 2 + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 11, 15})
    void whereThatCannotBeEverybodySeesOneMore(int size) {
        assertThat(rings(size)).allMatch(line -> line.split(" ").length == size / 2 + 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void inAMajoritiesRingNoTwoSeeTheSameAndWhoSeesIsSeen(int size) {
        var rings = rings(size);
        assertThat(new HashSet<>(rings)).hasSize(size);
        for (int place = 0; place < size; place++) {
            for (int other = 0; other < size; other++) {
                assertThat(MajoritiesRing.sees(place, other, size))
                        .isEqualTo(MajoritiesRing.sees(other, place, size));
            }
        }
    }

    private static List<String> rings(int size) {
        return IntStream.range(0, size)
                .mapToObj(place ->
                        IntStream.range(0, size)
                                .filter(other ->
                                        other == place || MajoritiesRing.sees(place, other, size))
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining(" ")))
                .toList();
    }

    @Test
    void ofThreeNobodyIsCutOffByARing() {
        var run = new TestRun(Settings.of(3)).at(10, new MajoritiesRing(Selector.of(Mode.ALL)));
        assertThat(reach(run.until(20))).allMatch(line -> line.endsWith("n0 n1 n2 c"));
    }

    @Test
    void nodesThatAreNotOfTheRingTalkToEverybody() {
        var reach = reach(5, new MajoritiesRing(Selector.of(Mode.ALL)));
        assertThat(reach.getLast()).isEqualTo("c: n0 n1 n2 n3 n4 c");
        assertThat(reach.subList(0, 5)).allMatch(line -> line.split(" ").length == 5);
    }

    @Test
    void theOrderOfARingIsRandom() {
        var ring = new MajoritiesRing(Selector.of(Mode.ALL));
        var orders = new HashSet<List<String>>();
        for (long seed = 0; seed < 20; seed++) {
            orders.add(reach(new TestRun(Settings.of(6), seed).at(10, ring).until(20)));
        }
        assertThat(orders).hasSizeGreaterThan(5); // of the ten that there are
    }

    /// Every split keeps apart what it would keep apart alone.
    @Test
    void splitsThatOverlapCompose() {
        assertThat(
                        reach(
                                3,
                                new Isolation(nodes("n0"), Direction.IN),
                                new PartialSplit(nodes("n1"), nodes("n2"))))
                .containsExactly("n0: n0 n1 n2 c", "n1: n1 c", "n2: n2 c", "c: n1 n2 c");
    }

    /// Whoever has the same sides reaches the same nodes, and is reached by them.
    @Test
    void nodesOnTheSameSidesAreTreatedAlike() {
        var run =
                new TestRun(Settings.of(8))
                        .at(10, new Isolation(nodes("n0", "n1", "n2"), Direction.OUT))
                        .at(10, new PartialSplit(nodes("n2", "n3"), nodes("n5")))
                        .at(10, new PartialSplit(nodes("n4"), nodes("n6"), HEARTBEATS))
                        .until(20);
        assertAlikeOnTheSameSides(run, 5);
    }

    /// Splits for some kinds divide nodes only if they leave nothing together.
    @Test
    void nodesOnTheSameSidesAreTreatedAlikeByWhatCutsOffOnlyTogether() {
        var rest = List.copyOf(EnumSet.complementOf(EnumSet.copyOf(HEARTBEATS)));
        var run =
                new TestRun(Settings.of(8))
                        .at(10, new Isolation(nodes("n0", "n1", "n2"), Direction.OUT))
                        .at(10, new PartialSplit(nodes("n2", "n3"), nodes("n5"), HEARTBEATS))
                        .at(10, new PartialSplit(nodes("n3", "n4"), nodes("n5"), rest))
                        .until(20);
        assertAlikeOnTheSameSides(run, 6);
        var network = run.world().network();
        var n5 = run.world().node(new NodeId("n5"));
        assertThat(run.world().nodes())
                .filteredOn(node -> !network.connects(n5, node))
                .extracting(SplitsTest::brief)
                .containsExactly("n3");
    }

    private static void assertAlikeOnTheSameSides(TestRun run, int sides) {
        var network = run.world().network();
        var classes =
                run.world().nodes().stream()
                        .collect(Collectors.groupingBy(network::sides))
                        .values();
        assertThat(classes).hasSize(sides);
        for (var alike : classes) {
            for (var one : alike) {
                for (var other : run.world().nodes()) {
                    if (!alike.contains(other)) {
                        assertThat(network.connects(one, other))
                                .isEqualTo(network.connects(alike.getFirst(), other));
                        assertThat(network.connects(other, one))
                                .isEqualTo(network.connects(other, alike.getFirst()));
                    } else {
                        assertThat(network.connects(one, other)).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void aSplitNeedsNodes() {
        var nobody = Selector.NOBODY;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Isolation(nobody, Direction.BOTH));
        assertThatIllegalArgumentException().isThrownBy(() -> new PartialSplit(nobody, nobody));
        assertThatIllegalArgumentException().isThrownBy(() -> new Bridge(nobody, nobody));
        assertThatIllegalArgumentException().isThrownBy(() -> new MajoritiesRing(nobody));
    }
}
