package io.faultline.kernel.weave;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
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
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/// Runs the [Weaver] inside javac, on exactly the class files that this compilation wrote.
///
/// There is no other door: a class is woven once, by the compilation that produced it, and is never
/// seen unwoven by a later build phase. It is found through `annotationProcessorPaths`; sources need
/// no change and no other processor is disturbed.
public final class WeaveProcessor extends AbstractProcessor {

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        JavacTask.instance(environment)
                .addTaskListener(
                        new AfterCompilation(
                                environment.getElementUtils(), environment.getFiler()));
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        return false;
    }

    /// Remembers what was written and weaves it when all of it is there, so that superclasses of
    /// the same compilation can be read.
    private static final class AfterCompilation implements TaskListener {
        private final Elements elements;
        private final Filer filer;
        private final Set<String> written = new LinkedHashSet<>();

        AfterCompilation(Elements elements, Filer filer) {
            this.elements = elements;
            this.filer = filer;
        }

        @Override
        public void finished(TaskEvent event) {
            switch (event.getKind()) {
                case GENERATE -> {
                    if (event.getTypeElement() != null) {
                        var name = elements.getBinaryName(event.getTypeElement()).toString();
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
                readOutput(name)
                        .ifPresent(bytes -> weaver.weave(bytes).forEach(this::writeOutput));
            }
            written.clear();
        }

        private Optional<byte[]> classBytes(String internalName) {
            return readOutput(internalName).or(() -> readClassPath(internalName));
        }

        private Optional<byte[]> readOutput(String internalName) {
            try {
                return Optional.of(Files.readAllBytes(output(internalName)));
            } catch (NoSuchFileException absent) {
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void writeOutput(String internalName, byte[] bytes) {
            try {
                Files.write(output(internalName), bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Path output(String internalName) throws IOException {
            return Path.of(
                    filer.getResource(StandardLocation.CLASS_OUTPUT, "", internalName + ".class")
                            .toUri());
        }

        private Optional<byte[]> readClassPath(String internalName) {
            try (var in =
                    filer.getResource(StandardLocation.CLASS_PATH, "", internalName + ".class")
                            .openInputStream()) {
                return Optional.of(in.readAllBytes());
            } catch (IOException absent) {
                return Optional.empty();
            }
        }
    }
}
