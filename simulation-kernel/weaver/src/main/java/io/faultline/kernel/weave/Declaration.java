package io.faultline.kernel.weave;

import java.util.List;
import java.util.Set;

/// What the rules need to know of a method that a class declares, read from a class file or from
/// source.
///
/// The rules: an event is a public instance method of an entity, or one of any other visibility
/// that is annotated with `@Event` or `@Blocking`, except
///
/// - methods annotated with `@NonEvent`;
/// - static, abstract and native methods, constructors, and whatever the compiler adds (bridges,
///   lambda bodies, accessors of nested classes);
/// - `toString`, `equals`, `hashCode` and `compareTo`, which collections and debuggers call;
/// - the accessors of a record's components.
///
/// An event is blocking if it has a result or is annotated with `@Blocking`.
///
/// @param parameters the names of the erased parameter types
/// @param hasResult whether it returns something
/// @param hasOwnBody whether it is an instance method that somebody wrote, with a body in Java
/// @param isAccessor whether it is the accessor of a record component
/// @param annotations the names of its annotations
record Declaration(
        String name,
        List<String> parameters,
        boolean hasResult,
        boolean isPublic,
        boolean hasOwnBody,
        boolean isAccessor,
        Set<String> annotations) {

    private static final String ENTITIES = "io.faultline.kernel.entity.";
    static final String ENTITY = ENTITIES + "Entity";
    static final String EVENT = ENTITIES + "Event";
    static final String BLOCKING = ENTITIES + "Blocking";
    static final String NON_EVENT = ENTITIES + "NonEvent";
    static final String WOVEN = ENTITIES + "Woven";

    /// What calling a method of an entity means.
    enum Role {
        ORDINARY("an ordinary method"),
        EVENT("an event"),
        BLOCKING_EVENT("a blocking event");

        private final String words;

        Role(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    Role role() {
        if (!isEvent()) {
            return Role.ORDINARY;
        }
        return hasResult || annotations.contains(BLOCKING) ? Role.BLOCKING_EVENT : Role.EVENT;
    }

    private boolean isEvent() {
        if (!hasOwnBody || annotations.contains(NON_EVENT)) {
            return false;
        }
        return annotations.contains(EVENT)
                || annotations.contains(BLOCKING)
                || isPublic && !isAccessor && !isCalledByCollectionsAndDebuggers();
    }

    private boolean isCalledByCollectionsAndDebuggers() {
        return switch (name) {
            case "toString", "hashCode" -> parameters.isEmpty();
            case "equals" -> parameters.equals(List.of("java.lang.Object"));
            case "compareTo" -> parameters.size() == 1;
            default -> false;
        };
    }
}
