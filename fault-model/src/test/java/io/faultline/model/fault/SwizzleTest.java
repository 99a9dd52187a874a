package io.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.MessageDelivered;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/// Nodes are clogged one after another, and freed in another order.
class SwizzleTest {

    private static final Swizzle ALL = new Swizzle(Selector.of(Mode.ALL), Duration.ofSeconds(20));

    private static TestRun run(long seed, long end) {
        return new TestRun(Settings.of(5).withHeartbeats(), seed)
                .during(10_000, end, ALL)
                .until(60_000);
    }

    /// Of each node, when a heartbeat came that had waited for the longest time, and for how long,
    /// in milliseconds.
    private static TreeMap<NodeId, long[]> longest(TestRun run) {
        var longest = new TreeMap<NodeId, long[]>(Comparator.comparing(NodeId::name));
        for (var entry : run.trace()) {
            if (entry.what() instanceof MessageDelivered(var kind, var from, _, var delay)
                    && kind == MessageKind.HEARTBEAT
                    && delay.toMillis() > longest.getOrDefault(from, new long[2])[1]) {
                longest.put(from, new long[] {entry.time().nanos() / 1_000_000, delay.toMillis()});
            }
        }
        return longest;
    }

    @Test
    void everyNodeIsCloggedInTheFirstHalfAndFreedInTheSecond() {
        var longest = longest(run(1, 50_000));
        assertThat(longest).hasSize(5);
        longest.values()
                .forEach(clog -> {
                    assertThat(clog[0]).isBetween(20_000L, 30_000L);
                    assertThat(clog[0] - clog[1]).isBetween(10_000L, 20_500L);
                });
    }

    @Test
    void theOrdersAreRandomAndDiffer() {
        var clogs = new HashSet<List<NodeId>>();
        var frees = new HashSet<List<NodeId>>();
        int same = 0;
        for (long seed = 0; seed < 12; seed++) {
            var longest = longest(run(seed, 50_000));
            var byEnd = order(longest, Comparator.comparing(node -> longest.get(node)[0]));
            var byBegin =
                    order(
                            longest,
                            Comparator.comparing(
                                    node -> longest.get(node)[0] - longest.get(node)[1]));
            frees.add(byEnd);
            clogs.add(byBegin);
            same += byEnd.equals(byBegin) ? 1 : 0;
        }
        assertThat(clogs).hasSizeGreaterThan(8);
        assertThat(frees).hasSizeGreaterThan(8);
        assertThat(same).isLessThan(3);
    }

    private static List<NodeId> order(TreeMap<NodeId, long[]> all, Comparator<NodeId> by) {
        return all.keySet().stream().sorted(by).toList();
    }

    @Test
    void allAreFreeAtTheEndOfTheFault() {
        longest(run(1, 20_000))
                .values()
                .forEach(clog -> assertThat(clog[0]).isLessThanOrEqualTo(20_000));
    }

    @Test
    void itNeedsNodesAndTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Swizzle(Selector.NOBODY, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Swizzle(Selector.of(Mode.ALL), Duration.ZERO));
    }
}
