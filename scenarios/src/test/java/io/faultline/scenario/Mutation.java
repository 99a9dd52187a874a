package io.faultline.scenario;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.util.List;

/// A small change to one method of compiled code.
///
/// @param type the simple name of the class, with its package in front where there are several
/// @param method the name of the method, without what weaving makes of it
/// @param change what is done to it
record Mutation(String type, String method, Change change) {

    sealed interface Change {}

    /// The method does nothing but return a number, or true (1) or false (0), or nothing.
    record Returns(int value) implements Change {}

    /// Calls of a method are left out. In a chain of calls the chain goes on as if there were no
    /// such link; otherwise the answer is 0, false or null.
    record Skips(String callee) implements Change {}

    /// One constant of an enum in place of another.
    record Says(String constant, String insteadOf) implements Change {}

    /// Calls of one method of a class in place of another that takes and gives the same.
    record Calls(String callee, String insteadOf) implements Change {}

    /// One operator or comparison in place of another.
    record Swaps(Opcode operator, Opcode by) implements Change {}

    /// The changed class.
    byte[] apply(byte[] original, ClassLoader loader) {
        var classFile =
                ClassFile.of(
                        ClassFile.ClassHierarchyResolverOption.of(
                                ClassHierarchyResolver.ofResourceParsing(loader)));
        var model = classFile.parse(original);
        var changes = new int[1];
        var transform =
                ClassTransform.transformingMethods(
                        found -> isMeant(found.methodName().stringValue()),
                        MethodTransform.transformingCode((code, element) -> {
                            if (change(code, element)) {
                                changes[0]++;
                            } else {
                                code.with(element);
                            }
                        }));
        var changed =
                change instanceof Returns(int value)
                        ? returning(classFile, model, value, changes)
                        : classFile.transformClass(model, transform);
        if (changes[0] == 0) {
            throw new IllegalArgumentException(this + " changes nothing");
        }
        return changed;
    }

    /// Weaving moves the code of an event into a method with the name of its class behind it.
    private boolean isMeant(String name) {
        var simpleName = type.substring(type.lastIndexOf('.') + 1);
        return name.equals(method) || name.equals(method + "$" + simpleName);
    }

    private byte[] returning(ClassFile classFile, ClassModel model, int value, int[] changes) {
        return classFile.transformClass(
                model,
                ClassTransform.transformingMethods(
                        found -> isMeant(found.methodName().stringValue()),
                        (method, element) -> {
                            if (element instanceof CodeModel code) {
                                changes[0]++;
                                var type =
                                        TypeKind.from(
                                                code.parent()
                                                        .orElseThrow()
                                                        .methodTypeSymbol()
                                                        .returnType());
                                method.withCode(body -> {
                                    constant(body, type, value);
                                    body.return_(type);
                                });
                            } else {
                                method.with(element);
                            }
                        }));
    }

    private boolean change(CodeBuilder code, CodeElement element) {
        switch (change) {
            case Returns _ -> {
                return false;
            }
            case Skips(var callee) -> {
                if (element instanceof InvokeInstruction call && call.name().equalsString(callee)) {
                    skip(code, call);
                    return true;
                }
            }
            case Says(var constant, var insteadOf) -> {
                if (element instanceof FieldInstruction field
                        && field.opcode() == Opcode.GETSTATIC
                        && field.name().equalsString(insteadOf)) {
                    code.getstatic(field.owner().asSymbol(), constant, field.typeSymbol());
                    return true;
                }
            }
            case Calls(var callee, var insteadOf) -> {
                if (element instanceof InvokeInstruction call
                        && call.name().equalsString(insteadOf)) {
                    code.invoke(
                            call.opcode(),
                            call.owner().asSymbol(),
                            callee,
                            call.typeSymbol(),
                            call.isInterface());
                    return true;
                }
            }
            case Swaps(var operator, var by) -> {
                if (element instanceof BranchInstruction branch && branch.opcode() == operator) {
                    code.branch(by, branch.target());
                    return true;
                }
                if (element instanceof OperatorInstruction found && found.opcode() == operator) {
                    code.with(OperatorInstruction.of(by));
                    return true;
                }
            }
        }
        return false;
    }

    /// Takes the arguments off the stack, and leaves the receiver there if it will do for an
    /// answer.
    private static void skip(CodeBuilder code, InvokeInstruction call) {
        var signature = call.typeSymbol();
        for (var type : signature.parameterList().reversed()) {
            if (TypeKind.from(type).slotSize() == 2) {
                code.pop2();
            } else {
                code.pop();
            }
        }
        ClassEntry owner = call.owner();
        var answer = TypeKind.from(signature.returnType());
        boolean isStatic = call.opcode() == Opcode.INVOKESTATIC;
        if (!isStatic && owner.asSymbol().equals(signature.returnType())) {
            return;
        }
        if (!isStatic) {
            code.pop();
        }
        constant(code, answer, 0);
    }

    private static void constant(CodeBuilder code, TypeKind type, int value) {
        switch (type) {
            case VOID -> {}
            case REFERENCE -> code.aconst_null();
            case LONG -> code.loadConstant((long) value);
            case DOUBLE -> code.loadConstant((double) value);
            case FLOAT -> code.loadConstant((float) value);
            default -> code.loadConstant(value);
        }
    }

    /// Loads the whole program once more, with changes.
    static final class Loader extends ClassLoader {
        private final List<Mutation> mutations;

        Loader(List<Mutation> mutations) {
            super(Mutation.class.getClassLoader());
            this.mutations = mutations;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                var loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                return name.startsWith("io.faultline.")
                        ? findClass(name)
                        : super.loadClass(name, resolve);
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (var file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                var code = file.readAllBytes();
                for (var mutation : mutations) {
                    if (name.endsWith("." + mutation.type())) {
                        code = mutation.apply(code, getParent());
                    }
                }
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
