package io.faultline.report;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Usually;
import io.faultline.model.Kind;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;

import tools.jackson.core.JsonGenerator;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Writes records as JSON: names and enums are in kebab-case, partitions and nodes are written by
/// name, and times and durations are integers of nanoseconds.
final class RecordJson {

    private static final ClassValue<Shape> SHAPES =
            new ClassValue<>() {
                @Override
                protected Shape computeValue(Class<?> type) {
                    return Shape.of(type);
                }
            };

    private RecordJson() {}

    /// The name of a record's kind.
    static String kind(Object record) {
        return SHAPES.get(record.getClass()).kind();
    }

    /// Writes a record as an object.
    static void write(JsonGenerator json, Object record) {
        record(json, record, SHAPES.get(record.getClass()));
    }

    private static void record(JsonGenerator json, Object record, Shape shape) {
        json.writeStartObject();
        for (var component : shape.components()) {
            var value = component.of(record);
            if (!value.equals(component.usual())) {
                json.writeName(component.name());
                value(json, value);
            }
        }
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, Object value) {
        switch (value) {
            case Long number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Boolean bool -> json.writeBoolean(bool);
            case String text -> json.writeString(text);
            case Enum<?> constant -> json.writeString(Kind.name(constant));
            case Duration span -> json.writeNumber(span.toNanos());
            case SimTime time -> json.writeNumber(time.nanos());
            case PartitionId id -> json.writeString(id.toString());
            case NodeId id -> json.writeString(id.toString());
            case Optional<?> optional ->
                    optional.ifPresentOrElse(held -> value(json, held), json::writeNull);
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(element -> value(json, element));
                json.writeEndArray();
            }
            case Record record -> record(json, record, SHAPES.get(record.getClass()));
            default ->
                    throw new IllegalArgumentException("no JSON for " + value.getClass().getName());
        }
    }

    /// What is written of a record class.
    private record Shape(String kind, List<Component> components) {
        static Shape of(Class<?> type) {
            if (!type.isRecord()) {
                throw new IllegalArgumentException(type.getName() + " is not a record");
            }
            return new Shape(
                    Kind.name(type),
                    Arrays.stream(type.getRecordComponents()).map(Component::of).toList());
        }
    }

    /// @param usual the value that is not worth a word; null if any is
    private record Component(String name, MethodHandle accessor, Integer usual) {
        private static final MethodType READ = MethodType.methodType(Object.class, Object.class);

        static Component of(RecordComponent component) {
            try {
                var method = component.getAccessor();
                method.setAccessible(true);
                var handle = MethodHandles.lookup().unreflect(method).asType(READ);
                var usually = component.getAnnotation(Usually.class);
                return new Component(
                        Kind.kebab(component.getName()),
                        handle,
                        usually == null ? null : usually.value());
            } catch (IllegalAccessException e) {
                throw new IllegalArgumentException("cannot read " + component, e);
            }
        }

        Object of(Object record) {
            try {
                return (Object) accessor.invokeExact(record);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("cannot read " + record, e);
            }
        }
    }
}
