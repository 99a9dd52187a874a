package io.faultline.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A run gives the same bits on every machine. `Math` promises that of its exact methods only; the
/// last bit of a transcendental one is left to the platform.
class PlatformMathTest {
    private static final String MATH = "java/lang/Math";

    private static final Set<String> TRANSCENDENTAL =
            Set.of(
                    "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh",
                    "exp", "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot");

    @Test
    void noKindReachesATranscendentalMethodOfMath() {
        var roots =
                Stream.concat(
                        Stream.of(Distribution.class, RandomStream.class, RandomStreams.class),
                        Stream.of(Distribution.class.getPermittedSubclasses()));

        assertThat(platformMathReachedFrom(roots)).isEmpty();
    }

    /// Negative control.
    @Test
    void aCallOfSuchAMethodIsNoticed() {
        assertThat(platformMathReachedFrom(Stream.of(Hypotenuse.class)))
                .containsExactly(
                        "io/faultline/kernel/random/PlatformMathTest$Hypotenuse calls Math.hypot");
    }

    static final class Hypotenuse {
        double of(double a, double b) {
            return Math.hypot(a, b);
        }
    }

    /// Over every class that these mention, and that those mention, as far as Commons Math goes.
    private static Set<String> platformMathReachedFrom(Stream<Class<?>> roots) {
        var offences = new TreeSet<String>();
        var seen = new HashSet<String>();
        var open = new ArrayDeque<>(roots.map(c -> c.getName().replace('.', '/')).toList());
        while (!open.isEmpty()) {
            var name = open.pop();
            if (!seen.add(name)) {
                continue;
            }
            for (var entry : parse(name).constantPool()) {
                switch (entry) {
                    case MethodRefEntry call when call.owner().asInternalName().equals(MATH) -> {
                        if (TRANSCENDENTAL.contains(call.name().stringValue())) {
                            offences.add(name + " calls Math." + call.name().stringValue());
                        }
                    }
                    case ClassEntry mentioned when isOurs(mentioned.asInternalName()) ->
                            open.push(mentioned.asInternalName());
                    default -> {}
                }
            }
        }
        return offences;
    }

    private static boolean isOurs(String internalName) {
        return List.of("io/faultline/kernel/random/", "org/apache/commons/math3/").stream()
                .anyMatch(internalName::startsWith);
    }

    private static ClassModel parse(String internalName) {
        var resource = "/" + internalName + ".class";
        try (var in = PlatformMathTest.class.getResourceAsStream(resource)) {
            return ClassFile.of().parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
