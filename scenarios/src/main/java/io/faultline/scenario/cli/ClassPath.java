package io.faultline.scenario.cli;

import io.faultline.scenario.OwnCode;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where classes are looked for that are no part of this program.
///
/// @param places jars and folders
record ClassPath(List<Path> places) {

    /// Reads a class path as Java writes it.
    ///
    /// @param text the class path
    /// @param whence what it was given by, for messages
    /// @throws IllegalArgumentException if a part of it is not there
    static ClassPath of(String text, String whence) {
        var places = new ArrayList<Path>();
        for (var part : text.split(File.pathSeparator)) {
            if (!part.isEmpty()) {
                var place = Path.of(part);
                if (!Files.exists(place)) {
                    throw new IllegalArgumentException(
                            whence + " names '" + part + "', and there is no such jar or folder");
                }
                places.add(place);
            }
        }
        return new ClassPath(List.copyOf(places));
    }

    /// Has this thread, and those that it starts, look there too.
    void use() {
        Thread.currentThread().setContextClassLoader(OwnCode.loader(places));
    }
}
