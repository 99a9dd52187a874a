package io.faultline.report;

import static io.faultline.report.Golden.assertGolden;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Outcome;
import io.faultline.report.chart.Figure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

class HtmlReportTest {

    private static final Set<String> VOID = Set.of("meta", "input", "br");
    private static final Pattern TAG = Pattern.compile("<(/?)([a-z][a-zA-Z0-9]*)[^>]*?(/?)>");
    private static final Result RESULT = ThreeRegions.result();

    @TempDir Path folder;

    @Test
    void everyElementIsClosed() throws IOException {
        var page = page(RESULT).replaceAll("(?s)<(style|script)>.*?</\\1>", "");
        var open = new ArrayDeque<String>();
        var tags = TAG.matcher(page);
        while (tags.find()) {
            var name = tags.group(2);
            if (tags.group(1).isEmpty()) {
                if (tags.group(3).isEmpty() && !VOID.contains(name)) {
                    open.push(name);
                }
            } else {
                assertThat(open.pop()).as("closed at %d", tags.start()).isEqualTo(name);
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void pageFetchesNothing() throws IOException {
        var page = page(RESULT);

        assertThat(page)
                .doesNotContain("http://", "https://", "@import", "<link", "<img", " src=")
                .contains("default-src 'none'");
        assertThat(Pattern.compile("url\\(([^)]*)\\)").matcher(page).results())
                .allMatch(url -> url.group(1).startsWith("#"));
    }

    @Test
    void figuresAreOnThePageAndSmall() throws IOException {
        var page = page(RESULT);

        for (var figure : Figure.all()) {
            assertThat(page).contains("id=\"" + figure.name() + "\"");
            assertThat(figure.draw(RESULT).svg()).hasSizeLessThan(100_000).contains("<text");
        }
        var ids = Pattern.compile(" id=\"([^\"]*)\"").matcher(page).results().map(m -> m.group(1));
        assertThat(ids.toList()).doesNotHaveDuplicates();
    }

    @Test
    void everyInkIsInTheStyleSheet() throws IOException {
        var page = page(RESULT);
        var classes =
                Pattern.compile("[ \"]([fs]-[a-z0-9-]+)[ \"]")
                        .matcher(page)
                        .results()
                        .map(match -> match.group(1))
                        .distinct();

        assertThat(classes).isNotEmpty().allMatch(name -> page.contains("." + name + " {"));
    }

    static List<Figure> figures() {
        return Figure.all();
    }

    @ParameterizedTest
    @MethodSource("figures")
    void dataBehindTheFigure(Figure figure) {
        assertGolden(figure.name() + ".csv", figure.draw(RESULT).csv());
    }

    @ParameterizedTest
    @MethodSource("figures")
    void drawingTwiceGivesTheSamePicture(Figure figure) {
        assertThat(figure.draw(RESULT)).isEqualTo(figure.draw(ThreeRegions.result()));
    }

    @Test
    void whatIsWrittenByOthersIsText() throws IOException {
        var result =
                new Result(
                        "<script>alert(1)</script>",
                        RESULT.seed(),
                        RESULT.fingerprint(),
                        RESULT.outcome(),
                        RESULT.phases(),
                        RESULT.trace(),
                        RESULT.measurements(),
                        RESULT.own(),
                        RESULT.findings(),
                        RESULT.verdict(),
                        RESULT.places(),
                        "run \"a\" & b",
                        RESULT.version());

        assertThat(page(result))
                .doesNotContain("<script>alert")
                .contains("&lt;script&gt;alert")
                .contains("run &quot;a&quot; &amp; b");
    }

    @Test
    void emptyRunHasAPageToo() throws IOException {
        var empty =
                Result.of(
                        "nothing",
                        1,
                        "0".repeat(64),
                        new Outcome(Outcome.Ending.EXHAUSTED, TraceBuilder.time(0), 0),
                        Phases.chaosUntil(TraceBuilder.time(0)),
                        new TraceBuilder().build(),
                        List.of(),
                        List.of(),
                        List.of(),
                        "faultline run nothing --seed 1",
                        "0.1.0");

        assertThat(page(empty))
                .contains("Nothing was recovered in this run.")
                .contains("No latency was measured in this run.");
    }

    private String page(Result result) throws IOException {
        return Files.readString(new HtmlReport().write(result, folder));
    }
}
