package io.faultline.kernel.weave;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;

import io.faultline.kernel.weave.Declaration.Role;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.tools.Diagnostic.Kind;

/// Says, at the line where it happens, what in the source of an entity cannot work or is likely to
/// surprise.
///
/// It looks at each class when javac has given every name its meaning, local and anonymous classes
/// included. Warnings can be silenced with `@SuppressWarnings("faultline")` on the method or on a
/// class around it.
final class Diagnostics implements TaskListener {

    private static final List<String> MARKS =
            List.of(Declaration.EVENT, Declaration.BLOCKING, Declaration.NON_EVENT);

    private final Trees trees;
    private final SourceModel entities;

    Diagnostics(Trees trees, SourceModel entities) {
        this.trees = trees;
        this.entities = entities;
    }

    @Override
    public void finished(TaskEvent event) {
        if (event.getKind() == TaskEvent.Kind.ANALYZE && event.getTypeElement() != null) {
            var path = trees.getPath(event.getTypeElement());
            if (path != null) {
                new Scanner().scan(path, null);
            }
        }
    }

    private final class Scanner extends TreePathScanner<Void, Void> {
        @Override
        public Void visitClass(ClassTree tree, Void nothing) {
            if (trees.getElement(getCurrentPath()) instanceof TypeElement type) {
                new Report(getCurrentPath()).check(type);
            }
            return super.visitClass(tree, nothing);
        }

        @Override
        public Void visitMethod(MethodTree tree, Void nothing) {
            if (trees.getElement(getCurrentPath()) instanceof ExecutableElement method
                    && method.getKind() == ElementKind.METHOD) {
                new Report(getCurrentPath()).check(method);
            }
            return super.visitMethod(tree, nothing);
        }
    }

    /// What there is to say about one place.
    private final class Report {
        private final TreePath path;

        Report(TreePath path) {
            this.path = path;
        }

        void check(TypeElement type) {
            if (!SourceModel.annotations(type).contains(Declaration.ENTITY)) {
                return;
            }
            var name = type.getSimpleName();
            switch (type.getKind()) {
                case INTERFACE, ANNOTATION_TYPE ->
                        error(
                                "%s is an interface and cannot be an @Entity: annotate the classes"
                                        + " that implement it",
                                name);
                case ENUM ->
                        error(
                                "%s is an enum and cannot be an @Entity, because its constants"
                                    + " would carry their state from one run into the next: make it"
                                    + " a class",
                                name);
                default -> {}
            }
        }

        void check(ExecutableElement method) {
            var type = (TypeElement) method.getEnclosingElement();
            var marks = marks(method);
            if (!marks.isEmpty() && isMisplaced(method, type, marks)) {
                return;
            }
            if (entities.isEntity(type)) {
                checkRole(method, type, marks);
            }
        }

        private boolean isMisplaced(
                ExecutableElement method, TypeElement type, List<String> marks) {
            var first = marks.getFirst();
            if (!entities.isEntity(type)) {
                error(
                        "%s on %s has no effect, because %s is no @Entity: annotate %s, or remove"
                                + " %s",
                        first,
                        name(method),
                        type.getSimpleName(),
                        type.getKind().isInterface()
                                ? "the methods of the entities that implement it"
                                : type.getSimpleName() + " with @Entity",
                        first);
            } else if (method.getModifiers().contains(Modifier.STATIC)) {
                error(
                        "%s on %s has no effect, because a static method is never an event: make it"
                                + " an instance method, or remove %s",
                        first, name(method), first);
            } else if (method.getModifiers().contains(Modifier.ABSTRACT)) {
                error(
                        "%s on %s has no effect, because an abstract method has no body to run:"
                                + " annotate the methods that implement it instead",
                        first, name(method));
            } else if (method.getModifiers().contains(Modifier.NATIVE)) {
                error(
                        "%s on %s has no effect, because a native method is never an event: call it"
                                + " from one that is, or remove %s",
                        first, name(method), first);
            } else if (marks.size() > 1 && marks.contains("@NonEvent")) {
                error(
                        "%s and @NonEvent on %s contradict each other: remove one of them",
                        first, name(method));
            } else {
                return false;
            }
            return true;
        }

        private void checkRole(ExecutableElement method, TypeElement type, List<String> marks) {
            var role = entities.role(method);
            if (role == Role.BLOCKING_EVENT
                    && !marks.contains("@Blocking")
                    && method.getReturnType().getKind() != TypeKind.VOID) {
                warning(
                        method,
                        "%s is an event with a result, so whoever calls it is suspended until it"
                                + " has run: mark it @Blocking if that is meant, or @NonEvent if"
                                + " it is an ordinary method",
                        name(method));
            }
            overridden(method, type)
                    .filter(parent -> entities.role(parent) != role)
                    .ifPresent(parent ->
                            warning(
                                    method,
                                    "%s is %s, but %s, which it overrides, is %s: annotate"
                                            + " both alike",
                                    name(method),
                                    role,
                                    name(parent),
                                    entities.role(parent)));
        }

        /// The method with a body in a superclass that a method overrides. What calls it there
        /// counts on what calling it means.
        private Optional<ExecutableElement> overridden(ExecutableElement method, TypeElement type) {
            return entities.ancestry(type)
                    .skip(1)
                    .filter(entities::isEntity)
                    .flatMap(c -> c.getEnclosedElements().stream())
                    .filter(e -> e.getKind() == ElementKind.METHOD)
                    .map(ExecutableElement.class::cast)
                    .filter(e -> !e.getModifiers().contains(Modifier.ABSTRACT))
                    .filter(e -> entities.elements().overrides(method, e, type))
                    .findFirst();
        }

        private void warning(ExecutableElement method, String text, Object... details) {
            if (!isSuppressed(method)) {
                print(Kind.WARNING, text, details);
            }
        }

        private void error(String text, Object... details) {
            print(Kind.ERROR, text, details);
        }

        private void print(Kind kind, String text, Object... details) {
            trees.printMessage(
                    kind, text.formatted(details), path.getLeaf(), path.getCompilationUnit());
        }
    }

    /// The annotations of this package that a method carries: `@Event`, `@Blocking`, `@NonEvent`.
    private static List<String> marks(ExecutableElement method) {
        var annotations = SourceModel.annotations(method);
        return MARKS.stream()
                .filter(annotations::contains)
                .map(name -> "@" + name.substring(name.lastIndexOf('.') + 1))
                .toList();
    }

    private static boolean isSuppressed(Element element) {
        for (var at = element; at != null; at = at.getEnclosingElement()) {
            var suppressed = at.getAnnotation(SuppressWarnings.class);
            if (suppressed != null && Arrays.asList(suppressed.value()).contains("faultline")) {
                return true;
            }
        }
        return false;
    }

    private static String name(ExecutableElement method) {
        var type = method.getEnclosingElement().getSimpleName();
        return method.getParameters().stream()
                .map(p -> simple(p.asType().toString()))
                .collect(
                        Collectors.joining(
                                ", ",
                                (type.isEmpty() ? "" : type + ".") + method.getSimpleName() + "(",
                                ")"));
    }

    /// A type without the packages in it.
    private static String simple(String type) {
        return type.replaceAll("\\b[a-z_$][\\w$]*\\.", "");
    }
}
