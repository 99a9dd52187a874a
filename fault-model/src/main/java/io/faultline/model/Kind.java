package io.faultline.model;

import java.util.Locale;

/// How kinds of things, and the parts of observations, are called in scenario files and reports: by
/// their Java names in kebab-case. Settings keep theirs.
public final class Kind {

    private static final ClassValue<String> NAMES =
            new ClassValue<>() {
                @Override
                protected String computeValue(Class<?> kind) {
                    return kebab(kind.getSimpleName());
                }
            };

    private Kind() {}

    /// The name of the kind to which a thing belongs: `network-split` for a `NetworkSplit`.
    public static String name(Object thing) {
        return name(thing.getClass());
    }

    /// The name of a kind.
    public static String name(Class<?> kind) {
        return NAMES.get(kind);
    }

    /// The name of a constant of an enum: `strict-majority` for `STRICT_MAJORITY`.
    public static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Turns `camelCase` into `camel-case`.
    public static String kebab(String camelCase) {
        var kebab = new StringBuilder();
        for (int i = 0; i < camelCase.length(); i++) {
            char c = camelCase.charAt(i);
            if (Character.isUpperCase(c) && i > 0) {
                kebab.append('-');
            }
            kebab.append(Character.toLowerCase(c));
        }
        return kebab.toString();
    }
}
