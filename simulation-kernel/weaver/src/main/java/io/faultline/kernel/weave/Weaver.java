package io.faultline.kernel.weave;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;

import io.faultline.kernel.weave.Declaration.Role;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.Annotation;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.ExceptionsAttribute;
import java.lang.classfile.attribute.MethodParametersAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Turns the event methods of an entity class into events: class file in, class files out.
///
/// For each event method `m` of an entity class `C`
///
/// - the body moves, unchanged, to a twin `m$C`;
/// - `m` itself becomes "make the event, post it";
/// - a class `C$m$Event` holds the receiver and the arguments, one typed field each, and calls the
///   twin when its time has come.
///
/// `super.m()` is a direct call of the parent's twin, within the same event, wherever it stands: in
/// the overriding event, another method, a constructor, a lambda or an inner class. The class is
/// marked `@Woven`. The output depends on the class file and on what it extends alone, so builds
/// are reproducible.
public final class Weaver {

    private static final String KERNEL = "io.faultline.kernel.";
    private static final ClassDesc POSTED_EVENT = ClassDesc.of(KERNEL + "PostedEvent");
    private static final ClassDesc BLOCKING_EVENT = ClassDesc.of(KERNEL + "BlockingEvent");
    private static final ClassDesc RUNTIME = ClassDesc.of(KERNEL + "entity.EntityRuntime");
    private static final ClassDesc WOVEN = ClassDesc.of(Declaration.WOVEN);
    private static final ClassDesc OBJECTS = CD_Object.arrayType();

    private static final MethodTypeDesc POST = MethodTypeDesc.of(CD_void, POSTED_EVENT);
    private static final MethodTypeDesc CALL = MethodTypeDesc.of(CD_Object, BLOCKING_EVENT);

    private static final int SYNTHETIC_FINAL =
            ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC;

