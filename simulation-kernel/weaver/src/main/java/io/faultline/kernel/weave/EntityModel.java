package io.faultline.kernel.weave;

import io.faultline.kernel.weave.Declaration.Role;

import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which classes are entities, and which of their methods are events, read from class files.
///
/// A class is an entity if it, or a class that it extends, is annotated with `@Entity`; the rules
/// for its methods are those of [Declaration]. The answers are the same before and after weaving.
///
/// @param classes finds the class file of an internal name, woven or not, if the compilation can
///   see it
record EntityModel(Function<String, Optional<ClassModel>> classes) {

    boolean isEntity(ClassModel type) {
        return !type.flags().has(AccessFlag.INTERFACE)
                && ancestry(type).anyMatch(c -> annotations(c).contains(Declaration.ENTITY));
    }

    static boolean isWoven(ClassModel type) {
        return annotations(type).contains(Declaration.WOVEN);
    }

    List<MethodModel> events(ClassModel entity) {
        return entity.methods().stream()
                .filter(method -> role(entity, method) != Role.ORDINARY)
                .toList();
    }

    static Role role(ClassModel type, MethodModel method) {
        var flags = method.flags();
        return new Declaration(
                        method.methodName().stringValue(),
                        method.methodTypeSymbol().parameterList().stream()
                                .map(EntityModel::name)
                                .toList(),
                        !method.methodTypeSymbol().returnType().equals(ConstantDescs.CD_void),
                        flags.has(AccessFlag.PUBLIC),
                        !flags.has(AccessFlag.STATIC)
                                && !flags.has(AccessFlag.SYNTHETIC)
                                && method.code().isPresent()
                                && !method.methodName().stringValue().startsWith("<"),
                        isAccessor(type, method),
                        annotations(method))
                .role();
    }

    /// The name of the method that the body of an event moves to. It contains the class, so that
    /// the body of an overriding event does not override it; where a superclass in another package
    /// has the same name, it contains the package too.
    String twin(String method, ClassModel owner) {
        var type = owner.thisClass().asSymbol();
        var isAmbiguous =
                ancestry(owner)
                        .skip(1)
                        .map(c -> c.thisClass().asSymbol().displayName())
                        .anyMatch(type.displayName()::equals);
        var place = isAmbiguous ? type.packageName().replace('.', '-') + "-" : "";
        return method + "$" + place + type.displayName();
    }

    /// The class that declares the event which `super.name(…)` in a subclass of `owner` means, if
    /// it means one.
    Optional<ClassModel> eventDeclarer(String owner, String name, String descriptor) {
        return classes.apply(owner).stream()
                .flatMap(this::ancestry)
                .flatMap(type -> declared(type, name, descriptor))
                .findFirst()
                .filter(m -> isEntity(m.parent().orElseThrow()))
                .filter(m -> role(m.parent().orElseThrow(), m) != Role.ORDINARY)
                .flatMap(MethodModel::parent);
    }

    private static Stream<MethodModel> declared(ClassModel type, String name, String descriptor) {
        return type.methods().stream()
                .filter(m -> m.methodName().equalsString(name))
                .filter(m -> m.methodType().equalsString(descriptor))
                .filter(m -> !isForwardedToSuper(m));
    }

    /// Whether a method is one that javac adds to a public class for a public method of a
    /// superclass that is not public: it calls `super`, and stands for nothing of its own.
    private static boolean isForwardedToSuper(MethodModel method) {
        return method.flags().has(AccessFlag.BRIDGE)
                && method.code().stream()
                        .flatMap(code -> code.elementStream())
                        .anyMatch(e ->
                                e instanceof InvokeInstruction call
                                        && call.opcode() == Opcode.INVOKESPECIAL);
    }

    /// The class and those that it extends, without those of the JDK.
    private Stream<ClassModel> ancestry(ClassModel type) {
        return Stream.iterate(
                        Optional.of(type), Optional::isPresent, at -> superclass(at.orElseThrow()))
                .map(Optional::orElseThrow);
    }

    private Optional<ClassModel> superclass(ClassModel type) {
        return type.superclass()
                .map(c -> c.asInternalName())
                .filter(name -> !name.startsWith("java/"))
                .flatMap(classes);
    }

    private static boolean isAccessor(ClassModel type, MethodModel method) {
        return method.methodTypeSymbol().parameterCount() == 0
                && type.findAttribute(Attributes.record()).stream()
                        .flatMap(record -> record.components().stream())
                        .anyMatch(c -> c.name().equals(method.methodName()));
    }

    private static Set<String> annotations(AttributedElement element) {
        return element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .map(RuntimeVisibleAnnotationsAttribute::annotations)
                .flatMap(List::stream)
                .map(annotation -> name(annotation.classSymbol()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String name(ClassDesc type) {
        var place = type.packageName();
        return place.isEmpty() ? type.displayName() : place + "." + type.displayName();
    }
}
