package io.faultline.kernel;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Woven;

import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/// Notices that the class of an entity was compiled without the weaver, so that its methods run at
/// once instead of being posted.
///
/// Such a class posts nothing and calls nothing that could say so by itself. But sooner or later
/// one of its methods is on the stack when the kernel is called, or when a run breaks down. So the
/// check looks at the stack of the first calls of a run, then ever more seldom, and of what ends
/// it; to all other calls it costs a decrement.
final class WovenCheck {

    private static final int LOOKS = 48;
    private static final int FRAMES = 32;

    private static final StackWalker STACK =
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private static final ClassValue<Boolean> IS_UNWOVEN =
            new ClassValue<>() {
                @Override
                protected Boolean computeValue(Class<?> type) {
                    return type.isAnnotationPresent(Entity.class)
                            && type.getDeclaredAnnotation(Woven.class) == null
                            && !type.isInterface();
                }
            };

    /// The first unwoven entity class among what the code of a lambda or of another class has at
    /// hand.
    private static final ClassValue<Optional<Class<?>>> UNWOVEN_AT_HAND =
            new ClassValue<>() {
                @Override
                protected Optional<Class<?>> computeValue(Class<?> code) {
                    return Arrays.stream(code.getDeclaredFields())
                            .filter(field -> !Modifier.isStatic(field.getModifiers()))
                            .<Class<?>>map(field -> field.getType())
                            .filter(IS_UNWOVEN::get)
                            .findFirst();
                }
            };

    private int looks;

    /// Looks at the stack, if it has not done so often enough.
    void look() {
        if (looks == LOOKS) {
            return;
        }
        looks++;
        STACK.walk(frames ->
                        frames.takeWhile(WovenCheck::isInEvent)
                                .limit(FRAMES)
                                .filter(f -> IS_UNWOVEN.get(f.getDeclaringClass()))
                                .findFirst())
                .ifPresent(f -> {
                    throw new NotWoven(f.getDeclaringClass(), f.getMethodName(), null);
                });
    }

    private static boolean isInEvent(StackFrame frame) {
        return frame.getDeclaringClass() != Processes.Worker.class;
    }

    /// Fails if code that was to post something, but did not, has an unwoven entity at hand.
    static void postedNothing(Runnable code) {
        UNWOVEN_AT_HAND
                .get(code.getClass())
                .ifPresent(type -> {
                    throw new NotWoven(type, null, null);
                });
    }

    /// The reason for an exception: that an unwoven entity is on its stack, if there is one, or
    /// else the exception itself.
    ///
    /// @param code what was running, which knows the classes on the stack
    static Throwable reason(Throwable thrown, Object code) {
        if (thrown instanceof NotWoven) {
            return thrown;
        }
        var loader = code.getClass().getClassLoader();
        return Arrays.stream(thrown.getStackTrace())
                .flatMap(frame ->
                        load(frame.getClassName(), loader)
                                .filter(IS_UNWOVEN::get)
                                .map(c -> new NotWoven(c, frame.getMethodName(), thrown)))
                .findFirst()
                .map(Throwable.class::cast)
                .orElse(thrown);
    }

    private static Stream<Class<?>> load(String name, ClassLoader loader) {
        try {
            return Stream.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError absent) {
            return Stream.empty();
        }
    }

    /// Says which class was not woven, and what to do.
    private static final class NotWoven extends IllegalStateException {
        private static final long serialVersionUID = 1;

        NotWoven(Class<?> type, String method, Throwable cause) {
            super(
                    "@Entity "
                            + type.getName()
                            + " was compiled without the weaver, so its methods run at once and are"
                            + " no events"
                            + (method == null
                                    ? ""
                                    : " (seen in " + type.getSimpleName() + "." + method + ")")
                            + ": compile it with javac and faultline-weaver on the annotation"
                            + " processor path; in an IDE, have Maven do the build",
                    cause);
        }
    }
}
