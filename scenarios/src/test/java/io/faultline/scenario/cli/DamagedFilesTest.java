package io.faultline.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.scenario.Damage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;

/// Hands damaged files to the command line, with a fixed seed. Whatever comes out, it runs them or
/// says what is wrong, with an exit code that is documented.
class DamagedFilesTest {

    private static final int FILES = Boolean.getBoolean("validation") ? 5_000 : 60;

    @TempDir Path folder;

    @Test
    void aDamagedFileIsRunOrRefusedButNeverBreaksTheProgram() throws IOException {
        var files = Damage.files();
        var random = new Random(20_260_102);
        var file = folder.resolve("damaged.yaml");
        var codes = new TreeMap<Integer, Integer>();
        for (int i = 0; i < FILES; i++) {
            var damaged = Damage.several(files.get(random.nextInt(files.size())), random);
            Files.write(file, bytes(damaged, random));
            var cli =
                    Cli.run(
                            "run",
                            file.toString(),
                            "--set",
                            "limits.events=5000",
                            "--out",
                            folder.resolve("out").toString());
            assertThat(cli.code()).as(damaged + cli.err()).isIn(0, 1, 2, 3, 4, 65);
            assertThat(cli.err()).as(damaged).doesNotContain("\tat ", "Exception");
            codes.merge(cli.code(), 1, Integer::sum);
        }
        assertThat(codes).containsKey(65).hasSizeGreaterThan(2);
    }

    /// The text as a file has it; of ten files one has a byte that may not be UTF-8.
    private static byte[] bytes(String text, Random random) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(10) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
