package io.faultline.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes files that are there whole or not at all, whenever the program is killed: each is written
/// under another name beside it, and then renamed. What was there before under its name stays until
/// then.
///
/// What is no regular file, such as a pipe or `/dev/stdout`, is not replaced but written to.
public final class WholeFile {

    private WholeFile() {}

    /// What a file is to contain.
    @FunctionalInterface
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    /// Writes a text.
    ///
    /// @return the file
    public static Path write(Path file, String text) throws IOException {
        return write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Writes a file.
    ///
    /// @return the file
    public static Path write(Path file, Content content) throws IOException {
        return write(file, content, _ -> {});
    }

    /// Writes a file that is still there when the machine has failed.
    ///
    /// @return the file
    public static Path writeDurably(Path file, Content content) throws IOException {
        return write(file, content, WholeFile::force);
    }

    /// What is to be done with a file that is written, before it has its name.
    @FunctionalInterface
    private interface Last {
        void accept(Path written) throws IOException;
    }

    private static Path write(Path file, Content content, Last last) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            write(content, file);
            return file;
        }
        var part = part(file);
        try {
            write(content, part);
            last.accept(part);
            rename(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
        return file;
    }

    private static void write(Content content, Path to) throws IOException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(to))) {
            content.write(out);
        }
    }

    private static void force(Path written) throws IOException {
        try (var channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /// The other name, which no other program uses at the same time.
    static Path part(Path file) throws IOException {
        var place = place(file);
        return place.resolveSibling(
                place.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    }

    /// Gives a file that is written its name.
    static void rename(Path part, Path file) throws IOException {
        Files.move(part, place(file), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Where a file belongs: a link to it stays one.
    private static Path place(Path file) throws IOException {
        return Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file;
    }
}