    private final Function<String, Optional<byte[]>> classBytes;
    private final Map<String, Optional<ClassModel>> classes = new HashMap<>();
    private final ClassFile classFile =
            ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(this::hierarchy));
    private final EntityModel entities;

    /// A weaver for the classes of one compilation. It looks up others to tell whether a superclass
    /// is an entity, each of them once.
    ///
    /// @param classBytes finds the class file of an internal name such as `java/util/List`
    public Weaver(Function<String, Optional<byte[]>> classBytes) {
        this.classBytes = classBytes;
        this.entities = new EntityModel(this::find);
    }

    /// Weaves one class.
    ///
    /// @param bytes the class file as the compiler wrote it
    /// @return the class files to write, by internal name: the woven class and its event classes;
    ///   empty if the class is no entity, or is woven already
    public Map<String, byte[]> weave(byte[] bytes) {
        var type = classFile.parse(bytes);
        classes.put(type.thisClass().asInternalName(), Optional.of(type));
        if (!entities.isEntity(type) || EntityModel.isWoven(type)) {
            return Map.of();
        }
        var events = name(type);
        var source = type.findAttribute(Attributes.sourceFile());
        var output = new LinkedHashMap<String, byte[]>();
        output.put(type.thisClass().asInternalName(), wovenClass(type, events));
        for (var event : events.values()) {
            output.put(internalName(event.eventClass()), eventClass(event, source));
        }
        return output;
    }

    /// One event method and the names made for it.
    private record EventMethod(
            ClassDesc entity,
            MethodModel method,
            boolean isBlocking,
            String twin,
            ClassDesc eventClass) {
        String name() {
            return method.methodName().stringValue();
        }

        MethodTypeDesc type() {
            return method.methodTypeSymbol();
        }

        ClassDesc superclass() {
            return isBlocking() ? BLOCKING_EVENT : POSTED_EVENT;
        }

        List<ClassDesc> parameters() {
            return type().parameterList();
        }

        /// What the constructor of the event class takes: the receiver, then the arguments.
        MethodTypeDesc constructor() {
            return MethodTypeDesc.of(CD_void, parameters()).insertParameterTypes(0, entity);
        }

        String signature() {
            return Weaver.signature(name(), method);
        }
    }

    private Map<String, EventMethod> name(ClassModel type) {
        var entity = type.thisClass().asSymbol();
        var named = new LinkedHashMap<String, EventMethod>();
        var overloads = new LinkedHashMap<String, Integer>();
        for (var method : entities.events(type)) {
            var name = method.methodName().stringValue();
            var twin = entities.twin(name, type);
            requireFree(twin, type, method);
            var overload = overloads.merge(name, 1, Integer::sum);
            var suffix = overload == 1 ? "" : "$" + overload;
            var eventClass =
                    ClassDesc.ofInternalName(
                            type.thisClass().asInternalName() + "$" + name + suffix + "$Event");
            named.put(
                    key(name, method.methodType().stringValue()),
                    new EventMethod(
                            entity,
                            method,
                            EntityModel.role(type, method) == Role.BLOCKING_EVENT,
                            twin,
                            eventClass));
        }
        return named;
    }

    private static void requireFree(String twin, ClassModel type, MethodModel event) {
        type.methods().stream()
                .filter(m -> m.methodName().equalsString(twin))
                .filter(m -> m.methodType().equals(event.methodType()))
                .findAny()
                .ifPresent(m -> {
                    throw new IllegalArgumentException(
                            "its method %s has the name that the body of %s is to have; rename it"
                                    .formatted(
                                            signature(twin, m),
                                            signature(event.methodName().stringValue(), event)));
                });
    }

    private static String signature(String name, MethodModel method) {
        return method.methodTypeSymbol().parameterList().stream()
                .map(ClassDesc::displayName)
                .collect(Collectors.joining(", ", name + "(", ")"));
    }

    private byte[] wovenClass(ClassModel type, Map<String, EventMethod> events) {
        var annotations =
                type.findAttribute(Attributes.runtimeVisibleAnnotations())
                        .map(RuntimeVisibleAnnotationsAttribute::annotations)
                        .orElse(List.of());
        return classFile.transformClass(
                type,
                ClassTransform.dropping(e -> e instanceof RuntimeVisibleAnnotationsAttribute)
                        .andThen(ClassTransform.endHandler(b -> b.with(markedWoven(annotations))))
                        .andThen((builder, element) -> weave(builder, element, events)));
    }

    private void weave(
            ClassBuilder builder, ClassElement element, Map<String, EventMethod> events) {
        if (!(element instanceof MethodModel method)) {
            builder.with(element);
            return;
        }
        var event =
                events.get(
                        key(method.methodName().stringValue(), method.methodType().stringValue()));
        if (event != null) {
            post(builder, event);
            twin(builder, event);
        } else if (method.flags().has(AccessFlag.BRIDGE)) {
            // Stands for a call from outside, also where it is made with `super`.
            builder.with(method);
        } else {
            copyWithDirectSupers(builder, method);
        }
    }

    private static RuntimeVisibleAnnotationsAttribute markedWoven(List<Annotation> annotations) {
        var marked = new ArrayList<>(annotations);
        marked.add(Annotation.of(WOVEN));
        return RuntimeVisibleAnnotationsAttribute.of(marked);
    }

    /// `m` becomes: make the event, post it.
    private static void post(ClassBuilder builder, EventMethod event) {
        var method = event.method();
        builder.withMethod(
                event.name(),
                event.type(),
                method.flags().flagsMask() & ~ClassFile.ACC_SYNCHRONIZED,
                m -> {
                    method.forEach(element -> {
                        if (!(element instanceof CodeModel || element instanceof AccessFlags)) {
                            m.with(element);
                        }
                    });
                    m.withCode(code -> {
                        firstLine(method).ifPresent(code::lineNumber);
                        code.new_(event.eventClass()).dup().aload(0);
                        loadArguments(code, event.parameters());
                        code.invokespecial(event.eventClass(), INIT_NAME, event.constructor());
                        if (event.isBlocking()) {
                            code.invokestatic(RUNTIME, "call", CALL);
                            returnResult(code, event.type().returnType());
                        } else {
                            code.invokestatic(RUNTIME, "post", POST).return_();
                        }
                    });
                });
    }

    /// The body moves to a method that a subclass in another package can still reach by `super`.
    private void twin(ClassBuilder builder, EventMethod event) {
        var flags =
                event.method().flags().flagsMask() & ClassFile.ACC_SYNCHRONIZED
                        | ClassFile.ACC_PROTECTED
                        | ClassFile.ACC_SYNTHETIC;
        builder.withMethod(
                event.twin(),
                event.type(),
                flags,
                m ->
                        event.method()
                                .forEach(element -> {
                                    switch (element) {
                                        case CodeModel code ->
                                                body(m::with, m::transformCode, code);
                                        case ExceptionsAttribute e -> m.with(e);
                                        case SignatureAttribute s -> m.with(s);
                                        case MethodParametersAttribute p -> m.with(p);
                                        default -> {}
                                    }
                                }));
    }

    private void copyWithDirectSupers(ClassBuilder builder, MethodModel method) {
        builder.withMethod(
                method.methodName(),
                method.methodType(),
                method.flags().flagsMask(),
                m ->
                        method.forEach(element -> {
                            if (element instanceof CodeModel code) {
                                body(m::with, m::transformCode, code);
                            } else {
                                m.with(element);
                            }
                        }));
    }

    /// Copies a body as it is, or with its calls of `super` events made direct if it has any.
    private void body(
            Consumer<CodeModel> copy,
            BiConsumer<CodeModel, CodeTransform> transform,
            CodeModel code) {
        var hasSuperEvents =
                code.elementStream()
                        .anyMatch(
                                e -> e instanceof InvokeInstruction i && superEvent(i).isPresent());
        if (!hasSuperEvents) {
            copy.accept(code);
            return;
        }
        transform.accept(
                code,
                (builder, element) -> {
                    var declarer =
                            element instanceof InvokeInstruction i
                                    ? superEvent(i)
                                    : Optional.<ClassModel>empty();
                    if (declarer.isPresent()) {
                        var call = (InvokeInstruction) element;
                        // By the name that the source used: the declarer may not be public.
                        builder.invokespecial(
                                call.owner().asSymbol(),
                                entities.twin(call.name().stringValue(), declarer.get()),
                                call.typeSymbol());
                    } else {
                        builder.with(element);
                    }
                });
    }

    private Optional<ClassModel> superEvent(InvokeInstruction call) {
        return call.opcode() == Opcode.INVOKESPECIAL && !call.name().equalsString(INIT_NAME)
                ? entities.eventDeclarer(
                        call.owner().asInternalName(),
                        call.name().stringValue(),
                        call.type().stringValue())
                : Optional.empty();
    }

    private byte[] eventClass(EventMethod event, Optional<SourceFileAttribute> source) {
        return classFile.build(
                event.eventClass(),
                builder -> {
                    builder.withFlags(SYNTHETIC_FINAL);
                    builder.withSuperclass(event.superclass());
                    source.ifPresent(builder::with);
                    fields(builder, event);
                    constructor(builder, event);
                    run(builder, event);
                    constantMethod(builder, "signature", CD_String, c -> c.ldc(event.signature()));
                    constantMethod(
                            builder,
                            "entity",
                            CD_Object,
                            c -> c.aload(0).getfield(event.eventClass(), "entity", event.entity()));
                    constantMethod(builder, "arguments", OBJECTS, c -> argumentArray(c, event));
                });
    }

    private static void fields(ClassBuilder builder, EventMethod event) {
        var flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL;
        builder.withField("entity", event.entity(), flags);
        for (int i = 0; i < event.parameters().size(); i++) {
            builder.withField(field(i), event.parameters().get(i), flags);
        }
    }

    private static void constructor(ClassBuilder builder, EventMethod event) {
        builder.withMethodBody(
                INIT_NAME,
                event.constructor(),
                0,
                code -> {
                    code.aload(0)
                            .invokespecial(
                                    event.superclass(), INIT_NAME, MethodTypeDesc.of(CD_void));
                    code.aload(0).aload(1).putfield(event.eventClass(), "entity", event.entity());
                    int slot = 2;
                    for (int i = 0; i < event.parameters().size(); i++) {
                        var parameter = event.parameters().get(i);
                        var kind = TypeKind.from(parameter);
                        code.aload(0)
                                .loadLocal(kind, slot)
                                .putfield(event.eventClass(), field(i), parameter);
                        slot += kind.slotSize();
                    }
                    code.return_();
                });
    }

    /// Calls the twin: `run()`, or `evaluate()` with the result boxed.
    private static void run(ClassBuilder builder, EventMethod event) {
        builder.withMethodBody(
                event.isBlocking() ? "evaluate" : "run",
                MethodTypeDesc.of(event.isBlocking() ? CD_Object : CD_void),
                ClassFile.ACC_PROTECTED,
                code -> {
                    firstLine(event.method()).ifPresent(code::lineNumber);
                    code.aload(0).getfield(event.eventClass(), "entity", event.entity());
                    for (int i = 0; i < event.parameters().size(); i++) {
                        code.aload(0)
                                .getfield(event.eventClass(), field(i), event.parameters().get(i));
                    }
                    code.invokevirtual(event.entity(), event.twin(), event.type());
                    if (event.isBlocking()) {
                        box(code, event.type().returnType());
                        code.areturn();
                    } else {
                        code.return_();
                    }
                });
    }

    private static void box(CodeBuilder code, ClassDesc type) {
        if (type.equals(CD_void)) {
            code.aconst_null();
        } else if (type.isPrimitive()) {
            var box = boxOf(type);
            code.invokestatic(box, "valueOf", MethodTypeDesc.of(box, type));
        }
    }

    private static void returnResult(CodeBuilder code, ClassDesc type) {
        if (type.equals(CD_void)) {
            code.pop().return_();
        } else if (type.isPrimitive()) {
            var box = boxOf(type);
            code.checkcast(box)
                    .invokevirtual(box, type.displayName() + "Value", MethodTypeDesc.of(type))
                    .return_(TypeKind.from(type));
        } else {
            code.checkcast(type).areturn();
        }
    }

    private static void constantMethod(
            ClassBuilder builder,
            String name,
            ClassDesc result,
            java.util.function.Consumer<CodeBuilder> value) {
        builder.withMethodBody(
                name,
                MethodTypeDesc.of(result),
                ClassFile.ACC_PUBLIC,
                code -> {
                    value.accept(code);
                    code.areturn();
                });
    }

    private static void argumentArray(CodeBuilder code, EventMethod event) {
        code.loadConstant(event.parameters().size()).anewarray(CD_Object);
        for (int i = 0; i < event.parameters().size(); i++) {
            var parameter = event.parameters().get(i);
            code.dup().loadConstant(i).aload(0).getfield(event.eventClass(), field(i), parameter);
            box(code, parameter);
            code.aastore();
        }
    }

    private static ClassDesc boxOf(ClassDesc primitive) {
        return ClassDesc.of(
                "java.lang."
                        + switch (TypeKind.from(primitive)) {
                            case INT -> "Integer";
                            case CHAR -> "Character";
                            default -> {
                                var name = primitive.displayName();
                                yield Character.toUpperCase(name.charAt(0)) + name.substring(1);
                            }
                        });
    }

    private static void loadArguments(CodeBuilder code, List<ClassDesc> parameters) {
        int slot = 1;
        for (var parameter : parameters) {
            var kind = TypeKind.from(parameter);
            code.loadLocal(kind, slot);
            slot += kind.slotSize();
        }
    }

    private static Optional<Integer> firstLine(MethodModel method) {
        return method.code().stream()
                .flatMap(CodeModel::elementStream)
                .filter(LineNumber.class::isInstance)
                .map(element -> ((LineNumber) element).line())
                .findFirst();
    }

    private Optional<ClassModel> find(String internalName) {
        var known = classes.get(internalName);
        if (known == null) {
            known = classBytes.apply(internalName).map(ClassFile.of()::parse);
            classes.put(internalName, known);
        }
        return known;
    }

    /// What the verifier wants to know of a class where two paths of a rewritten body meet.
    private ClassHierarchyInfo hierarchy(ClassDesc type) {
        var name = internalName(type);
        if (name.startsWith("java/")) {
            return ClassHierarchyResolver.defaultResolver().getClassInfo(type);
        }
        return find(name)
                .map(c ->
                        c.flags().has(AccessFlag.INTERFACE)
                                ? ClassHierarchyInfo.ofInterface()
                                : ClassHierarchyInfo.ofClass(
                                        c.superclass().orElseThrow().asSymbol()))
                .orElseGet(() -> ClassHierarchyResolver.defaultResolver().getClassInfo(type));
    }

    private static String field(int index) {
        return "argument" + index;
    }

    private static String key(String name, String descriptor) {
        return name + descriptor;
    }

    private static String internalName(ClassDesc type) {
        var descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1);
    }
}
