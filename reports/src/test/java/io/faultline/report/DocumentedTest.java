package io.faultline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Kind;
import io.faultline.report.chart.Figure;
import io.faultline.report.diagnosis.Diagnosis;
import io.faultline.report.goal.Goal;
import io.faultline.report.invariant.Invariant;
import io.faultline.report.metric.Metric;
import io.faultline.report.metric.Tag;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class DocumentedTest {

    private static final Path README = Path.of("README.md");

    static Stream<String> kinds() {
        return Stream.of(
                        Metric.all().stream().map(Metric::name),
                        Invariant.all().stream().map(Invariant::name),
                        Figure.all().stream().map(Figure::name),
                        Report.all().stream().map(report -> report.getClass().getSimpleName()))
                .flatMap(names -> names);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void kindHasItsLine(String name) throws IOException {
        assertThat(Files.readString(README)).as("a row in reports/README.md").contains("`" + name);
    }

    @Test
    void whatTheReadmeSaysOfDiagnosesIsComplete() throws IOException {
        var rows =
                Files.readAllLines(README).stream()
                        .dropWhile(line -> !line.equals("## Diagnoses"))
                        .takeWhile(line -> !line.equals("## Files"))
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.split("\\|"))
                        .map(cells ->
                                cells[1].strip() + ":" + cells[2].strip() + ":" + cells[4].strip());

        assertThat(rows)
                .containsExactlyElementsOf(
                        Diagnosis.all().stream()
                                .map(diagnosis ->
                                        "`%s`:%s:%s"
                                                .formatted(
                                                        diagnosis.name(),
                                                        diagnosis.subtypes().stream()
                                                                .map(name -> "`" + name + "`")
                                                                .collect(Collectors.joining(", ")),
                                                        diagnosis
                                                                .concern()
                                                                .map(Kind::name)
                                                                .orElse("a warning")))
                                .toList());
    }

    @Test
    void whatTheReadmeSaysOfInvariantsIsComplete() throws IOException {
        var rows =
                Files.readAllLines(README).stream()
                        .dropWhile(line -> !line.equals("## Invariants"))
                        .takeWhile(line -> !line.equals("## Goals"))
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.substring(3, line.indexOf('`', 3)));

        assertThat(rows)
                .containsExactlyElementsOf(Invariant.all().stream().map(Invariant::name).toList());
    }

    @Test
    void whatTheReadmeSaysOfGoalsIsComplete() throws IOException {
        var rows =
                Files.readAllLines(README).stream()
                        .dropWhile(line -> !line.equals("## Goals"))
                        .takeWhile(line -> !line.equals("## Verdict"))
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.split("\\|"))
                        .map(cells -> cells[1].strip() + ":" + cells[3].strip());

        assertThat(rows)
                .containsExactlyElementsOf(
                        Goal.all().stream()
                                .map(goal ->
                                        "`%s`:%s"
                                                .formatted(
                                                        goal.name(),
                                                        goal.need()
                                                                .map(need ->
                                                                        "`" + Kind.name(need) + "`")
                                                                .orElse("")))
                                .toList());
    }

    private static final List<String> PLACE =
            List.of("partition", "node", "region", "zone", "rack");

    @Test
    void theRowOfAMetricNamesItsTags() throws IOException {
        var rows =
                Files.readAllLines(README).stream()
                        .dropWhile(line -> !line.equals("## Metrics"))
                        .takeWhile(line -> !line.equals("## Thresholds"))
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.split("\\|"))
                        .flatMap(cells ->
                                Stream.of(cells[1].strip().split(", "))
                                        .map(name ->
                                                name + ": " + cells[cells.length - 1].strip()));

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        Metric.all().stream()
                                .map(metric -> "`" + metric.name() + "`: " + tags(metric))
                                .toList());
    }

    private static String tags(Metric metric) {
        var labels = new ArrayList<>(metric.tags().stream().map(Tag::label).toList());
        if (labels.containsAll(PLACE)) {
            labels.set(labels.indexOf("partition"), "place");
            labels.removeAll(PLACE);
        }
        return labels.stream()
                .map(label -> label.equals("place") ? label : "`" + label + "`")
                .collect(Collectors.joining(", "));
    }

    @Test
    void everyTagAndEveryValueThatItHasByItselfIsExplained() throws IOException {
        var rows =
                Files.readAllLines(README).stream()
                        .dropWhile(line -> !line.startsWith("| Tag | Values |"))
                        .takeWhile(line -> line.startsWith("|"))
                        .toList();

        for (var tag : Tag.values()) {
            assertThat(rows)
                    .as(tag.label())
                    .anyMatch(row ->
                            row.split("\\|")[1].contains("`" + tag.label() + "`")
                                    && (tag.choices().size() > 10
                                            || tag.choices().stream()
                                                    .allMatch(value ->
                                                            row.contains("`" + value + "`"))));
        }
    }
}
