package io.faultline.scenario;

import io.faultline.scenario.format.Place;
import io.faultline.scenario.format.Problems;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The text of a scenario and where it comes from.
///
/// @param name what error messages call it: the path of a file, or a name of the catalogue
/// @param text what is in it
/// @param folder where files are looked for that it names; nowhere if it comes from no file
public record Source(String name, String text, Optional<Path> folder) {

    /// A text that names no files.
    public Source(String name, String text) {
        this(name, text, Optional.empty());
    }

    /// Reads a file.
    ///
    /// @throws ScenarioException if it cannot be read
    public static Source of(Path file) {
        if (Files.isDirectory(file)) {
            var resolved = file.resolve("scenario.resolved.yaml");
            throw ScenarioException.missing(
                    file.toString(),
                    "is a folder, not a scenario file"
                            + (Files.exists(resolved)
                                    ? " — did you mean '" + resolved + "'?"
                                    : ""));
        }
        if (!Files.exists(file)) {
            throw ScenarioException.missing(file.toString(), "no such file");
        }
        try {
            var read = of(file.toString(), Files.readAllBytes(file));
            var folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
            return new Source(read.name, read.text, Optional.of(folder));
        } catch (IOException e) {
            throw ScenarioException.missing(
                    file.toString(),
                    e instanceof AccessDeniedException
                            ? "may not be read"
                            : "cannot be read: " + e.getMessage());
        }
    }

    static Source of(String name, byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return new Source(name, text.toString());
        } catch (CharacterCodingException e) {
            var problems = new Problems();
            problems.add(Place.whole(name), "is not text in UTF-8");
            throw ScenarioException.invalid(problems);
        }
    }
}
