package io.faultline.kernel.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.kernel.weave.WeaveProcessor;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// What comes out of a compilation with the weaver.
class WeavingTest {

    private static final String HEART =
            """
            import io.faultline.kernel.entity.*;

            @Entity
            public class Heart {
                public void beat(long period, String... names) {
                    Said.say("beat");
                }

                @Blocking
                public long rate() {
                    return 60;
                }
            }
            """;

    private static final String LOUD_HEART =
            """
            import io.faultline.kernel.entity.*;

            public class LoudHeart extends Heart {
                @Override
                public void beat(long period, String... names) {
                    super.beat(period, names);
                    Said.say("!");
                }
            }
            """;

    private static final String MAIN =
            """
            public class Main implements Runnable {
                public void run() {
                    new LoudHeart().beat(1, "a");
                }
            }
            """;

    @TempDir Path directory;
    private Path output;

    @BeforeEach
    void makeOutput() throws IOException {
        output = Files.createDirectory(directory.resolve("classes"));
    }

    @Test
    void twoCompilationsGiveTheSameBytes() throws IOException {
        var again = Files.createDirectory(directory.resolve("again"));
        var first = Compilation.into(output, HEART, LOUD_HEART, MAIN).clean().classFiles();
        var second = Compilation.into(again, HEART, LOUD_HEART, MAIN).clean().classFiles();
        assertThat(first.keySet())
                .containsExactly(
                        "Heart$beat$Event.class",
                        "Heart$rate$Event.class",
                        "Heart.class",
                        "LoudHeart$beat$Event.class",
                        "LoudHeart.class",
                        "Main.class");
        assertThat(second.keySet()).isEqualTo(first.keySet());
        first.forEach((name, bytes) -> assertThat(second.get(name)).as(name).isEqualTo(bytes));
    }

    @Test
    void theOrderOfTheSourcesDoesNotMatter() throws IOException {
        var again = Files.createDirectory(directory.resolve("again"));
        var first = Compilation.into(output, HEART, LOUD_HEART, MAIN).clean().classFiles();
        var second = Compilation.into(again, MAIN, LOUD_HEART, HEART).clean().classFiles();
        first.forEach((name, bytes) -> assertThat(second.get(name)).as(name).isEqualTo(bytes));
    }

    @Test
    void compilingOneClassAgainWeavesThatOneOnce() {
        var before = Compilation.into(output, HEART, LOUD_HEART, MAIN).clean().classFiles();
        for (var source : List.of(LOUD_HEART, HEART, MAIN)) {
            var after = Compilation.into(output, source).clean().classFiles();
            assertThat(after.keySet()).isEqualTo(before.keySet());
            before.forEach((name, bytes) -> assertThat(after.get(name)).as(name).isEqualTo(bytes));
        }
    }

    @Test
    void wovenClassesOfAnEarlierCompilationServeAsSuperclasses() {
        Compilation.into(output, HEART).clean();
        var simulation = Compilation.into(output, LOUD_HEART, MAIN).clean().run();
        assertThat(Said.in(simulation)).containsExactly("beat", "!");
        assertThat(simulation.executed()).isEqualTo(1);
    }

    @Test
    void wovenClassesAreMarked() throws Exception {
        Compilation.into(output, HEART, LOUD_HEART, MAIN).clean();
        try (var loader = new Compilation(true, List.of(), output).loader()) {
            assertThat(loader.loadClass("Heart").isAnnotationPresent(Woven.class)).isTrue();
            assertThat(loader.loadClass("LoudHeart").isAnnotationPresent(Woven.class)).isTrue();
            assertThat(loader.loadClass("Main").isAnnotationPresent(Woven.class)).isFalse();
        }
    }

    /// The JVM verifies a class before it tells of its methods.
    @Test
    void everyClassOfTheseTestsVerifies() throws Exception {
        var tests = Compilation.CLASS_PATH.getLast();
        try (var files = Files.walk(tests)) {
            for (var file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                var name = tests.relativize(file).toString().replace(File.separatorChar, '.');
                var type =
                        Class.forName(
                                name.substring(0, name.length() - ".class".length()),
                                false,
                                WeavingTest.class.getClassLoader());
                assertThat(type.getDeclaredMethods()).isNotNull();
            }
        }
    }

