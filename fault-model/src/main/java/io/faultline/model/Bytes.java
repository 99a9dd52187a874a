package io.faultline.model;

/// An amount of data; written as `1KB` in scenario files.
///
/// @param count how many bytes; zero or more
public record Bytes(long count) {
    public Bytes {
        if (count < 0) {
            throw new IllegalArgumentException("a size must not be negative, but was " + count);
        }
    }
}
