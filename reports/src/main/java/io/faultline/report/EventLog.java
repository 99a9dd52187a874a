package io.faultline.report;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.kernel.Usually;
import io.faultline.model.Kind;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;

import tools.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// `events.ndjson`: the trace, one JSON object on each line, in order; compressed to
/// `events.ndjson.gz` if it is larger than [#PLAIN_BYTES].
///
/// A line has `i` (the index of the observation), `t` (virtual time in nanoseconds), `at` (the same
/// for people), `actor`, `kind` (such as `status-changed`), `what` (the components of the
/// observation) and, if known, `cause` (the index of the observation that led to it). In `what`,
/// names and enums are in kebab-case, partitions and nodes are written by name, and times and
/// durations are integers of nanoseconds. An `occurrence` is left out if it is the first.
public record EventLog() implements Report {

    /// Up to this size the file is not compressed.
    public static final int PLAIN_BYTES = 1 << 20;

    private static final ClassValue<Shape> SHAPES =
            new ClassValue<>() {
                @Override
                protected Shape computeValue(Class<?> type) {
                    return Shape.of(type);
                }
            };

    @Override
    public Path write(Result result, Path folder) throws IOException {
        var out = new Compressing(folder);
        try (out;
                var json = Json.compact(out)) {
            for (var entry : result.trace()) {
                line(json, entry);
            }
        }
        return out.file();
    }

    private static void line(JsonGenerator json, Trace.Entry entry) {
        var shape = SHAPES.get(entry.what().getClass());
        json.writeStartObject();
        json.writeNumberProperty("i", entry.index());
        json.writeNumberProperty("t", entry.time().nanos());
        json.writeStringProperty("at", entry.time().toString());
        json.writeStringProperty("actor", entry.actor());
        json.writeStringProperty("kind", shape.kind());
        json.writeName("what");
        record(json, entry.what(), shape);
        if (entry.cause() != Trace.NO_CAUSE) {
            json.writeNumberProperty("cause", entry.cause());
        }
        json.writeEndObject();
        json.writeRaw('\n');
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
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(element -> value(json, element));
                json.writeEndArray();
            }
            case Record record -> record(json, record, SHAPES.get(record.getClass()));
            default ->
                    throw new IllegalArgumentException(
                            "an observation holds no " + value.getClass().getName());
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

    /// Keeps what is written in memory until it is too much, and then sends it through gzip. Only
    /// one of the two files is there afterwards.
    private static final class Compressing extends OutputStream {
        private final Path plain;
        private final Path compressed;
        private ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private OutputStream gzip;

        Compressing(Path folder) {
            plain = folder.resolve("events.ndjson");
            compressed = folder.resolve("events.ndjson.gz");
        }

        Path file() {
            return kept == null ? compressed : plain;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (kept != null && kept.size() + length > PLAIN_BYTES) {
                gzip = new GZIPOutputStream(Files.newOutputStream(compressed), 1 << 16);
                kept.writeTo(gzip);
                kept = null;
            }
            if (kept != null) {
                kept.write(bytes, offset, length);
            } else {
                gzip.write(bytes, offset, length);
            }
        }

        @Override
        public void close() {
            try {
                if (kept != null) {
                    Files.write(plain, kept.toByteArray());
                    Files.deleteIfExists(compressed);
                } else {
                    gzip.close();
                    Files.deleteIfExists(plain);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