    /// The control for the test above.
    @Test
    void aClassThatDoesNotVerifyDoesNotTellOfItsMethods() throws Exception {
        var broken =
                ClassFile.of()
                        .build(
                                ClassDesc.of("Broken"),
                                type ->
                                        type.withMethodBody(
                                                "broken",
                                                ConstantDescs.MTD_void,
                                                ClassFile.ACC_STATIC,
                                                code -> code.iconst_0().areturn()));
        Files.write(output.resolve("Broken.class"), broken);
        try (var loader = new Compilation(true, List.of(), output).loader()) {
            var type = loader.loadClass("Broken");
            assertThatThrownBy(type::getDeclaredMethods).isInstanceOf(VerifyError.class);
        }
    }

    @Test
    void aStackTraceShowsTheLinesOfTheSource() {
        var compilation =
                Compilation.into(
                                output,
                                """
                                import io.faultline.kernel.entity.*;

                                @Entity
                                public class Main implements Runnable {
                                    @Override
                                    public void run() {
                                        fail(3);
                                    }

                                    public void fail(int n) {
                                        throw new IllegalStateException("failed");
                                    }
                                }
                                """)
                        .clean();
        assertThatThrownBy(compilation::run)
                .cause()
                .satisfies(thrown ->
                        assertThat(thrown.getStackTrace())
                                .extracting(f ->
                                        f.getClassName()
                                                + "."
                                                + f.getMethodName()
                                                + ":"
                                                + f.getFileName()
                                                + ":"
                                                + f.getLineNumber())
                                .startsWith(
                                        "Main.fail$Main:Main.java:11",
                                        "Main$fail$Event.run:Main.java:11"));
    }

    @Test
    void superIsDirectAcrossPackages() {
        var simulation =
                Compilation.into(
                                output,
                                """
                                package base;
                                import io.faultline.kernel.entity.*;
                                @Entity public abstract class Node {
                                    public void start() { Said.say("base"); }
                                    @Event protected void stop() { Said.say("stop"); }
                                }
                                """,
                                """
                                package leaf;
                                import io.faultline.kernel.entity.Said;
                                public class LeafNode extends base.Node {
                                    @Override public void start() { super.start(); Said.say("leaf"); }
                                    void viaLambda() { Runnable r = () -> super.start(); r.run(); }
                                    public void all() { viaLambda(); super.stop(); start(); stop(); }
                                }
                                """,
                                """
                                public class Main implements Runnable {
                                    public void run() { new leaf.LeafNode().all(); }
                                }
                                """)
                        .clean()
                        .run();
        assertThat(Said.in(simulation)).containsExactly("base", "stop", "base", "leaf", "stop");
        assertThat(simulation.executed()).isEqualTo(3);
    }

    /// `a.Node`, `b.Node` and `c.Node` extend each other and have events of one name, two of which
    /// do not override each other.
    @Test
    void classesOfOneSimpleNameInOneLineOfDescentKeepTheirEventsApart() {
        var simulation =
                Compilation.into(
                                output,
                                """
                                package a;
                                import io.faultline.kernel.entity.*;
                                @Entity public class Node {
                                    public void run() { Said.say("a"); }
                                    @Event void hidden() { Said.say("hidden a"); }
                                    @Event private void secret() { Said.say("secret a"); }
                                    public void own() { hidden(); secret(); }
                                }
                                """,
                                """
                                package b;
                                import io.faultline.kernel.entity.*;
                                public class Node extends a.Node {
                                    @Override public void run() { super.run(); Said.say("b"); }
                                    @Event void hidden() { Said.say("hidden b"); }
                                    @Event private void secret() { Said.say("secret b"); }
                                    @Override public void own() { super.own(); hidden(); secret(); }
                                }
                                """,
                                """
                                package c;
                                import io.faultline.kernel.entity.*;
                                public class Node extends b.Node {
                                    @Override public void run() { super.run(); Said.say("c"); }
                                    @Event void hidden() { Said.say("hidden c"); }
                                    @Override public void own() { super.own(); hidden(); }
                                }
                                """,
                                """
                                public class Main implements Runnable {
                                    public void run() {
                                        a.Node node = new c.Node();
                                        node.run();
                                        node.own();
                                    }
                                }
                                """)
                        .clean()
                        .run();
        assertThat(Said.in(simulation))
                .containsExactly(
                        "a", "b", "c", "hidden a", "secret a", "hidden b", "secret b", "hidden c");
    }

