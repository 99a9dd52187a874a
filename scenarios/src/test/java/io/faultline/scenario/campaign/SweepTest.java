package io.faultline.scenario.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.faultline.report.metric.Samples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

class SweepTest {

    private static final List<String> FILES = List.of("sweep.json", "cells.csv", "runs.csv");

    @TempDir private Path folder;

    @Test
    void aSweepThatWasCutOffAtAnyByteOfItsLastLineGoesOnToTheSameFiles() throws IOException {
        var whole = folder.resolve("whole");
        sweep(whole, 3, 1, false);
        var bytes = Files.readAllBytes(whole.resolve("runs.ndjson"));
        int last = Files.readString(whole.resolve("runs.ndjson")).split("(?<=\n)", -1)[5].length();
        for (int left : new int[] {0, 1, 20, last / 2, last - 1, last, last + 1, last + 50}) {
            var torn = folder.resolve("torn");
            Files.createDirectories(torn);
            Files.copy(
                    whole.resolve("plan.ndjson"),
                    torn.resolve("plan.ndjson"),
                    StandardCopyOption.REPLACE_EXISTING);
            Files.write(torn.resolve("runs.ndjson"), Arrays.copyOf(bytes, bytes.length - left));
            sweep(torn, 3, 2, true);
            for (var name : FILES) {
                assertThat(torn.resolve(name))
                        .as("%s, without %d bytes", name, left)
                        .hasSameBinaryContentAs(whole.resolve(name));
            }
        }
    }

    @Test
    void aSweepGoesOnWithMoreSeeds() throws IOException {
        sweep(folder.resolve("whole"), 5, 2, false);
        sweep(folder.resolve("part"), 2, 1, false);
        sweep(folder.resolve("part"), 5, 1, true);
        for (var name : FILES) {
            assertThat(folder.resolve("part").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(name));
        }
    }

