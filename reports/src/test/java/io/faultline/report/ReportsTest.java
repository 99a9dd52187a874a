package io.faultline.report;

import static io.faultline.report.Golden.assertGolden;
import static io.faultline.report.TraceBuilder.P1;
import static io.faultline.report.TraceBuilder.span;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Outcome;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.report.metric.Measurement;
import io.faultline.report.metric.Ratio;
import io.faultline.report.metric.Samples;
import io.faultline.report.metric.Tally;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Concern;
import io.faultline.report.verdict.Judgement;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

class ReportsTest {

    private static final Result RESULT = ThreeRegions.result();

    @TempDir Path folder;

    /// So that whoever is killed leaves the old one or the new one, and not half of it: a file that
    /// is written to is the same file as before.
    @Test
    void everyFileIsReplacedAndNotOverwritten() throws IOException {
        var before = written();
        assertThat(before).hasSizeGreaterThan(6);
        var after = written();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((file, it) -> assertThat(it).as(file).isNotEqualTo(before.get(file)));
    }

    private SequencedMap<String, Object> written() throws IOException {
        for (var report : Report.all()) {
            report.write(RESULT, folder);
        }
        var written = new TreeMap<String, Object>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var identity = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
                written.put(folder.relativize(file).toString(), identity);
            }
        }
        return written;
    }

    @Test
    void summaryFitsOnAScreen() throws IOException {
        assertGolden("summary.txt", summary(RESULT, false));
        assertThat(summary(RESULT, false).lines()).hasSizeLessThanOrEqualTo(TextSummary.MAX_LINES);
    }

    @Test
    void summaryOfSuccessAsksForNothing() throws IOException {
        var held =
                Result.of(
                        "calm",
                        -1,
                        "0".repeat(64),
                        new Outcome(Outcome.Ending.EXHAUSTED, TraceBuilder.time(10), 7),
                        Phases.chaosUntil(TraceBuilder.time(10)),
                        new TraceBuilder().build(),
                        List.of(),
                        List.of(),
                        List.of(new Judgement("safe", Concern.SAFETY, Answer.HELD, "all fine")),
                        "faultline run calm --seed -1",
                        "0.1.0");

        assertGolden("summary-held.txt", summary(held, false));
    }

    @Test
    void summaryShowsFailuresFirstHoweverManyExpectationsThereAre() throws IOException {
        var judgements = new ArrayList<Judgement>();
        for (int i = 0; i < 40; i++) {
            var answer = i < 30 ? Answer.HELD : Answer.VIOLATED;
            judgements.add(new Judgement("expectation-" + i, Concern.SAFETY, answer, "so it is"));
        }
        var text = summary(with(RESULT, judgements), false);

        assertThat(text.lines()).hasSize(TextSummary.MAX_LINES);
        assertThat(text)
                .contains("✗ violated     expectation-30")
                .contains("… and 30 more held")
                .endsWith("reproduce: faultline run three-regions --seed 42\n");
    }

    @Test
    void colourChangesNoWord() throws IOException {
        var coloured = summary(RESULT, true);

        assertThat(coloured).contains("\u001b[1;31m✗ violated");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(summary(RESULT, false));
    }

    @Test
    void jsonSaysEverythingButTheTrace() throws IOException {
        var file = new JsonResult().write(RESULT, folder);

        assertThat(file).hasFileName("result.json");
        assertGolden("result.json", Files.readString(file));
    }

    @Test
    void eventLogHasOneObjectForEachObservation() throws IOException {
        var file = new EventLog().write(RESULT, folder);
        var lines = Files.readAllLines(file);

        assertThat(file).hasFileName("events.ndjson");
        assertThat(lines).hasSize(RESULT.trace().size());
        assertGolden(
                "events.ndjson",
                String.join(
                        "\n",
                        lines.stream()
                                .filter(line -> !line.contains("\"kind\":\"message-delivered\""))
                                .filter(line -> !line.contains("\"kind\":\"operation-"))
                                .filter(line -> !line.contains("\"kind\":\"round-"))
                                .toList()));
        for (var line : lines) {
            assertIsJson(line);
        }
    }

    @Test
    void largeEventLogIsCompressed() throws IOException {
        var builder = new TraceBuilder();
        for (int i = 0; i < 12_000; i++) {
            builder.at(i, new OperationCompleted(P1, span(i)));
        }
        var large = with(RESULT, builder);
        new EventLog().write(RESULT, folder);
        var file = new EventLog().write(large, folder);

        assertThat(file).hasFileName("events.ndjson.gz");
        assertThat(folder.resolve("events.ndjson")).doesNotExist();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            assertThat(lines.lines()).hasSize(12_000).last().asString().startsWith("{\"i\":11999,");
        }
        // RFC 1952: bytes 4 to 7 are the time of modification.
        assertThat(Files.readAllBytes(file)).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
    }

    @Test
    void histogramLogComesBackAsItWas() throws IOException {
        var hist = new HistogramLogs().write(RESULT, folder);
        var log = hist.resolve("operation.latency.hlog");
        try (var reader = new HistogramLogReader(log.toFile())) {
            var read = (Histogram) reader.nextIntervalHistogram();

            assertThat(read).isEqualTo(samples("operation.latency").histogram());
            assertThat(read.getStartTimeStamp()).isZero();
            assertThat(read.getEndTimeStamp()).isEqualTo(60_000);
            assertThat(reader.nextIntervalHistogram()).isNull();
        }
        assertGolden(
                "recovery.latency.hgrm", Files.readString(hist.resolve("recovery.latency.hgrm")));
        assertThat(hist.resolve("lock.wait.hlog")).exists();
    }

    @Test
    void noteSaysHowToRepeatTheRun() throws IOException {
        assertGolden("repro.txt", Files.readString(new ReproNote().write(RESULT, folder)));
    }

    @Test
    void equalResultsMakeEqualFilesInEveryLocaleAndTimeZone() throws IOException {
        var first = Files.createDirectory(folder.resolve("first"));
        var second = Files.createDirectory(folder.resolve("second"));
        for (var report : Report.all()) {
            report.write(RESULT, first);
        }
        var locale = Locale.getDefault();
        var zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            var again = ThreeRegions.result();
            for (var report : Report.all()) {
                report.write(again, second);
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
        try (var files = Files.walk(first)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(second.resolve(first.relativize(file))).hasSameBinaryContentAs(file);
            }
        }
    }

    private static String summary(Result result, boolean colour) throws IOException {
        var text = new StringBuilder();
        new TextSummary(colour).print(result, text);
        return text.toString();
    }

    private static Samples samples(String metric) {
        return (Samples) RESULT.measurements().get(metric);
    }

    private static void assertIsJson(String line) {
        try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            parser.skipChildren();
            assertThat(parser.nextToken()).isNull();
        }
    }

    private static Result with(Result result, List<Judgement> judgements) {
        return Result.of(
                result.scenario(),
                result.seed(),
                result.fingerprint(),
                result.outcome(),
                result.phases(),
                result.trace(),
                result.own(),
                result.findings(),
                judgements,
                result.replay(),
                result.version());
    }

    private static Result with(Result result, TraceBuilder trace) {
        return Result.of(
                result.scenario(),
                result.seed(),
                trace.fingerprint(),
                result.outcome(),
                result.phases(),
                trace.build(),
                result.own(),
                result.findings(),
                result.verdict().judgements(),
                result.replay(),
                result.version());
    }

    @Test
    void buildServersSeeATestForEachJudgement() throws IOException {
        var file = new JUnitXml().write(RESULT, folder);

        assertThat(file).hasFileName("junit.xml");
        assertGolden("junit.xml", Files.readString(file));
    }

    @Test
    void aPartThatWasAskedForIsAFurtherLineOfTheHistogramsLog() throws IOException {
        var name = "recovery.latency{partition:P1,phase:rebalancing}";
        var measurements = new LinkedHashMap<>(RESULT.measurements());
        measurements.put(name, Samples.of(75_000_000));
        var result = with(RESULT, measurements);
        new HistogramLogs().write(result, folder);
        var lines = Files.readAllLines(folder.resolve("hist/recovery.latency.hlog"));

        assertThat(lines.getLast()).startsWith("Tag=partition:P1;phase:rebalancing,0.000,");
        assertThat(Files.readString(new JsonResult().write(result, folder))).contains(name);
    }

    @Test
    void aPartOfACountIsOnThePage() throws IOException {
        var measurements = new LinkedHashMap<>(RESULT.measurements());
        measurements.put("failures{partition:P1}", new Tally(7));
        measurements.put("health.ratio{partition:P1}", new Ratio(1, 4));
        var page = Files.readString(new HtmlReport().write(with(RESULT, measurements), folder));

        assertThat(page)
                .contains("<dt><code>failures{partition:P1}</code></dt><dd>7</dd>")
                .contains("<dt><code>health.ratio{partition:P1}</code></dt><dd>25 %</dd>");
    }

    private static Result with(Result result, SequencedMap<String, Measurement> measurements) {
        return new Result(
                result.scenario(),
                result.seed(),
                result.fingerprint(),
                result.outcome(),
                result.phases(),
                result.trace(),
                measurements,
                result.own(),
                result.findings(),
                result.verdict(),
                result.places(),
                result.replay(),
                result.version());
    }
}