    /// For a public method of a class that is not public, javac adds to the public subclass a
    /// bridge that calls `super`.
    @Test
    void anEventInheritedFromAClassThatIsNotPublicPostsOnce() {
        var simulation =
                Compilation.into(
                                output,
                                """
                                package base;
                                import io.faultline.kernel.entity.*;
                                @Entity abstract class Hidden {
                                    public void start() { Said.say("start"); }
                                }
                                """,
                                """
                                package base;
                                public class Shown extends Hidden {}
                                """,
                                """
                                package leaf;
                                import io.faultline.kernel.entity.Said;
                                public class Leaf extends base.Shown {
                                    @Override public void start() { super.start(); Said.say("leaf"); }
                                }
                                """,
                                """
                                public class Main implements Runnable {
                                    public void run() {
                                        new base.Shown().start();
                                        io.faultline.kernel.entity.Said.say("posted");
                                        new leaf.Leaf().start();
                                    }
                                }
                                """)
                        .clean()
                        .run();
        assertThat(Said.in(simulation)).containsExactly("posted", "start", "start", "leaf");
        assertThat(simulation.executed()).isEqualTo(2);
    }

    /// Where paths of a rewritten body meet, the verifier wants to know what their classes have in
    /// common.
    @Test
    void aBodyWithBranchesIsRewrittenSoThatItVerifies() {
        var simulation =
                Compilation.into(
                                output,
                                """
                                package base;
                                import io.faultline.kernel.entity.*;
                                @Entity public class Node {
                                    public void take(Object what) { Said.say(what); }
                                }
                                """,
                                """
                                package leaf;
                                import io.faultline.kernel.entity.Said;
                                public class Leaf extends base.Node {
                                    private static class Shape {
                                        public String toString() { return getClass().getSimpleName(); }
                                    }
                                    private static final class Round extends Shape {}
                                    private static final class Square extends Shape {}
                                    @Override public void take(Object what) {
                                        Shape shape = what instanceof Integer n && n > 1 ? new Round() : new Square();
                                        try {
                                            for (int i = 0; i < 2; i++) {
                                                super.take(i == 0 ? shape : switch (what) {
                                                    case Integer n -> new Round();
                                                    default -> what;
                                                });
                                            }
                                        } finally {
                                            Said.say(shape);
                                        }
                                    }
                                }
                                """,
                                """
                                public class Main implements Runnable {
                                    public void run() {
                                        new leaf.Leaf().take(2);
                                        new leaf.Leaf().take("x");
                                    }
                                }
                                """)
                        .clean()
                        .run();
        assertThat(Said.in(simulation))
                .containsExactly("Round", "Round", "Round", "Square", "x", "Square");
    }

