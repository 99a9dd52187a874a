package io.faultline.report;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/// Reads the catalogue of a sealed family off its `permits` clauses, so that there is no second
/// list to keep in step.
public final class Kinds {

    private Kinds() {}

    /// One instance of each kind, in the order of the `permits` clauses; families inside the family
    /// are opened up, and kinds that have components, which only their users can supply, are left
    /// out.
    public static <T> List<T> of(Class<T> family) {
        var kinds = new ArrayList<T>();
        collect(family, family, kinds);
        return List.copyOf(kinds);
    }

    private static <T> void collect(Class<T> family, Class<?> type, List<T> kinds) {
        if (type.isSealed()) {
            for (var permitted : type.getPermittedSubclasses()) {
                collect(family, permitted, kinds);
            }
        } else if (type.isRecord() && type.getRecordComponents().length == 0) {
            kinds.add(family.cast(instance(type)));
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
