package io.faultline.kernel.weave;

import io.faultline.kernel.weave.Declaration.Role;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/// Which classes are entities, and which of their methods are events, as javac sees them before
/// there are class files. The rules are those of [Declaration].
record SourceModel(Elements elements, Types types) {

    boolean isEntity(TypeElement type) {
        return !type.getKind().isInterface()
                && ancestry(type).anyMatch(c -> annotations(c).contains(Declaration.ENTITY));
    }

    Role role(ExecutableElement method) {
        var modifiers = method.getModifiers();
        return new Declaration(
                        method.getSimpleName().toString(),
                        method.getParameters().stream()
                                .map(p -> types.erasure(p.asType()).toString())
                                .toList(),
                        method.getReturnType().getKind() != TypeKind.VOID,
                        modifiers.contains(Modifier.PUBLIC),
                        method.getKind() == ElementKind.METHOD
                                && !modifiers.contains(Modifier.STATIC)
                                && !modifiers.contains(Modifier.ABSTRACT)
                                && !modifiers.contains(Modifier.NATIVE),
                        elements.recordComponentFor(method) != null,
                        annotations(method))
                .role();
    }

    /// The class and those that it extends, without those of the JDK.
    Stream<TypeElement> ancestry(TypeElement type) {
        return Stream.iterate(
                type,
                c -> c != null && !c.getQualifiedName().toString().startsWith("java."),
                c ->
                        c.getSuperclass() instanceof DeclaredType parent
                                ? (TypeElement) parent.asElement()
                                : null);
    }

    static Set<String> annotations(Element element) {
        return element.getAnnotationMirrors().stream()
                .map(SourceModel::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String name(AnnotationMirror annotation) {
        var type = (TypeElement) annotation.getAnnotationType().asElement();
        return type.getQualifiedName().toString();
    }
}