    /// Everything on the module path, as in a user's own modular build.
    @Test
    void namedModulesNeedNothingElse() throws Exception {
        var jars = Files.createDirectory(directory.resolve("jars"));
        var kernel = Compilation.CLASS_PATH.getFirst();
        java.util.spi.ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--create",
                        "--file=" + jars.resolve("kernel.jar"),
                        "-C",
                        kernel.toString(),
                        ".");
        var library = Files.createDirectory(jars.resolve("library"));
        module(
                library,
                jars,
                "module library { requires transitive kernel; exports library; }",
                """
                package library;
                import io.faultline.kernel.entity.*;
                @Entity public class Node {
                    public static final StringBuilder LOG = new StringBuilder();
                    public void start() { LOG.append("library "); }
                }
                """);
        module(
                output,
                jars,
                "module user { requires library; exports user; }",
                """
                package user;
                import io.faultline.kernel.Simulation;
                public class LeafNode extends library.Node {
                    @Override public void start() { super.start(); LOG.append("user "); }
                    public static String run() {
                        var simulation = new Simulation(1);
                        simulation.within(() -> new LeafNode().start());
                        return LOG + "" + simulation.run().events() + LOG;
                    }
                }
                """);
        var boot = ModuleLayer.boot();
        var layer =
                boot.defineModulesWithOneLoader(
                        boot.configuration()
                                .resolve(
                                        ModuleFinder.of(jars, library, output),
                                        ModuleFinder.of(),
                                        Set.of("user")),
                        ClassLoader.getPlatformClassLoader());
        var run = layer.findLoader("user").loadClass("user.LeafNode").getMethod("run");
        assertThat(run.invoke(null)).isEqualTo("1library user ");
    }

    private static void module(Path output, Path modulePath, String... sources) {
        Compilation.compile(
                        output,
                        List.of(),
                        List.of(
                                "-Xlint:none",
                                "--module-path",
                                modulePath + File.pathSeparator + modulePath.resolve("library"),
                                "--processor-path",
                                Compilation.WEAVER.toString()),
                        sources)
                .clean();
    }

    /// As IDEs do it that come between javac and its processors.
    @Test
    void aCompilerThatIsNotJavacIsAnErrorWithAWayOut() {
        var messages = new ArrayList<String>();
        var messager =
                Proxy.newProxyInstance(
                        WeavingTest.class.getClassLoader(),
                        new Class<?>[] {Messager.class},
                        (proxy, method, arguments) -> {
                            messages.add(arguments[0] + ": " + arguments[1]);
                            return null;
                        });
        var environment =
                (ProcessingEnvironment)
                        Proxy.newProxyInstance(
                                WeavingTest.class.getClassLoader(),
                                new Class<?>[] {ProcessingEnvironment.class},
                                (proxy, method, arguments) -> messager);
        new WeaveProcessor().init(environment);
        assertThat(messages)
                .singleElement()
                .asString()
                .startsWith("ERROR: faultline-weaver works inside javac, but this build puts")
                .endsWith("build with Maven, or have the IDE do so");
    }

    /// As tools do it that keep what they compile in memory.
    @Test
    void theOutputNeedNotBeADirectory() throws Exception {
        var javac = ToolProvider.getSystemJavaCompiler();
        var inMemory = new InMemory(javac.getStandardFileManager(null, null, null));
        var options =
                List.of(
                        "--class-path",
                        String.join(
                                File.pathSeparator,
                                Compilation.CLASS_PATH.stream().map(Path::toString).toList()),
                        "--processor-path",
                        Compilation.WEAVER.toString());
        var sources = Compilation.sources(HEART, LOUD_HEART, MAIN);
        assertThat(javac.getTask(null, inMemory, null, options, null, sources).call()).isTrue();
        var onDisk = Compilation.into(output, HEART, LOUD_HEART, MAIN).clean().classFiles();
        assertThat(inMemory.files.keySet()).isEqualTo(onDisk.keySet());
        onDisk.forEach((name, bytes) ->
                assertThat(inMemory.files.get(name).toByteArray()).isEqualTo(bytes));
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> files = new TreeMap<>();

        InMemory(JavaFileManager fallback) {
            super(fallback);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String type, JavaFileObject.Kind kind, FileObject sibling) {
            return new Output(type.replace('.', '/') + kind.extension);
        }

        @Override
        public FileObject getFileForOutput(
                Location location, String place, String name, FileObject sibling) {
            return new Output(place.isEmpty() ? name : place.replace('.', '/') + "/" + name);
        }

        private final class Output extends SimpleJavaFileObject {
            private final String path;

            Output(String path) {
                super(URI.create("memory:///" + path), Kind.CLASS);
                this.path = path;
            }

            @Override
            public OutputStream openOutputStream() {
                files.put(path, new ByteArrayOutputStream());
                return files.get(path);
            }

            @Override
            public InputStream openInputStream() throws IOException {
                if (!files.containsKey(path)) {
                    throw new FileNotFoundException(path);
                }
                return new ByteArrayInputStream(files.get(path).toByteArray());
            }
        }
    }

    @Test
    void aClassThatCannotBeWovenIsRefusedAndNotLeftBehind() {
        var compilation =
                Compilation.into(
                        output,
                        """
                        import io.faultline.kernel.entity.*;
                        @Entity
                        class Node {
                            public void start() {}
                            void start$Node() {}
                        }
                        """);
        assertThat(compilation.succeeded()).isFalse();
        assertThat(compilation.messages())
                .containsExactly(
                        "error: the @Entity Node cannot be woven: its method start$Node() has the"
                                + " name that the body of start() is to have; rename it");
        assertThat(compilation.classFiles()).isEmpty();
    }
}
