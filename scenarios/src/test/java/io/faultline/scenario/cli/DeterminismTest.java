package io.faultline.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.World;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.fault.Effect;
import io.faultline.model.fault.OwnFault;
import io.faultline.model.network.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;

/// Models that depend on what is not part of a run are found, with the first event that differs.
class DeterminismTest {

    /// Heartbeats are sent every half second, checks come every 100 ms, and the fault at 5.25 s.
    private static final String SCENARIO =
            """
            apiVersion: faultline/v1
            name: mutant
            topology: { partitions: 12, network: { latency: 1ms } }
            protocol:
              detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 2s, failure: 5s }
            phases: { chaos: 20s }
            faults:
              - during: 5250ms..15s
                own: { class: "%s" }
            expect: { tolerates: [no-false-failure] }
            """;

    @TempDir private Path folder;

    /// Crashes half of the nodes: those that come first in a map whose keys have no hash code of
    /// their own.
    public record InOrderOfHash() implements OwnFault {

        @Override
        public Runnable inject(World world, Effect effect) {
            var nodes = new HashMap<Object, Node>();
            world.partitions().forEach(partition -> nodes.put(new Object(), partition.host()));
            var first = nodes.values().stream().limit(nodes.size() / 2).toList();
            first.forEach(node -> node.crash(effect::take));
            return () -> first.forEach(node -> node.crashOver(effect::take));
        }

        @Override
        public List<PartitionId> targets(World world, Effect effect) {
            return List.of();
        }
    }

    /// Delays messages by what a clock on the wall says.
    public record ByTheWallClock() implements OwnFault {

        @Override
        public Runnable inject(World world, Effect effect) {
            return world.network()
                    .install(_ -> {
                        effect.take();
                        return new Verdict.Delay(System.nanoTime() & 0xfffff);
                    });
        }

        @Override
        public List<PartitionId> targets(World world, Effect effect) {
            return List.of();
        }
    }

    /// The first event that is not the same is the crash of one node instead of another.
    @Test
    void theOrderOfAHashMapIsFoundWithTheFirstNodeThatItChose() throws IOException {
        var check = check(InOrderOfHash.class);
        assertThat(check.code()).as(check.err()).isEqualTo(5);
        assertThat(check.out())
                .startsWith("mutant, seed 1: different\n")
                .containsPattern(
                        "first divergent event: number \\d+ from 0\n"
                                + "  first   5\\.250s  n\\d+  crash\\(.*\n"
                                + "  second  5\\.250s  n\\d+  crash\\(.*\n")
                .containsPattern(
                        "first divergent observation: number \\d+ from 0\n"
                                + "  first   5\\.250s  n\\d+ "
                                + " (FaultTookEffect|NodeCrashed|PartitionDown).*\n"
                                + "  second  5\\.250s  n\\d+  .*\n");
    }

    /// Heartbeats are sent at 5.5 s, and the first one arrives when the wall clock says so.
    @Test
    void theWallClockIsFoundWithTheFirstMessageThatItDelayed() throws IOException {
        var check = check(ByTheWallClock.class);
        assertThat(check.code()).as(check.err()).isEqualTo(5);
        assertThat(check.out())
                .containsPattern(
                        "first divergent event: number \\d+ from 0\n"
                                + "  first   5\\.50[12]\\d*s  .*\n"
                                + "  second  5\\.50[12]\\d*s  .*\n");
    }

    @Test
    void aSearchFindsItToo() throws IOException {
        var file = file(InOrderOfHash.class);
        var search =
                Cli.run(
                        "search",
                        file.toString(),
                        "--seeds",
                        "1..40",
                        "--out",
                        folder.resolve("search").toString());
        assertThat(search.code()).as(search.err()).isEqualTo(5);
        assertThat(search.out()).contains(" × not repeatable").contains("a second time");
    }

    private Cli check(Class<?> fault) throws IOException {
        return Cli.run("check", file(fault).toString(), "--determinism");
    }

    private Path file(Class<?> fault) throws IOException {
        return Files.writeString(
                folder.resolve("mutant.yaml"),
                SCENARIO.formatted(fault.getName().replace("$", "$$")));
    }
}
