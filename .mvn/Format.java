import com.google.googlejavaformat.java.Main;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Checks or rewrites every Java source of the repository with google-java-format, AOSP style.
///
/// Run by the build: `./mvnw verify` checks, `./mvnw -Pformat` rewrites.
class Format {

    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[1]);
        List<String> sources = sources(root);
        if (args[0].equals("rewrite")) {
            // Twice: a long string in an annotation is where it belongs only after two passes.
            System.exit(run(sources, "--replace") == 0 ? run(sources, "--replace") : 1);
        }
        System.exit(run(sources, "--dry-run", "--set-exit-if-changed"));
    }

    private static int run(List<String> sources, String... mode) throws Exception {
        StringWriter unformatted = new StringWriter();
        PrintWriter err = new PrintWriter(System.err, true);
        int code =
                new Main(new PrintWriter(unformatted), err, System.in)
                        .format(
                                Stream.of(List.of("--aosp"), List.of(mode), sources)
                                        .flatMap(List::stream)
                                        .toArray(String[]::new));
        unformatted.toString().lines().forEach(file -> err.println("not formatted: " + file));
        return code;
    }

    private static List<String> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(root::relativize)
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file ->
                            !file.toString().matches("(.*[/\\\\])?(target|\\.git)[/\\\\].*"))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }
}
