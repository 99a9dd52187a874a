package io.faultline.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Whoever is killed while it writes leaves the old file or the new one, and not half of it: no
/// file of results is written to where it stands.
class ReplacedFilesTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run     | 8 | worked/sc-01-counting --junit FOLDER/further.xml",
                "explain | 4 | failures/tight-timeouts --rolls 1 --pairs 0",
                "shrink  | 3 | failures/load-transfer --budget 1s",
            })
    void everyFileOfResultsIsReplaced(String command, int files, String arguments)
            throws IOException {
        var before = written(command, arguments);
        assertThat(before).hasSizeGreaterThanOrEqualTo(files);
        assertThat(before.keySet()).noneMatch(name -> name.endsWith(".part"));
        var after = written(command, arguments);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((file, it) -> assertThat(it).as(file).isNotEqualTo(before.get(file)));
    }

    /// The files that a command writes, each with what tells it from all others on the disk.
    private SortedMap<String, Object> written(String command, String arguments) throws IOException {
        var line = new ArrayList<>(List.of(command));
        line.addAll(List.of(arguments.replace("FOLDER", folder.toString()).split(" ")));
        line.addAll(List.of("--out", folder.toString()));
        Cli.run(line.toArray(String[]::new));
        var written = new TreeMap<String, Object>();
        try (var all = Files.walk(folder)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var identity = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
                written.put(folder.relativize(file).toString(), identity);
            }
        }
        return written;
    }
}
