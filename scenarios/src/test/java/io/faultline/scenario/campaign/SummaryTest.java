package io.faultline.scenario.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Outcome;
import io.faultline.kernel.SimTime;
import io.faultline.model.Probability;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.recovery.Prevention;
import io.faultline.report.metric.Measurement;
import io.faultline.report.metric.Ratio;
import io.faultline.report.metric.Samples;
import io.faultline.report.metric.Tally;
import io.faultline.report.verdict.Answer;
import io.faultline.scenario.Alteration;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/// Records and summaries as values.
class SummaryTest {

    private static final List<Integer> CODES = List.of(0, 0, 0, 1, 2, 3, 4, 5, 70);

    @Test
    void mergingMindsNeitherOrderNorGrouping() {
        for (int round = 0; round < 30; round++) {
            var random = new Random(round);
            var records = new ArrayList<RunRecord>();
            for (int i = 0; i < 40; i++) {
                records.add(record(i, random));
            }
            var expected = text(inOrder(records));
            Collections.shuffle(records, random);
            assertThat(text(inOrder(records))).isEqualTo(expected);
            assertThat(text(grouped(records, random))).isEqualTo(expected);
        }
    }

    @Test
    void aRecordIsTheSameAfterAJourneyAsJson() {
        for (int i = 0; i < 200; i++) {
            var record = record(i, new Random(i));
            var json = record.toJson();
            assertThat(json).doesNotContain("\n");
            assertThat(RunRecord.ofJson(json).toJson()).isEqualTo(json);
            assertThat(text(Summary.of(RunRecord.ofJson(json))))
                    .isEqualTo(text(Summary.of(record)));
        }
    }

    @Test
    void aTaskIsTheSameAfterAJourneyAsJson() {
        var task =
                new Task(
                        3,
                        "name: \"é\"\nx: 1\n",
                        List.of("/a b.jar", "/c"),
                        "./faultline run x",
                        -1,
                        true);
        assertThat(Task.ofJson(task.toJson())).isEqualTo(task);
        var altered =
                new Task(
                        3,
                        "x",
                        List.of(),
                        "",
                        -1,
                        false,
                        new Alteration(
                                new TreeSet<>(Set.of(7, 2)),
                                new TreeSet<>(Set.of(0)),
                                List.of(
                                        new Prevention(
                                                new PartitionId(4),
                                                new SimTime(5),
                                                new SimTime(Long.MAX_VALUE))),
                                Optional.of(new Alteration.Reroll(new SimTime(6), -9))));
        assertThat(Task.ofJson(altered.toJson())).isEqualTo(altered);
    }

    @Test
    void asManyRunsAreMadeTwiceAsIsAskedFor() {
        assertThat(sampled(Task.SAMPLED)).isBetween(4_800L, 5_200L);
        assertThat(sampled(new Probability(0.5))).isBetween(49_500L, 50_500L);
        assertThat(sampled(new Probability(0))).isZero();
        assertThat(sampled(new Probability(1))).isEqualTo(100_000);
    }

    private static long sampled(Probability share) {
        return LongStream.range(0, 100_000).filter(seed -> Task.isSampled(seed, share)).count();
    }

    @Test
    void theGravestExitCodeWins() {
        assertThat(inOrder(List.of()).exitCode()).isEqualTo(2);
        var order = List.of(5, 70, 1, 3, 4, 2, 0);
        for (int i = 0; i < order.size(); i++) {
            for (int j = i; j < order.size(); j++) {
                assertThat(RunRecord.worse(order.get(i), order.get(j))).isEqualTo(order.get(i));
                assertThat(RunRecord.worse(order.get(j), order.get(i))).isEqualTo(order.get(i));
            }
        }
    }

    @Test
    void aRunThatDiffersTheSecondTimeIsNamedWithItsSeed() {
        var first = record(17, new Random(1));
        var second = record(17, new Random(2));
        assertThat(first.comparedWith(first)).isSameAs(first);
        var differs = first.comparedWith(second);
        assertThat(differs.exitCode()).isEqualTo(5);
        assertThat(differs.findings().firstEntry().getValue()).contains("seed 17 ");
        assertThat(Summary.of(differs).groups()).containsOnlyKeys("not repeatable");
    }

    private static Summary inOrder(List<RunRecord> records) {
        return records.stream().map(Summary::of).reduce(Summary.EMPTY, Summary::merge);
    }

    private static Summary grouped(List<RunRecord> records, Random random) {
        if (records.size() <= 1) {
            return inOrder(records);
        }
        int half = 1 + random.nextInt(records.size() - 1);
        return grouped(records.subList(0, half), random)
                .merge(grouped(records.subList(half, records.size()), random));
    }

    private static String text(Summary summary) {
        var plan = Lossy.plan("1..40");
        return new SearchReport(plan, summary, Search.Ending.ALL, "test").json();
    }

    private static RunRecord record(long seed, Random random) {
        int code = CODES.get(random.nextInt(CODES.size()));
        var findings = new LinkedHashMap<String, String>();
        var measurements = new LinkedHashMap<String, Measurement>();
        var latencies = random.longs(random.nextInt(2000), 0, 10_000_000_000L).toArray();
        measurements.put("detection.latency", Samples.of(latencies));
        measurements.put("failures", new Tally(random.nextInt(5)));
        measurements.put("recovery.success.rate", new Ratio(random.nextInt(3), 3));
        if (code != 0) {
            findings.put("never \"quorum-lost\"", "at 3.000s: quorum lost of run " + seed);
        }
        SortedMap<String, SortedMap<String, Long>> coverage = new TreeMap<>();
        coverage.put("crash", new TreeMap<>(java.util.Map.of("phase" + random.nextInt(3), 1L)));
        return new RunRecord(
                0,
                seed,
                "%064x".formatted(random.nextLong()),
                random.nextLong(),
                code == 0 ? Answer.HELD : Answer.VIOLATED,
                code,
                code == 0 ? Signature.CLEAN : new Signature("violated: " + random.nextInt(3)),
                findings,
                new Outcome(Outcome.Ending.END_TIME, new SimTime(5), random.nextInt(1000)),
                List.of(0, 2),
                new Coverage(coverage),
                measurements,
                code == 2 && random.nextBoolean(),
                random.nextBoolean());
    }
}
