package io.faultline.report;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the catalogue of a sealed family off its `permits` clauses, so that there is no second
/// list to keep in step.
public final class Kinds {

    private static final ClassValue<List<?>> KINDS =
            new ClassValue<>() {
                @Override
                protected List<?> computeValue(Class<?> family) {
                    var kinds = new ArrayList<Object>();
                    collect(family, kinds);
                    return List.copyOf(kinds);
                }
            };

    private Kinds() {}

    /// One instance of each kind, in the order of the `permits` clauses; families inside the family
    /// are opened up, and kinds that have components, which only their users can supply, are left
    /// out.
    @SuppressWarnings("unchecked") // they are of the family
    public static <T> List<T> of(Class<T> family) {
        return (List<T>) KINDS.get(family);
    }

    /// What a record that is no part of this program is called: by the full name of its class, and
    /// its components if it has any.
    public static String ownName(Object kind) {
        var type = kind.getClass();
        var components =
                Stream.of(type.getRecordComponents())
                        .map(component -> component.getName() + "=" + value(component, kind))
                        .collect(Collectors.joining(","));
        return type.getCanonicalName() + (components.isEmpty() ? "" : "(" + components + ")");
    }

    private static Object value(RecordComponent component, Object record) {
        try {
            component.getAccessor().setAccessible(true);
            var value = component.getAccessor().invoke(record);
            return value instanceof Duration span ? Quantity.time(span.toNanos()) : value;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static void collect(Class<?> type, List<Object> kinds) {
        if (type.isSealed()) {
            for (var permitted : type.getPermittedSubclasses()) {
                collect(permitted, kinds);
            }
        } else if (type.isRecord() && type.getRecordComponents().length == 0) {
            kinds.add(instance(type));
        }
    }

    private static Object instance(Class<?> kind) {
        try {
            var constructor = kind.getDeclaredConstructor();
            if (!Modifier.isPublic(kind.getModifiers())) {
                constructor.setAccessible(true);
            }
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + kind.getName(), e);
        }
    }
}
