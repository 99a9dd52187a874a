package io.faultline.scenario;

import io.faultline.scenario.format.Names;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;

/// The scenarios that come with the program. The folder `scenarios` among its resources is the
/// catalogue: a file is a scenario, a folder in it a pack, and both are called after the file:
/// `split-brain`, `luciferase/two-way-cascade`.
public final class Catalogue {
    private static final String FOLDER = "scenarios/";
    private static final String SUFFIX = ".yaml";

    private final SortedMap<String, Source> byName;

    private Catalogue(SortedMap<String, Source> byName) {
        this.byName = Collections.unmodifiableSortedMap(byName);
    }

    /// Reads the catalogue from wherever this class was loaded from, a jar or a folder of classes.
    public static Catalogue load() {
        try {
            var location = Catalogue.class.getProtectionDomain().getCodeSource().getLocation();
            return of(Path.of(location.toURI()));
        } catch (IOException e) {
            throw new UncheckedIOException("the catalogue cannot be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program lies at a strange place", e);
        }
    }

    /// The catalogue in a jar or a folder of classes.
    static Catalogue of(Path location) throws IOException {
        return new Catalogue(Files.isDirectory(location) ? inFolder(location) : inJar(location));
    }

    /// The names of all scenarios, in order.
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /// All scenarios, in order of their names.
    public List<Source> all() {
        return List.copyOf(byName.values());
    }

    /// The scenario that a user means: one of the catalogue if it has that name, else a file.
    ///
    /// @throws ScenarioException if there is neither
    public Source find(String nameOrPath) {
        var source = byName.get(nameOrPath);
        if (source != null) {
            return source;
        }
        if (isPath(nameOrPath)) {
            try {
                return Source.of(Path.of(nameOrPath));
            } catch (InvalidPathException e) {
                throw ScenarioException.missing(nameOrPath, "no such file");
            }
        }
        throw ScenarioException.missing(
                nameOrPath, "no scenario of this name, and no file" + known(nameOrPath));
    }

    /// Whoever leaves out the pack means the scenario of that name in a pack.
    private String known(String name) {
        var meant = names().stream().filter(it -> it.endsWith("/" + name)).toList();
        if (!meant.isEmpty()) {
            return " — did you mean '" + String.join("' or '", meant) + "'?";
        }
        var hint = Names.hint(name, names());
        return hint.isEmpty() ? "; see './faultline scenario list'" : hint;
    }

    /// Whether it can only be meant as a path: it looks like a file, exists, or has folders that
    /// are no pack.
    private boolean isPath(String nameOrPath) {
        int slash = Math.max(nameOrPath.indexOf('/'), nameOrPath.indexOf('\\'));
        var pack = nameOrPath.substring(0, slash + 1);
        return nameOrPath.matches(".*\\.(yaml|yml|json)")
                || new File(nameOrPath).exists()
                || slash >= 0 && names().stream().noneMatch(name -> name.startsWith(pack));
    }

    private static SortedMap<String, Source> inFolder(Path classes) throws IOException {
        var found = new TreeMap<String, Source>();
        var root = classes.resolve(FOLDER);
        if (Files.isDirectory(root)) {
            try (var files = Files.walk(root)) {
                for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    var path = root.relativize(file).toString().replace('\\', '/');
                    add(path, Files.readAllBytes(file), found);
                }
            }
        }
        return found;
    }

    private static SortedMap<String, Source> inJar(Path file) throws IOException {
        var found = new TreeMap<String, Source>();
        try (var jar = new JarFile(file.toFile())) {
            for (var entry : Collections.list(jar.entries())) {
                if (entry.getName().startsWith(FOLDER) && !entry.isDirectory()) {
                    try (var bytes = jar.getInputStream(entry)) {
                        add(
                                entry.getName().substring(FOLDER.length()),
                                bytes.readAllBytes(),
                                found);
                    }
                }
            }
        }
        return found;
    }

    private static void add(String path, byte[] bytes, SortedMap<String, Source> found) {
        if (path.endsWith(SUFFIX)) {
            var name = path.substring(0, path.length() - SUFFIX.length());
            found.put(name, Source.of(name, bytes));
        }
    }
}
