package io.faultline.scenario.format;

import io.faultline.model.Setting;
import io.faultline.model.Table;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One component of a record, seen as something that can be set in a file.
///
/// @param name its key
/// @param type its type, with type arguments
/// @param description what it is; empty if nobody said so
/// @param byDefault its default as in a file; empty if there is none
/// @param family what a member of its family is called if the component is [Inline]; else empty
/// @param table the key by which a file may be given instead, if it is a [Table]; else empty
public record Component(
        String name,
        Type type,
        String description,
        String byDefault,
        String family,
        String table,
        Method accessor) {

    private static final ClassValue<List<Component>> COMPONENTS =
            new ClassValue<>() {
                @Override
                protected List<Component> computeValue(Class<?> type) {
                    return Arrays.stream(type.getRecordComponents()).map(Component::new).toList();
                }
            };

    private Component(RecordComponent component) {
        this(component, component.getAnnotation(Setting.class));
    }

    private Component(RecordComponent component, Setting setting) {
        this(
                component.isAnnotationPresent(Key.class)
                        ? component.getAnnotation(Key.class).value()
                        : component.getName(),
                component.getGenericType(),
                setting == null ? "" : setting.value(),
                setting == null ? "" : setting.byDefault(),
                component.isAnnotationPresent(Inline.class)
                        ? component.getAnnotation(Inline.class).value()
                        : "",
                component.isAnnotationPresent(Table.class)
                        ? component.getAnnotation(Table.class).value()
                        : "",
                component.getAccessor());
        accessor.trySetAccessible(); // classes of others need not be public
    }

    /// The components of a record type, in order.
    public static List<Component> of(Class<?> type) {
        return COMPONENTS.get(type);
    }

    boolean isInline() {
        return !family.isEmpty();
    }

    /// Whether a file may leave it out although it has no default.
    public boolean mayBeAbsent() {
        var raw = raw(type);
        return raw == Optional.class || raw == List.class || raw == Map.class;
    }

    /// Its value if a file leaves it out; nothing if a file must not.
    public Optional<Object> absent() {
        return Binder.absent(this);
    }

    Object of(Object record) {
        try {
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + name + " of " + record, e);
        }
    }

    /// Makes a record from the values of its components.
    ///
    /// @throws IllegalArgumentException if the record does not accept them
    public static Object make(Class<?> type, Object[] values) {
        try {
            var constructor = canonical(type);
            constructor.trySetAccessible(); // classes of others need not be public
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new IllegalArgumentException(refused.getMessage(), refused);
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw new IllegalArgumentException(cause.toString(), cause);
            }
            throw new IllegalStateException("cannot make " + type, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type, e);
        }
    }

    private static Constructor<?> canonical(Class<?> type) throws NoSuchMethodException {
        return type.getDeclaredConstructor(
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new));
    }

    public static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic
                ? (Class<?>) generic.getRawType()
                : (Class<?>) type;
    }

    /// The type of the keys of a map.
    static Class<?> keyType(Type map) {
        return (Class<?>) ((ParameterizedType) map).getActualTypeArguments()[0];
    }

    /// The last type argument: of a list its elements, of a map its values.
    public static Type argument(Type type) {
        return ((ParameterizedType) type)
                .getActualTypeArguments()[
                ((ParameterizedType) type).getActualTypeArguments().length - 1];
    }
}
