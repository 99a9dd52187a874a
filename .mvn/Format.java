import com.google.googlejavaformat.java.Main;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Checks or rewrites every Java source of the repository with google-java-format, AOSP style.
///
/// Run by the build: `./mvnw verify` checks, `./mvnw -Pformat` rewrites.
class Format {

    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[1]);
        List<String> call = new ArrayList<>(List.of("--aosp"));
        switch (args[0]) {
            case "check" -> call.addAll(List.of("--dry-run", "--set-exit-if-changed"));
            case "rewrite" -> call.add("--replace");
            default -> throw new IllegalArgumentException("neither check nor rewrite: " + args[0]);
        }
        call.addAll(sources(root));

        StringWriter listed = new StringWriter();
        PrintWriter err = new PrintWriter(System.err, true);
        int code =
                new Main(new PrintWriter(listed), err, System.in)
                        .format(call.toArray(new String[0]));
        if (code == 0) {
            return;
        }
        listed.toString()
                .lines()
                .map(file -> root.relativize(Path.of(file)).toString())
                .sorted()
                .forEach(file -> System.err.println("not formatted: " + file));
        System.exit(1);
    }

    private static List<String> sources(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !generated(root.relativize(file)))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    private static boolean generated(Path file) {
        for (Path part : file) {
            if (part.toString().equals("target") || part.toString().equals(".git")) {
                return true;
            }
        }
        return false;
    }
}
