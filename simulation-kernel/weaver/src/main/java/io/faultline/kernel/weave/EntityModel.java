package io.faultline.kernel.weave;

import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The rules that say which classes are entities and which of their methods are events.
///
/// A class is an entity if it, or a class that it extends, is annotated with `@Entity`. The events
/// of an entity class are the public instance methods *declared in it*, and its methods of any
/// other visibility that are annotated with `@Event` or `@Blocking`, except
///
/// - methods annotated with `@NonEvent`;
/// - static, abstract and native methods, constructors, and whatever the compiler adds (bridges,
///   lambda bodies, accessors);
/// - `toString`, `equals`, `hashCode` and `compareTo`, which collections and debuggers call;
/// - the accessors of a record's components.
///
/// An event is blocking if it has a result or is annotated with `@Blocking`.
///
/// The rules read class files only and give the same answer before and after weaving.
///
/// @param classes finds the class file of an internal name, woven or not, if the compilation can
///     see it
record EntityModel(Function<String, Optional<ClassModel>> classes) {

    static final ClassDesc ENTITY = ClassDesc.of("io.faultline.kernel.entity.Entity");
    static final ClassDesc EVENT = ClassDesc.of("io.faultline.kernel.entity.Event");
    static final ClassDesc BLOCKING = ClassDesc.of("io.faultline.kernel.entity.Blocking");
    static final ClassDesc NON_EVENT = ClassDesc.of("io.faultline.kernel.entity.NonEvent");

    private static final Set<String> NEVER_EVENTS =
            Set.of(
                    "toString()Ljava/lang/String;",
                    "equals(Ljava/lang/Object;)Z",
                    "hashCode()I");

    boolean isEntity(ClassModel type) {
        for (Optional<ClassModel> at = Optional.of(type); at.isPresent(); at = superclass(at.get())) {
            if (isAnnotated(at.get(), ENTITY)) {
                return !type.flags().has(AccessFlag.INTERFACE);
            }
        }
        return false;
    }

    List<MethodModel> events(ClassModel entity) {
        return entity.methods().stream().filter(method -> isEvent(entity, method)).toList();
    }

    static boolean isBlocking(MethodModel event) {
        return !event.methodTypeSymbol().returnType().equals(ConstantDescs.CD_void)
                || isAnnotated(event, BLOCKING);
    }

    /// The class that declares the event which `super.name(…)` in a subclass of `owner` means, if
    /// it means one.
    Optional<ClassModel> eventDeclarer(String owner, String name, String descriptor) {
        for (var at = classes.apply(owner); at.isPresent(); at = superclass(at.get())) {
            var type = at.get();
            var declared =
                    type.methods().stream()
                            .filter(m -> m.methodName().equalsString(name))
                            .filter(m -> m.methodType().equalsString(descriptor))
                            .findFirst();
            if (declared.isPresent()) {
                return isEntity(type) && isEvent(type, declared.get()) ? at : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<ClassModel> superclass(ClassModel type) {
        return type.superclass()
                .map(c -> c.asInternalName())
                .filter(name -> !name.startsWith("java/"))
                .flatMap(classes);
    }

    private static boolean isEvent(ClassModel entity, MethodModel method) {
        var flags = method.flags();
        var name = method.methodName().stringValue();
        if (flags.has(AccessFlag.STATIC)
                || flags.has(AccessFlag.SYNTHETIC)
                || method.code().isEmpty()
                || name.startsWith("<")
                || isAnnotated(method, NON_EVENT)) {
            return false;
        }
        if (isAnnotated(method, EVENT) || isAnnotated(method, BLOCKING)) {
            return true;
        }
        return flags.has(AccessFlag.PUBLIC)
                && !NEVER_EVENTS.contains(name + method.methodType().stringValue())
                && !isComparison(name, method.methodTypeSymbol().parameterCount())
                && !isAccessor(entity, method);
    }

    private static boolean isComparison(String name, int parameters) {
        return name.equals("compareTo") && parameters == 1;
    }

    private static boolean isAccessor(ClassModel entity, MethodModel method) {
        return method.methodTypeSymbol().parameterCount() == 0
                && entity.findAttribute(Attributes.record()).stream()
                        .flatMap(record -> record.components().stream())
                        .anyMatch(c -> c.name().equals(method.methodName()));
    }

    private static boolean isAnnotated(
            AttributedElement element, ClassDesc annotation) {
        return element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .map(RuntimeVisibleAnnotationsAttribute::annotations)
                .flatMap(List::stream)
                .anyMatch(a -> a.classSymbol().equals(annotation));
    }
}
