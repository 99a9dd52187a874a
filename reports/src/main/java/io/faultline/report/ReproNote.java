package io.faultline.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/// `repro.txt`: how to repeat the run, and how to see that it was repeated.
public record ReproNote() implements Report {

    @Override
    public Path write(Result result, Path folder) throws IOException {
        return WholeFile.write(
                folder.resolve("repro.txt"),
                String.format(
                        Locale.ROOT,
                        """
                        %s

                        scenario     %s
                        seed         %d
                        fingerprint  %s
                        verdict      %s, exit code %d
                        version      %s

                        The same version repeats the run exactly: it ends with the same fingerprint.
                        """,
                        result.replay(),
                        result.scenario(),
                        result.seed(),
                        result.fingerprint(),
                        result.answerInWords(),
                        result.verdict().exitCode(),
                        result.version()));
    }
}
