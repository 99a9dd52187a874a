package io.faultline.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Copies of records in which some components are others.
public final class Changed {

    private Changed() {}

    /// A copy of a record.
    ///
    /// @param changes names of components, each followed by its value
    public static <R extends Record> R in(R record, Object... changes) {
        var values = new LinkedHashMap<String, Object>();
        for (int i = 0; i < changes.length; i += 2) {
            values.put((String) changes[i], changes[i + 1]);
        }
        var components = record.getClass().getRecordComponents();
        var arguments = Arrays.stream(components).map(c -> value(record, c, values)).toArray();
        if (!values.isEmpty()) {
            throw new IllegalArgumentException(record.getClass() + " has no " + values.keySet());
        }
        try {
            @SuppressWarnings("unchecked")
            var type = (Class<R>) record.getClass();
            var types =
                    Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new AssertionError(e);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object value(
            Record record, RecordComponent component, Map<String, Object> changes) {
        if (changes.containsKey(component.getName())) {
            return changes.remove(component.getName());
        }
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
