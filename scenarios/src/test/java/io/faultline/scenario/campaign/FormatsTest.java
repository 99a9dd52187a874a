package io.faultline.scenario.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.report.metric.Samples;
import io.faultline.scenario.cli.Main;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;

/// Every field that is written is in campaigns.md, and every field there is written.
class FormatsTest {

    private static final Path PAGE = Path.of("campaigns.md");
    private static final Pattern NAME = Pattern.compile("\\| `([^`]+)` \\|.*");

    @TempDir private static Path folder;

    /// A search that shrinks what it finds, and a sweep with a cell that cannot be run.
    @BeforeAll
    static void makeCampaigns() throws IOException {
        var file = Files.writeString(folder.resolve("lossy.yaml"), Lossy.TEXT).toString();
        run("search", file, "--seeds", "1..30", "--shrink", "--out", path("search"));
        run(
                "sweep",
                file,
                "--vary",
                "protocol.detector.suspect=1600ms,9s",
                "--repeat",
                "3",
                "--samples",
                "--out",
                path("sweep"));
    }

    private static String path(String name) {
        return folder.resolve(name).toString();
    }

    private static void run(String... arguments) {
        var ignored = new PrintWriter(new StringWriter());
        Main.run(ignored, ignored, arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "search/runs.ndjson",
                "sweep/runs.ndjson",
                "sweep/plan.ndjson",
                "search/summary.json",
                "sweep/sweep.json"
            })
    void everyFieldIsDocumentedAndEveryDocumentedFieldIsThere(String name) throws IOException {
        var file = folder.resolve(name);
        var texts =
                name.endsWith(".ndjson")
                        ? Files.readAllLines(file)
                        : List.of(Files.readString(file));
        var documented = names(file.getFileName().toString());
        var found = new TreeSet<String>();
        for (var text : texts) {
            for (var field : fields("", Fields.read(text)).toList()) {
                var row =
                        documented.stream().filter(pattern -> matches(pattern, field)).findFirst();
                assertThat(row).as("a row for %s of %s in %s", field, name, PAGE).isPresent();
                found.add(row.get());
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(documented);
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs.csv", "cells.csv", "samples.csv"})
    void everyColumnIsDocumented(String name) throws IOException {
        var head = Files.readAllLines(folder.resolve("sweep").resolve(name)).getFirst();
        var columns = new ArrayList<>(List.of(head.split(",")));
        columns.remove("protocol.detector.suspect");
        columns.removeIf(column -> name.equals("runs.csv") && column.contains("."));
        columns.removeIf(column -> name.equals("runs.csv") && isNumber(column));
        assertThat(columns).containsExactlyElementsOf(names(name));
    }

    private static boolean isNumber(String column) {
        return records("sweep").stream()
                .anyMatch(record -> record.measurements().containsKey(column.split(" ")[0]));
    }

    @Test
    void whatAnExplanationIsMadeOfIsDocumented() throws IOException {
        run(
                "explain",
                folder.resolve("lossy.yaml").toString(),
                "--seed",
                "1",
                "--rolls",
                "2",
                "--out",
                path("explain"));
        var fields = Fields.read(Files.readString(folder.resolve("explain/explain.json")));
        var section = Files.readString(PAGE).replaceFirst("(?s).*## explain.json", "");
        var names =
                Pattern.compile("`(\\w+)`")
                        .matcher(section)
                        .results()
                        .map(m -> m.group(1))
                        .filter(name -> !name.equals("ground")) // here, a fault led to it
                        .toList();
        assertThat(fields.values().keySet()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void everyStatisticIsDocumented() throws IOException {
        var found = new TreeSet<String>();
        Fields.read(Files.readString(folder.resolve("search/summary.json")))
                .fields("metrics")
                .values()
                .values()
                .forEach(metric -> found.addAll(((Fields) metric).values().keySet()));
        assertThat(found).containsExactlyInAnyOrderElementsOf(names("Statistics"));
    }

    /// Reads samples as the page says, without the code that wrote them.
    @Test
    void samplesAreWrittenAsThePageSays() throws IOException {
        var many = new Samples[] {Samples.of(), Samples.of(7, 7, 300_000_000_000L), many()};
        for (var samples : many) {
            var record = records("sweep").getFirst();
            var text = RunRecord.packed(samples.encode());
            assertThat(record.toJson()).contains("\"detection.latency\":\"");
            var numbers = new ArrayList<Long>();
            long number = 0;
            int shift = 0;
            try (var in =
                    new InflaterInputStream(
                            new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
                for (byte next : in.readAllBytes()) {
                    number |= (next & 127L) << shift;
                    shift += 7;
                    if (next >= 0) {
                        numbers.add(number);
                        number = 0;
                        shift = 0;
                    }
                }
            }
            var counts = new TreeMap<Long, Long>();
            long value = 0;
            boolean all = numbers.getFirst() <= 1024;
            for (int i = all ? 1 : 5; i < numbers.size(); i += all ? 1 : 2) {
                value += numbers.get(i);
                counts.merge(value, all ? 1 : numbers.get(i + 1), Long::sum);
            }
            assertThat(numbers.getFirst()).isEqualTo(samples.count());
            assertThat(counts).isEqualTo(samples.counts());
        }
    }

    private static Samples many() {
        return Samples.of(LongStream.range(0, 5000).map(i -> i * i).toArray());
    }

    private static List<RunRecord> records(String campaign) {
        try (var lines = Files.lines(folder.resolve(campaign).resolve("runs.ndjson"))) {
            return lines.map(RunRecord::ofJson).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first column of the table under a heading.
    private static Set<String> names(String heading) throws IOException {
        var names = new LinkedHashSet<String>();
        Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals("## " + heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .map(NAME::matcher)
                .filter(Matcher::matches)
                .forEach(match -> names.add(match.group(1)));
        assertThat(names).as("the table of %s in %s", heading, PAGE).isNotEmpty();
        return names;
    }

    private static boolean matches(String pattern, String field) {
        // Names have dots of their own, so a star is any text.
        return field.matches(Pattern.quote(pattern).replace("*", "\\E.+\\Q"));
    }

    private static Stream<String> fields(String path, Object value) {
        return switch (value) {
            case Fields object ->
                    object.values().entrySet().stream()
                            .flatMap(field ->
                                    fields(
                                            path.isEmpty()
                                                    ? field.getKey()
                                                    : path + "." + field.getKey(),
                                            field.getValue()));
            case List<?> list when path.startsWith("measurements.") -> Stream.of(path);
            case List<?> list -> list.stream().flatMap(item -> fields(path + "[]", item));
            default -> Stream.of(path);
        };
    }
}