    @Test
    void aProgramThatIsKilledGoesOnToTheSameFiles() throws Exception {
        var file = Files.writeString(folder.resolve("lossy.yaml"), Lossy.TEXT);
        var whole = folder.resolve("whole");
        assertThat(sweep(file, "--out", whole).waitFor()).isZero();
        var killed = folder.resolve("killed");
        var runs = killed.resolve("runs.ndjson");
        Program.killOnceLong(sweep(file, "--out", killed), runs);
        assertThat(killed.resolve("sweep.json")).doesNotExist();
        assertThat(sweep(file, "--out", killed).waitFor()).isEqualTo(64);
        assertThat(sweep(file, "--resume", killed).waitFor()).isZero();
        for (var name : FILES) {
            assertThat(killed.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
        }
        try (var lines = Files.lines(runs)) {
            assertThat(lines).hasSize(300);
        }
    }

    private static Process sweep(Path file, String option, Path folder) throws IOException {
        return Program.start(
                "sweep",
                file.toString(),
                "--vary",
                "protocol.detector.suspect=1600ms,3s",
                "--repeat",
                "150",
                option,
                folder.toString());
    }

    @Test
    void aNumberIsGivenOverTheRunsAndAMetricOverAllSamples() throws IOException {
        var sweep = folder.resolve("sweep");
        sweep(sweep, 4, 2, false);
        List<RunRecord> records;
        try (var lines = Files.lines(sweep.resolve("runs.ndjson"))) {
            records =
                    lines.map(RunRecord::ofJson)
                            .filter(record -> record.cell() == 0)
                            .filter(record -> !samples(record).isEmpty())
                            .toList();
        }
        var means = records.stream().mapToDouble(r -> mean(samples(r))).sorted().toArray();
        var all = records.stream().flatMapToLong(r -> expanded(samples(r))).sorted().toArray();
        var head = cells(sweep).getFirst();
        var number = row(sweep, "message.delay mean", "runs");
        assertThat(number.get(head.indexOf("n"))).isEqualTo("" + means.length);
        double mean = Arrays.stream(means).average().orElseThrow();
        assertThat(value(head, number, "mean")).isCloseTo(mean, within(1.0));
        assertThat(value(head, number, "sd"))
                .isCloseTo(
                        Math.sqrt(
                                Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum()
                                        / (means.length - 1)),
                        within(1.0));
        assertThat(value(head, number, "p90"))
                .isCloseTo(means[(int) Math.ceil(0.9 * means.length) - 1], within(1.0));
        var pooled = row(sweep, "message.delay", "samples");
        assertThat(pooled.get(head.indexOf("n"))).isEqualTo("" + all.length);
        assertThat(all).hasSizeBetween(500, Samples.EXACT);
        assertThat(value(head, pooled, "p50"))
                .isEqualTo(all[(int) Math.ceil(0.5 * all.length) - 1]);
        assertThat(value(head, pooled, "p999")).isEqualTo(all[all.length - 1]);
        assertThat(pooled.get(head.indexOf("low95"))).isEmpty();
        try (var lines = Files.lines(sweep.resolve("samples.csv"))) {
            assertThat(
                            lines.filter(line -> line.matches("0,\\d+,message.delay,.*"))
                                    .flatMapToLong(SweepTest::expanded)
                                    .sorted()
                                    .toArray())
                    .isEqualTo(all);
        }
    }

    @Test
    void theShareOfRunsThatViolateSomethingHasAnInterval() throws IOException {
        var sweep = folder.resolve("sweep");
        sweep(sweep, 20, 2, false);
        var head = cells(sweep).getFirst();
        var row = row(sweep, "message.delay mean", "runs");
        long violated = (long) value(head, row, "violated");
        long conclusive = violated + (long) value(head, row, "held");
        assertThat(violated).isBetween(1L, 19L);
        var interval = Confidence.ofShare(violated, conclusive);
        assertThat(value(head, row, "violated_share"))
                .isEqualTo((double) violated / conclusive)
                .isBetween(interval.low(), interval.high());
        assertThat(value(head, row, "violated_low95")).isEqualTo(interval.low());
        assertThat(value(head, row, "violated_high95")).isEqualTo(interval.high());
    }

    private static List<List<String>> cells(Path sweep) throws IOException {
        return Files.readAllLines(sweep.resolve("cells.csv")).stream()
                .map(line -> List.of(line.split(",", -1)))
                .toList();
    }

    private static List<String> row(Path sweep, String number, String over) throws IOException {
        var head = cells(sweep).getFirst();
        return cells(sweep).stream()
                .filter(line -> line.getFirst().equals("0"))
                .filter(line -> line.get(head.indexOf("number")).equals(number))
                .filter(line -> line.get(head.indexOf("over")).equals(over))
                .findFirst()
                .orElseThrow();
    }

    private static double value(List<String> head, List<String> row, String column) {
        return Double.parseDouble(row.get(head.indexOf(column)));
    }

    private static Samples samples(RunRecord record) {
        return (Samples) record.measurements().get("message.delay");
    }

    private static double mean(Samples samples) {
        return expanded(samples).average().orElseThrow();
    }

    private static LongStream expanded(Samples samples) {
        return samples.counts().entrySet().stream()
                .flatMapToLong(
                        sample -> LongStream.range(0, sample.getValue()).map(_ -> sample.getKey()));
    }

    private static LongStream expanded(String line) {
        var fields = line.split(",");
        return LongStream.range(0, Long.parseLong(fields[4])).map(_ -> Long.parseLong(fields[3]));
    }

    private static void sweep(Path path, int repeat, int threads, boolean resume)
            throws IOException {
        var axis = Axis.parse("protocol.detector.suspect=1600ms,3s");
        var plan =
                Sweep.Plan.of(
                        "lossy",
                        List.of(),
                        Sampler.GRID.points(List.of(axis), 1),
                        _ -> true,
                        Lossy::scenario,
                        values -> "./faultline run lossy.yaml --set " + values,
                        Seeds.from(1, repeat));
        var folder = new CampaignFolder(path, CampaignFolder.Kind.SWEEP);
        try (var log =
                resume ? folder.resume(plan.text("test")) : folder.begin(plan.text("test"))) {
            var sweep = new Sweep(plan, log);
            sweep.run(new LocalEngine(threads));
            folder.write(new SweepReport(sweep, "test"), true);
        }
    }
}
