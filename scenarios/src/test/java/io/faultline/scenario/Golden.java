package io.faultline.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that tests compare their results with. `-Dgolden=write` writes the results instead, to be
/// reviewed as a diff.
final class Golden {
    private Golden() {}

    static boolean isWriting() {
        return "write".equals(System.getProperty("golden"));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
