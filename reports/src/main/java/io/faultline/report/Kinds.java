package io.faultline.report;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

    /// The name of a kind in files, such as `legal-status-transitions`: its class name, with the
    /// words in lower case and parted by `separator`.
    public static String name(Class<?> kind, char separator) {
        return words(kind.getSimpleName(), separator);
    }

    /// A Java name such as `inFlight` or `QUORUM_LOST` in lower case, with its words parted by
    /// `separator`.
    public static String words(String javaName, char separator) {
        var name = new StringBuilder();
        for (int i = 0; i < javaName.length(); i++) {
            char c = javaName.charAt(i);
            if (c == '_') {
                name.append(separator);
            } else {
                if (startsWord(javaName, i)) {
                    name.append(separator);
                }
                name.append(c);
            }
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean startsWord(String name, int index) {
        if (index == 0 || !Character.isUpperCase(name.charAt(index))) {
            return false;
        }
        char before = name.charAt(index - 1);
        boolean beforeLower =
                index + 1 < name.length() && Character.isLowerCase(name.charAt(index + 1));
        return Character.isLowerCase(before) || Character.isUpperCase(before) && beforeLower;
    }
}
