package io.faultline.scenario.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class CampaignFolderTest {

    @TempDir private Path path;

    /// Whoever has the old file open, or reads it by another name, goes on to see all of it.
    @Test
    void aFileIsReplacedAndNotOverwritten() throws IOException {
        var folder = new CampaignFolder(path, CampaignFolder.Kind.SEARCH);
        folder.write("file", out -> out.write(bytes("old")));
        Files.createLink(path.resolve("link"), path.resolve("file"));
        folder.write("file", out -> out.write(bytes("new")));
        assertThat(path.resolve("link")).hasContent("old");
        assertThat(path.resolve("file")).hasContent("new");
        assertThatThrownBy(() ->
                        folder.write(
                                "file",
                                out -> {
                                    out.write(bytes("half"));
                                    throw new IOException("disk full");
                                }))
                .hasMessage("disk full");
        assertThat(path.resolve("file")).hasContent("new");
    }

    @Test
    void resultsThatAreDamagedDoNotLetTheRunsBeDiscarded() throws IOException {
        var folder = new CampaignFolder(path, CampaignFolder.Kind.SEARCH);
        folder.begin("plan").close();
        Files.writeString(path.resolve("runs.ndjson"), "{}\n");
        for (var torn : new String[] {"", "{\"schemaVer", "{}", "[]", "\u0000"}) {
            Files.writeString(path.resolve("summary.json"), torn);
            assertThatThrownBy(() -> folder.begin("plan"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(path.resolve("summary.json") + " is damaged")
                    .hasMessageContaining("--resume " + path)
                    .hasMessageNotContainingAny("JSON", "Unexpected", "token");
        }
        assertThat(path.resolve("runs.ndjson")).exists();
    }

    @Test
    void aSweepDoesNotTakeTheFolderOfASearch() throws IOException {
        new CampaignFolder(path, CampaignFolder.Kind.SEARCH).begin("plan").close();
        Files.writeString(path.resolve("runs.ndjson"), "{}\n");
        var sweep = new CampaignFolder(path, CampaignFolder.Kind.SWEEP);
        assertThatThrownBy(() -> sweep.begin("plan")).hasMessageContaining("has a search");
        assertThatThrownBy(() -> sweep.resume("plan")).hasMessageContaining("there is no sweep");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
