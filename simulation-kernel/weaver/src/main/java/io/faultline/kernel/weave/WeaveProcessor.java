package io.faultline.kernel.weave;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.Trees;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic.Kind;
import javax.tools.FileObject;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/// Runs the [Weaver] inside javac, on exactly the class files that this compilation wrote, after
/// [Diagnostics] has seen their source.
///
/// There is no other door: a class is woven once, by the compilation that produced it, and is never
/// seen unwoven by a later build phase. It is found through `annotationProcessorPaths`; sources
/// need no change and no other processor is disturbed.
public final class WeaveProcessor extends AbstractProcessor {

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of("io.faultline.kernel.entity.*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        JavacTask javac;
        try {
            javac = JavacTask.instance(environment);
        } catch (IllegalArgumentException notJavac) {
            environment
                    .getMessager()
                    .printMessage(
                            Kind.ERROR,
                            "faultline-weaver works inside javac, but this build puts something"
                                    + " between them ("
                                    + environment.getClass().getName()
                                    + "): build with Maven, or have the IDE do so");
            return;
        }
        var entities = new SourceModel(environment.getElementUtils(), environment.getTypeUtils());
        javac.addTaskListener(new Diagnostics(Trees.instance(environment), entities));
        javac.addTaskListener(new AfterCompilation(entities, environment));
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        return true;
    }

    /// Remembers which entities were written and weaves them when all of them are there, so that
    /// superclasses of the same compilation can be read.
    private static final class AfterCompilation implements TaskListener {
        private final SourceModel entities;
        private final Filer filer;
        private final Messager messager;
        private final Set<String> written = new LinkedHashSet<>();

        AfterCompilation(SourceModel entities, ProcessingEnvironment environment) {
            this.entities = entities;
            this.filer = environment.getFiler();
            this.messager = environment.getMessager();
        }

        @Override
        public void finished(TaskEvent event) {
            switch (event.getKind()) {
                case GENERATE -> {
                    var type = event.getTypeElement();
                    if (type != null && entities.isEntity(type)) {
                        var name = entities.elements().getBinaryName(type).toString();
                        written.add(name.replace('.', '/'));
                    }
                }
                case COMPILATION -> weaveWritten();
                default -> {}
            }
        }

        private void weaveWritten() {
            var weaver = new Weaver(this::classBytes);
            for (var name : written) {
                try {
                    readOutput(name)
                            .ifPresent(bytes -> weaver.weave(bytes).forEach(this::writeOutput));
                } catch (RuntimeException e) {
                    discard(name, e);
                }
            }
            written.clear();
        }

        /// Fails the compilation and leaves no unwoven class behind that the next one would take
        /// for up to date.
        private void discard(String internalName, RuntimeException reason) {
            delete(internalName);
            messager.printMessage(
                    Kind.ERROR,
                    "the @Entity %s cannot be woven: %s"
                            .formatted(
                                    internalName.replace('/', '.'),
                                    reason instanceof IllegalArgumentException
                                            ? reason.getMessage()
                                            : reason));
        }

        /// Finds a class file in what was just written, on the class path, or wherever else javac
        /// found it, such as on the module path.
        private Optional<byte[]> classBytes(String internalName) {
            return readOutput(internalName)
                    .or(() -> read(StandardLocation.CLASS_PATH, internalName))
                    .or(() -> readWhereJavacFoundIt(internalName));
        }

        private Optional<byte[]> readOutput(String internalName) {
            return read(StandardLocation.CLASS_OUTPUT, internalName);
        }

        private Optional<byte[]> read(StandardLocation location, String internalName) {
            try {
                return Optional.of(bytes(filer.getResource(location, "", internalName + ".class")));
            } catch (NoSuchFileException | FileNotFoundException absent) {
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Optional<byte[]> readWhereJavacFoundIt(String internalName) {
            var elements = entities.elements();
            var type = elements.getTypeElement(internalName.replace('/', '.').replace('$', '.'));
            if (type == null) {
                return Optional.empty();
            }
            var file = elements.getFileObjectOf(type);
            if (file.getKind() != JavaFileObject.Kind.CLASS) {
                return Optional.empty();
            }
            try {
                return Optional.of(bytes(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static byte[] bytes(FileObject file) throws IOException {
            try (var in = file.openInputStream()) {
                return in.readAllBytes();
            }
        }

        private void writeOutput(String internalName, byte[] bytes) {
            var file = output(internalName);
            try {
                if (isOnDisk(file)) {
                    // The file manager would warn of an output file that is written twice.
                    Files.write(Path.of(file.toUri()), bytes);
                    return;
                }
                try (var out =
                        filer.createResource(
                                        StandardLocation.CLASS_OUTPUT, "", internalName + ".class")
                                .openOutputStream()) {
                    out.write(bytes);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void delete(String internalName) {
            var file = output(internalName);
            try {
                if (isOnDisk(file)) {
                    Files.deleteIfExists(Path.of(file.toUri()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static boolean isOnDisk(FileObject file) {
            return file.toUri().getScheme().equals("file");
        }

        private FileObject output(String internalName) {
            try {
                return filer.getResource(
                        StandardLocation.CLASS_OUTPUT, "", internalName + ".class");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
