package io.faultline.kernel.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// The source files of the demonstrations, as the module's build finds them.
final class Source {

    private Source() {}

    static List<String> lines(Class<?> test) {
        return lines("src/test/java/" + test.getName().replace('.', '/') + ".java");
    }

    /// @param path seen from the module's folder, where its tests run
    static List<String> lines(String path) {
        try {
            return Files.readAllLines(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The number of the first line that contains a piece of code, from 1.
    static int lineOf(Class<?> test, String code) {
        var lines = lines(test);
        return 1
                + IntStream.range(0, lines.size())
                        .filter(i -> lines.get(i).contains(code))
                        .findFirst()
                        .orElseThrow();
    }

    /// What stands between the comments `README: name` and `README: end`, without the indentation
    /// that all of it has.
    static String region(Class<?> test, String name) {
        var lines = lines(test);
        int start = lines.indexOf("    // README: " + name) + 1;
        var rest = lines.subList(start, lines.size());
        var region = rest.subList(0, rest.indexOf("    // README: end"));
        return String.join("\n", region).stripTrailing().stripIndent();
    }
}
