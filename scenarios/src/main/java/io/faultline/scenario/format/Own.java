package io.faultline.scenario.format;

import io.faultline.model.Door;
import io.faultline.scenario.format.Yaml.Entry;
import io.faultline.scenario.format.Yaml.Mapping;
import io.faultline.scenario.format.Yaml.Scalar;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Kinds that are no part of this program: records that come through the [Door] of a family, and
/// are told by the full names of their classes.
///
/// They are looked for by the context class loader of the thread, which has what the command line
/// calls the class path.
public final class Own {

    /// Where a family is told by a key of the mapping itself: `own: { class: com.acme.Brownout }`.
    static final String KEY = "own";

    /// Where the name of the class stands. No component can be called that.
    static final String CLASS = "class";

    private static final Pattern MEANT =
            Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_]*\\.)+\\p{Lu}[\\p{L}\\p{N}_$]*(\\(|$)");

    private Own() {}

    /// Whether a name is meant as that of a class: it has a package, and its last part begins with
    /// a capital letter. Components in parentheses may follow.
    public static boolean isMeant(String name) {
        return MEANT.matcher(name).lookingAt();
    }

    /// Makes a record of a name and, if it has any, its components: `com.acme.Slow(than=5ms)`.
    ///
    /// @throws IllegalArgumentException with a sentence that says what is wrong
    public static <T> T named(Class<T> family, String text) {
        int opens = text.indexOf('(');
        var name = opens < 0 ? text : text.substring(0, opens);
        var kind = find(family, name).asSubclass(Record.class);
        var problems = new Problems();
        var made = new Binder(problems).bind(kind, parameters(text, opens), name);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.sorted().getFirst().message());
        }
        return family.cast(made.orElseThrow());
    }

    private static Mapping parameters(String text, int opens) {
        var place = Place.whole(text);
        if (opens < 0) {
            return new Mapping(place, List.of());
        }
        if (!text.endsWith(")")) {
            throw new IllegalArgumentException("'" + text + "' lacks its ')'");
        }
        var entries = new ArrayList<Entry>();
        for (var part : text.substring(opens + 1, text.length() - 1).split(",")) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(
                        "'%s' in '%s' is no parameter; write name=value"
                                .formatted(part.strip(), text));
            }
            var value = part.substring(equals + 1).strip();
            entries.add(
                    new Entry(
                            new Scalar(place, part.substring(0, equals).strip(), Yaml.Type.TEXT),
                            new Scalar(place, value, YamlReader.typeOf(value))));
        }
        return new Mapping(place, entries);
    }

    /// The doors of a family; none if it is closed for good.
    static List<Class<?>> doors(Class<?> family) {
        if (family.isAnnotationPresent(Door.class)) {
            return List.of(family);
        }
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses())
                        .flatMap(kind -> doors(kind).stream())
                        .toList()
                : List.of();
    }

    /// Whether a class came through a door.
    static boolean is(Class<?> kind) {
        return Arrays.stream(kind.getInterfaces())
                .anyMatch(parent -> parent.isAnnotationPresent(Door.class) || is(parent));
    }

    /// The class of that name, if it came through a door of the family.
    ///
    /// @throws IllegalArgumentException with a sentence that says what is wrong
    static Class<?> find(Class<?> family, String name) {
        var doors = doors(family);
        var kind = load(name);
        if (doors.stream().noneMatch(door -> door.isAssignableFrom(kind))) {
            throw new IllegalArgumentException(
                    "class '%s' does not implement %s"
                            .formatted(
                                    name,
                                    doors.stream()
                                            .map(Class::getName)
                                            .collect(Collectors.joining(" or "))));
        }
        if (!kind.isRecord()) {
            throw new IllegalArgumentException(
                    "class '%s' is not a record, so nobody knows its parameters".formatted(name));
        }
        for (var component : Component.of(kind)) {
            if (!isWritable(component.type(), new HashSet<>(Set.of(kind)))) {
                throw new IllegalArgumentException(
                        "component '%s' of class '%s' is a %s, which cannot be written in a file"
                                .formatted(component.name(), name, component.type().getTypeName()));
            }
        }
        return kind;
    }

    private static Class<?> load(String name) {
        var loader = Thread.currentThread().getContextClassLoader();
        for (var binary = name; ; ) {
            try {
                return Class.forName(binary, false, loader);
            } catch (ClassNotFoundException e) {
                int dot = binary.lastIndexOf('.');
                if (dot < 0) {
                    throw new IllegalArgumentException(
                            "there is no class '%s' on the class path%s"
                                    .formatted(name, hint(name)),
                            e);
                }
                binary = binary.substring(0, dot) + "$" + binary.substring(dot + 1); // a nested one
            } catch (LinkageError e) {
                throw new IllegalArgumentException(
                        "class '%s' cannot be loaded: %s".formatted(name, e), e);
            }
        }
    }

    /// What a class is called in files: by its full name, with dots also where it is nested.
    static String name(Class<?> kind) {
        return Optional.ofNullable(kind.getCanonicalName()).orElse(kind.getName());
    }

    /// What is on the class path, and what may have been meant.
    private static String hint(String name) {
        var places =
                Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader
                        ? Arrays.stream(loader.getURLs()).map(Own::path).toList()
                        : Arrays.stream(
                                        System.getProperty("java.class.path")
                                                .split(File.pathSeparator))
                                .map(Path::of)
                                .filter(Files::isDirectory)
                                .toList();
        if (places.isEmpty()) {
            return "; nothing of yours is on it: give --class-path";
        }
        var classes = places.stream().flatMap(place -> classes(place).stream()).sorted().toList();
        var meant = Names.hint(name, classes);
        return (meant.isEmpty()
                        ? ", which has "
                                + places.stream()
                                        .map(Path::toString)
                                        .collect(Collectors.joining(", "))
                        : "")
                + meant;
    }

    private static Path path(URL url) {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no path: " + url, e);
        }
    }

    /// The names of all classes in a folder or a jar; none if it cannot be read.
    private static List<String> classes(Path place) {
        try {
            if (Files.isDirectory(place)) {
                try (var files = Files.walk(place)) {
                    return files.map(file -> place.relativize(file).toString())
                            .flatMap(file -> className(file.replace(File.separatorChar, '/')))
                            .toList();
                }
            }
            try (var jar = new JarFile(place.toFile())) {
                return jar.stream().flatMap(entry -> className(entry.getName())).toList();
            }
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Stream<String> className(String file) {
        return file.endsWith(".class")
                ? Stream.of(
                        file.substring(0, file.length() - ".class".length())
                                .replace('/', '.')
                                .replace('$', '.'))
                : Stream.empty();
    }

    /// Whether the binder knows how to read values of a type.
    ///
    /// @param above the records that are being asked, each of which is writable if nothing in it is
    ///   not
    private static boolean isWritable(Type type, Set<Class<?>> above) {
        if (type instanceof ParameterizedType generic) {
            var raw = (Class<?>) generic.getRawType();
            boolean isKnown =
                    raw == Optional.class
                            || raw == List.class
                            || raw == Map.class && isKey(generic.getActualTypeArguments()[0]);
            return isKnown && isWritable(Component.argument(type), above);
        }
        if (!(type instanceof Class<?> raw)) {
            return false;
        }
        if (Scalars.isScalar(raw) || raw.isAnnotationPresent(Door.class)) {
            return true;
        }
        if (raw.isRecord()) {
            return !above.add(raw)
                    || Component.of(raw).stream().allMatch(c -> isWritable(c.type(), above));
        }
        return raw.isSealed()
                && Names.kinds(raw).values().stream().allMatch(kind -> isWritable(kind, above));
    }

    private static boolean isKey(Type type) {
        return type == String.class || type instanceof Class<?> key && Syntaxes.of(key) != null;
    }
}
