package io.faultline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file is there whole or not at all.
class WholeFileTest {

    @TempDir private Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void nothingIsThereUnderItsNameUntilAllIsWritten() throws IOException {
        var file = folder.resolve("file");
        WholeFile.write(
                file,
                out -> {
                    out.write(bytes("some"));
                    out.flush();
                    assertThat(file).doesNotExist();
                    out.write(bytes(" more"));
                });
        assertThat(file).hasContent("some more");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void whatWasThereBeforeStaysUntilThen() throws IOException {
        var file = WholeFile.write(folder.resolve("file"), "old");
        WholeFile.writeDurably(
                file,
                out -> {
                    out.write(bytes("new"));
                    out.flush();
                    assertThat(file).hasContent("old");
                });
        assertThat(file).hasContent("new");
    }

    @Test
    void whoFailsMidwayLeavesNothingBehind() throws IOException {
        var file = WholeFile.write(folder.resolve("file"), "old");
        assertThatThrownBy(() ->
                        WholeFile.write(
                                file,
                                out -> {
                                    out.write(bytes("half"));
                                    throw new IOException("disk full");
                                }))
                .hasMessage("disk full");
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aLinkStaysOneAndLeadsToWhatIsWritten() throws IOException {
        var file = WholeFile.write(folder.resolve("file"), "old");
        var link = Files.createSymbolicLink(folder.resolve("link"), file);
        WholeFile.write(link, "new");
        assertThat(link).isSymbolicLink().hasContent("new");
        assertThat(file).hasContent("new");
    }

    @Test
    void whatIsNoFileIsWrittenToAndNotReplaced() throws IOException {
        var device = Path.of("/dev/null");
        var link = Files.createSymbolicLink(folder.resolve("link"), device);
        WholeFile.write(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(Files.isRegularFile(device)).isFalse();
    }
}
