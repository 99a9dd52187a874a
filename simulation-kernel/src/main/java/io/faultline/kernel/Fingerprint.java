package io.faultline.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// A SHA-256 over the canonical encoding of a run's observations: equal for equal runs, whatever
/// the JVM, locale, time zone or number of cores.
///
/// The encoding of an entry is its time (8 bytes, nanoseconds), its actor, and the observation. A
/// string is its length and its UTF-8 bytes; a record is its simple name and its components in
/// order; integers, durations and times are 8 bytes, big-endian; a floating-point number is its
/// IEEE 754 bits; an enum is its name; a list is its length and its elements. A component that is
/// [Usually] something is left out if it is, and else follows its own name. Causes are not part of
/// it.
public final class Fingerprint {

    private static final int BUFFER = 8192;

    private static final ClassValue<Shape> SHAPES =
            new ClassValue<>() {
                @Override
                protected Shape computeValue(Class<?> type) {
                    return Shape.of(type);
                }
            };

    private final MessageDigest digest = sha256();
    private final byte[] buffer = new byte[BUFFER];
    private int length;

    /// The fingerprint of a whole trace.
    public static String of(Trace trace) {
        var fingerprint = new Fingerprint();
        trace.forEach(fingerprint::add);
        return fingerprint.hex();
    }

    /// Adds the next entry.
    ///
    /// @throws IllegalArgumentException if a component has no canonical encoding
    void add(Trace.Entry entry) {
        putLong(entry.time().nanos());
        putString(entry.actor());
        put(entry.what());
    }

    /// The fingerprint of what was added so far, as 64 hexadecimal digits.
    String hex() {
        flush();
        try {
            var soFar = (MessageDigest) digest.clone();
            return HexFormat.of().formatHex(soFar.digest());
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("SHA-256 of the JDK can be cloned", e);
        }
    }

    private void put(Object value) {
        switch (value) {
            case Long n -> putLong(n);
            case Integer n -> putLong(n);
            case Boolean b -> putLong(b ? 1 : 0);
            case Double d -> putLong(Double.doubleToLongBits(d));
            case String s -> putString(s);
            case Enum<?> e -> putString(e.name());
            case Duration d -> putLong(d.toNanos());
            case SimTime t -> putLong(t.nanos());
            case List<?> list -> {
                putLong(list.size());
                list.forEach(this::put);
            }
            case Record record -> putRecord(record);
            case null, default ->
                    throw new IllegalArgumentException(
                            "an observation holds numbers, booleans, strings, enums, durations,"
                                    + " times, records and lists, but this one holds "
                                    + (value == null ? "null" : "a " + value.getClass().getName()));
        }
    }

    private void putRecord(Record record) {
        var shape = SHAPES.get(record.getClass());
        putBytes(shape.name());
        for (int i = 0; i < shape.components().length; i++) {
            try {
                var value = (Object) shape.components()[i].invokeExact((Object) record);
                var usual = shape.usual()[i];
                if (usual != null) {
                    if (usual.value().equals(value)) {
                        continue;
                    }
                    putBytes(usual.name());
                }
                put(value);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("cannot read " + record, e);
            }
        }
    }

    private void putString(String text) {
        putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void putBytes(byte[] bytes) {
        putLong(bytes.length);
        if (bytes.length > BUFFER - length) {
            flush();
        }
        if (bytes.length > BUFFER) {
            digest.update(bytes);
        } else {
            System.arraycopy(bytes, 0, buffer, length, bytes.length);
            length += bytes.length;
        }
    }

    private void putLong(long value) {
        if (BUFFER - length < Long.BYTES) {
            flush();
        }
        for (int shift = 56; shift >= 0; shift -= 8) {
            buffer[length++] = (byte) (value >>> shift);
        }
    }

    private void flush() {
        digest.update(buffer, 0, length);
        length = 0;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /// What the encoder needs to know of a record class.
    ///
    /// @param usual the usual values of the components that have one, null for others
    private record Shape(byte[] name, MethodHandle[] components, Usual[] usual) {
        static Shape of(Class<?> type) {
            return new Shape(
                    type.getSimpleName().getBytes(StandardCharsets.UTF_8),
                    Arrays.stream(type.getRecordComponents())
                            .map(Shape::accessor)
                            .toArray(MethodHandle[]::new),
                    Arrays.stream(type.getRecordComponents()).map(Usual::of).toArray(Usual[]::new));
        }

        private static MethodHandle accessor(RecordComponent component) {
            try {
                var method = component.getAccessor();
                method.setAccessible(true);
                return MethodHandles.lookup()
                        .unreflect(method)
                        .asType(java.lang.invoke.MethodType.methodType(Object.class, Object.class));
            } catch (IllegalAccessException e) {
                throw new IllegalArgumentException(
                        "observation " + component.getDeclaringRecord() + " is not accessible", e);
            }
        }
    }

    private record Usual(byte[] name, Integer value) {
        static Usual of(RecordComponent component) {
            var usually = component.getAnnotation(Usually.class);
            return usually == null
                    ? null
                    : new Usual(
                            component.getName().getBytes(StandardCharsets.UTF_8), usually.value());
        }
    }
}
