package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

class CatalogueTest {
    private static final List<String> FILES =
            List.of(
                    "scenarios/split-brain.yaml",
                    "scenarios/luciferase/two-way-cascade.yaml",
                    "scenarios/README.md",
                    "schema/other.yaml");

    @TempDir private Path folder;

    @Test
    void aFolderOfClassesIsListed() throws IOException {
        assertThat(inFolder().names()).containsExactly("luciferase/two-way-cascade", "split-brain");
    }

    @Test
    void aJarIsListed() throws IOException {
        var file = folder.resolve("scenarios.jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (var name : FILES) {
                jar.putNextEntry(new JarEntry(name));
                jar.write(name.getBytes());
            }
        }
        var catalogue = Catalogue.of(file);

        assertThat(catalogue.names()).containsExactly("luciferase/two-way-cascade", "split-brain");
        assertThat(catalogue.find("split-brain").text()).isEqualTo("scenarios/split-brain.yaml");
    }

    @Test
    void theOwnCatalogueCanBeLoaded() {
        assertThat(Catalogue.load().names()).isSorted();
    }

    @Test
    void everyScenarioOfTheCatalogueIsValid() {
        for (var scenario : Catalogue.load().all()) {
            var parser = new ScenarioParser(Judge.VOCABULARY);
            assertThat(parser.parse(scenario, Map.of())).isNotNull();
        }
    }

    @Test
    void scenariosAreFoundByName() throws IOException {
        var found = inFolder().find("luciferase/two-way-cascade");

        assertThat(found.name()).isEqualTo("luciferase/two-way-cascade");
        assertThat(found.text()).isEqualTo("scenarios/luciferase/two-way-cascade.yaml");
    }

    @Test
    void filesAreFoundByPath() throws IOException {
        var file = Files.writeString(folder.resolve("mine.yml"), "mine");

        assertThat(inFolder().find(file.toString()).text()).isEqualTo("mine");
    }

    @Test
    void aNameThatIsMisspeltIsAskedBack() {
        assertMissing("spilt-brain")
                .withMessage(
                        "spilt-brain: no scenario of this name, and no file — did you mean"
                                + " 'split-brain'?");
        assertMissing("anything").withMessageEndingWith("; see './faultline scenario list'");
        assertMissing("luciferase/two-way-cascad").withMessageEndingWith("/two-way-cascade'?");
        assertMissing("two-way-cascade")
                .withMessage(
                        "two-way-cascade: no scenario of this name, and no file — did you mean"
                                + " 'luciferase/two-way-cascade'?");
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        assertMissing("no/such/file.yaml").withMessage("no/such/file.yaml: no such file");
        assertMissing("no/such/file").withMessage("no/such/file: no such file");
        assertMissing("split-brain.yaml").withMessage("split-brain.yaml: no such file");
        assertMissing("bad\u0000name.yaml").withMessageContaining("no such file");
    }

    private ThrowableAssertAlternative<ScenarioException> assertMissing(String name) {
        return assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> inFolder().find(name))
                .satisfies(e -> assertThat(e.isMissing()).isTrue());
    }

    private Catalogue inFolder() throws IOException {
        for (var name : FILES) {
            var file = folder.resolve("classes").resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
        return Catalogue.of(folder.resolve("classes"));
    }
}
