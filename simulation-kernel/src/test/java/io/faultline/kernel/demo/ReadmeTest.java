package io.faultline.kernel.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.random.Distribution;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/// What the module's README shows is what the build runs.
class ReadmeTest {

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)]+)\\)");
    private static final Pattern TEST_METHOD = Pattern.compile("`([a-z]\\w{24,})`");

    private final String readme = String.join("\n", Source.lines("README.md"));

    @ParameterizedTest
    @CsvSource({"HelloWorldTest, hello", "BankTest, bank"})
    void exampleIsCodeThatTheBuildRuns(String test, String region) throws Exception {
        var type = Class.forName(getClass().getPackageName() + "." + test);
        assertThat(readme).contains("```java\n" + Source.region(type, region) + "\n```");
    }

    @Test
    void linksLeadToFiles() {
        assertThat(LINK.matcher(readme).results().map(link -> Path.of(link.group(1))))
                .isNotEmpty()
                .allMatch(Files::exists);
    }

    @Test
    void testsThatItNamesAreThere() {
        var tests =
                LINK.matcher(readme)
                        .results()
                        .flatMap(link -> Source.lines(link.group(1)).stream())
                        .toList();
        assertThat(TEST_METHOD.matcher(readme).results().map(method -> method.group(1)))
                .isNotEmpty()
                .allMatch(name -> tests.stream().anyMatch(line -> line.contains(" " + name + "(")));
    }

    @Test
    void theLineOfTheExampleThatWaitsIsTheOneInTheFile() {
        int line = Source.lineOf(ProducerConsumerTest.class, "channel.take()");
        assertThat(readme).contains("(ProducerConsumerTest.java:" + line + ")");
    }

    @Test
    void everyDistributionHasItsRow() {
        assertThat(Distribution.class.getPermittedSubclasses())
                .allSatisfy(kind -> {
                    var row = "| `" + kind.getSimpleName() + "` | `";
                    var parameters =
                            Arrays.stream(kind.getRecordComponents())
                                    .map(component -> component.getName())
                                    .toList();
                    assertThat(readme).contains(row + String.join("`, `", parameters) + "` |");
                });
    }
}
