package io.faultline.kernel.entity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// What the compiler says, at the line, of an entity that cannot work or is likely to surprise.
class DiagnosticsTest {

    @TempDir Path output;

    @Test
    void aMethodWithAResultHasToSayWhetherItIsMeantToWait() {
        warns(
                """
                import io.faultline.kernel.entity.*;
                @Entity
                class Node {
                    public int size(java.util.List<String> of, int[] n) { return 0; }
                    @Blocking public int waitsForSize() { return 0; }
                    @NonEvent public int plainSize() { return 0; }
                    int notPublic() { return 0; }
                    @Override public String toString() { return "node"; }
                }
                """,
                "Node.java:4: warning: Node.size(List<String>, int[]) is an event with a result, so"
                        + " whoever calls it is suspended until it has run: mark it @Blocking if"
                        + " that is meant, or @NonEvent if it is an ordinary method");
    }

    @Test
    void localAndAnonymousClassesAreSeenToo() {
        warns(
                """
                import io.faultline.kernel.entity.*;
                class Outer {
                    @Entity static class Node {}
                    Object local() {
                        @Entity class Local {
                            public int one() { return 1; }
                        }
                        return new Local();
                    }
                    Object anonymous() {
                        return new Node() {
                            public int two() { return 2; }
                        };
                    }
                }
                """,
                "Outer.java:6: warning: Local.one() is an event with a result, so whoever calls it"
                        + " is suspended until it has run: mark it @Blocking if that is meant, or"
                        + " @NonEvent if it is an ordinary method",
                "Outer.java:12: warning: two() is an event with a result, so whoever calls it is"
                        + " suspended until it has run: mark it @Blocking if that is meant, or"
                        + " @NonEvent if it is an ordinary method");
    }

    @Test
    void anEventAndTheMethodItOverridesHaveToAgree() {
        warns(
                """
                import io.faultline.kernel.entity.*;
                @Entity
                class Node {
                    protected void hook() {}
                    public void event() {}
                    @Blocking public void waits() {}
                    @NonEvent public void agreed() {}
                }
                class LeafNode extends Node {
                    @Override public void hook() {}
                    @Override @NonEvent public void event() {}
                    @Override public void waits() {}
                    @Override @NonEvent public void agreed() {}
                }
                """,
                "Node.java:10: warning: LeafNode.hook() is an event, but Node.hook(), which it"
                        + " overrides, is an ordinary method: annotate both alike",
                "Node.java:11: warning: LeafNode.event() is an ordinary method, but Node.event(),"
                        + " which it overrides, is an event: annotate both alike",
                "Node.java:12: warning: LeafNode.waits() is an event, but Node.waits(), which it"
                        + " overrides, is a blocking event: annotate both alike");
    }

    @Test
    void warningsCanBeSilencedOnTheMethodAndAroundIt() {
        var compilation =
                Compilation.into(
                        output,
                        """
                        import io.faultline.kernel.entity.*;
                        @Entity
                        class Node {
                            @SuppressWarnings("faultline") public int one() { return 1; }
                            @SuppressWarnings("faultline")
                            static class Nested extends Node {
                                @Override public int one() { return 2; }
                            }
                        }
                        """);
        compilation.clean();
    }

    @Test
    void annotationsOutsideAnEntityAreErrors() {
        refuses(
                """
                import io.faultline.kernel.entity.*;
                class Plain {
                    @Event void a() {}
                    @Blocking public void b() {}
                    @NonEvent public void c() {}
                }
                """,
                "Plain.java:3: error: @Event on Plain.a() has no effect, because Plain is no"
                        + " @Entity: annotate Plain with @Entity, or remove @Event",
                "Plain.java:4: error: @Blocking on Plain.b() has no effect, because Plain is no"
                        + " @Entity: annotate Plain with @Entity, or remove @Blocking",
                "Plain.java:5: error: @NonEvent on Plain.c() has no effect, because Plain is no"
                        + " @Entity: annotate Plain with @Entity, or remove @NonEvent");
    }

    @Test
    void annotationsInAnInterfaceAreErrors() {
        refuses(
                """
                import io.faultline.kernel.entity.*;
                interface Greeter {
                    @Blocking void greet();
                }
                """,
                "Greeter.java:3: error: @Blocking on Greeter.greet() has no effect, because Greeter"
                        + " is no @Entity: annotate the methods of the entities that implement it,"
                        + " or remove @Blocking");
    }

    @Test
    void annotationsOnStaticAbstractAndNativeMethodsAreErrors() {
        refuses(
                """
                import io.faultline.kernel.entity.*;
                @Entity
                abstract class Node {
                    @Event static void a() {}
                    @Blocking public abstract void b();
                    @Event native void c();
                }
                """,
                "Node.java:4: error: @Event on Node.a() has no effect, because a static method is"
                        + " never an event: make it an instance method, or remove @Event",
                "Node.java:5: error: @Blocking on Node.b() has no effect, because an abstract"
                    + " method has no body to run: annotate the methods that implement it instead",
                "Node.java:6: error: @Event on Node.c() has no effect, because a native method is"
                        + " never an event: call it from one that is, or remove @Event");
    }

    @Test
    void aConstructorCannotEvenBeAnnotated() {
        var compilation =
                Compilation.into(
                        output,
                        """
                        import io.faultline.kernel.entity.*;
                        @Entity
                        class Node {
                            @Event Node() {}
                        }
                        """);
        assertThat(compilation.succeeded()).isFalse();
        assertThat(compilation.messages())
                .singleElement()
                .asString()
                .contains("Node.java:4: error");
    }

    @Test
    void annotationsThatContradictEachOtherAreErrors() {
        refuses(
                """
                import io.faultline.kernel.entity.*;
                @Entity
                class Node {
                    @Event @NonEvent void a() {}
                    @Blocking @NonEvent public void b() {}
                    @Event @Blocking void c() {}
                }
                """,
                "Node.java:4: error: @Event and @NonEvent on Node.a() contradict each other: remove"
                        + " one of them",
                "Node.java:5: error: @Blocking and @NonEvent on Node.b() contradict each other:"
                        + " remove one of them");
    }

    @Test
    void interfacesAndEnumsCannotBeEntities() {
        refuses(
                """
                import io.faultline.kernel.entity.*;
                @Entity
                interface Greeter {}
                @Entity
                @interface Mark {}
                @Entity
                enum Colour { RED }
                """,
                "Greeter.java:3: error: Greeter is an interface and cannot be an @Entity: annotate"
                        + " the classes that implement it",
                "Greeter.java:5: error: Mark is an interface and cannot be an @Entity: annotate the"
                        + " classes that implement it",
                "Greeter.java:7: error: Colour is an enum and cannot be an @Entity, because its"
                        + " constants would carry their state from one run into the next: make it"
                        + " a class");
    }

    private void warns(String source, String... messages) {
        var compilation = Compilation.into(output, source);
        assertThat(compilation.messages()).containsExactly(messages);
        assertThat(compilation.succeeded()).isTrue();
    }

    private void refuses(String source, String... messages) {
        var compilation = Compilation.into(output, source);
        assertThat(compilation.messages()).containsExactly(messages);
        assertThat(compilation.succeeded()).isFalse();
        assertThat(compilation.classFiles()).isEmpty();
    }
}
