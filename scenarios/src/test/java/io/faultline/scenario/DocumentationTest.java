package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.faultline.model.Kind;
import io.faultline.report.diagnosis.Diagnosis;
import io.faultline.report.goal.Goal;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Occurrence;
import io.faultline.scenario.cli.Main;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import picocli.CommandLine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the documentation says is so.
class DocumentationTest {

    private static final Path MODULE = Path.of("README.md");
    private static final Path PROJECT = Path.of("../README.md");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");
    private static final Pattern LINK =
            Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern COMMAND = Pattern.compile("\\./faultline( [^`\\n)]*)");

    static Stream<String> examples() {
        return Stream.of(PROJECT, MODULE)
                .flatMap(page -> EXAMPLE.matcher(Golden.read(page)).results())
                .map(match -> match.group(1));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleRunsAndHolds(String example) {
        var scenario =
                new ScenarioParser(Judge.VOCABULARY)
                        .parse(new Source("README.md", example), Map.of());
        assertThat(Run.of(scenario, "replay", "test").result().verdict().judgements())
                .allSatisfy(judgement -> assertThat(judgement.answer()).isEqualTo(Answer.HELD));
    }

    @Test
    void theExampleInJavaIsCodeThatTheBuildRuns() {
        var test = Golden.read(Path.of("src/test/java/io/faultline/scenario/SketchTest.java"));
        var example = test.replaceFirst("(?s).*// begin example\n", "");
        var code =
                example.replaceFirst("(?s)\n *// end example.*", "").stripTrailing().stripIndent();
        assertThat(Golden.read(MODULE)).contains("```java\n" + code + "\n```");
    }

    @Test
    void everyScenarioOfTheCatalogueHasItsRow() {
        var page = Golden.read(MODULE);
        for (var source : Catalogue.load().all()) {
            var scenario = new ScenarioParser().parse(source, Map.of());
            assertThat(page)
                    .contains(
                            "| `%s` | %s |"
                                    .formatted(source.name(), scenario.about().orElseThrow()));
        }
    }

    @Test
    void everyScheduleAndEverythingBesideItHasARow() {
        var page = Golden.read(MODULE);
        for (var kind : Schedule.class.getPermittedSubclasses()) {
            assertThat(page).contains("| `" + Kind.name(kind) + ": ");
        }
        for (var key : List.of("for", "jitter", "within", "times")) {
            assertThat(page).contains("| `" + key + "` |");
        }
    }

    @Test
    void everyNameForAnExpectationIsListed() {
        var page = Golden.read(MODULE).replaceAll("\\s+", " ");
        Arrays.stream(Occurrence.values())
                .forEach(occurrence -> assertThat(page).contains(occurrence.label()));
        Diagnosis.all().forEach(diagnosis -> assertThat(page).contains(diagnosis.name()));
        Goal.all().forEach(goal -> assertThat(page).contains(goal.name()));
    }

    @Test
    void everyScenarioIsCalledLikeItsFile() {
        for (var source : Catalogue.load().all()) {
            var scenario = new ScenarioParser().parse(source, Map.of());
            assertThat(List.of(source.name().split("/")).getLast()).isEqualTo(scenario.name());
        }
    }

    @Test
    void everyCommandAndOptionIsListed() {
        var page = Golden.read(MODULE);
        var commands = Main.commands();
        for (var command : commands.getSubcommands().keySet()) {
            assertThat(Golden.read(PROJECT) + page).containsPattern("\\b" + command + "\\b");
        }
        for (var option : options(commands).toList()) {
            assertThat(page).contains("`" + option);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) {
        for (var link : LINK.matcher(withoutCode(Golden.read(page))).results().toList()) {
            var target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
            assertThat(target).as(link.group()).exists();
            if (link.group(2) != null) {
                assertThat(headings(target)).as(link.group()).contains(link.group(2));
            }
        }
    }

    /// Nothing is run: a command is right if it can be read. A name alone is not meant to be one.
    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandIsOne(Path page) {
        var commands = Main.commands().setCaseInsensitiveEnumValuesAllowed(true);
        for (var command : COMMAND.matcher(Golden.read(page)).results().toList()) {
            var words = command.group(1).strip().split("\\s+");
            if (words.length > 1 && !command.group().contains("…")) {
                assertThatCode(() -> commands.parseArgs(words))
                        .as(command.group())
                        .doesNotThrowAnyException();
            }
        }
    }

    /// The pages that are part of the project, and not made by a build.
    static List<Path> pages() throws IOException {
        try (var files = Files.walk(Path.of(".."))) {
            var pages =
                    files.map(Path::normalize)
                            .filter(file -> file.toString().endsWith(".md"))
                            .filter(file -> !file.toString().contains("/target/"))
                            .sorted()
                            .toList();
            assertThat(pages)
                    .contains(Path.of("../README.md"), Path.of("../docs/own-code/README.md"));
            return pages;
        }
    }

    private static String withoutCode(String page) {
        return page.replaceAll("(?s)```.*?```", "");
    }

    /// The headings of a page as links name them.
    private static List<String> headings(Path page) {
        return HEADING.matcher(withoutCode(Golden.read(page)))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
                .toList();
    }

    private static Stream<String> options(CommandLine command) {
        return Stream.concat(
                command.getCommandSpec().options().stream()
                        .map(option -> option.longestName())
                        .filter(name -> !List.of("--help", "--version").contains(name)),
                command.getSubcommands().values().stream().flatMap(DocumentationTest::options));
    }
}
