package io.faultline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Kind;
import io.faultline.report.chart.Figure;
import io.faultline.report.diagnosis.Diagnosis;
import io.faultline.report.invariant.Invariant;
import io.faultline.report.metric.Metric;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                        .takeWhile(line -> !line.equals("## Verdict"))
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.substring(3, line.indexOf('`', 3)));

        assertThat(rows)
                .containsExactlyElementsOf(Invariant.all().stream().map(Invariant::name).toList());
    }
}
