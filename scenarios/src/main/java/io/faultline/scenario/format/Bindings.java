package io.faultline.scenario.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that a [Binder] has understood, by path: also what became of no record in the end,
/// because something beside it was wrong.
public final class Bindings {
    private final Map<String, Binding<?>> byPath = new LinkedHashMap<>();

    /// A value and where it stands.
    ///
    /// @param path keys and indices from the top, such as `faults[0].crash.nodes[1]`
    public record Binding<T>(String path, T value, Place place) {}

    void put(String path, Object value, Place place) {
        byPath.put(path, new Binding<>(path, value, place));
    }

    /// The value at a path, if there is one of that type.
    public <T> Optional<Binding<T>> at(String path, Class<T> type) {
        return Optional.ofNullable(byPath.get(path)).flatMap(found -> as(found, type));
    }

    /// All values of a type, in the order of the file.
    public <T> List<Binding<T>> all(Class<T> type) {
        return byPath.values().stream().flatMap(found -> as(found, type).stream()).toList();
    }

    private static <T> Optional<Binding<T>> as(Binding<?> found, Class<T> type) {
        return type.isInstance(found.value)
                ? Optional.of(new Binding<>(found.path, type.cast(found.value), found.place))
                : Optional.empty();
    }
}
