package io.faultline.scenario.format;

import io.faultline.model.Kind;

import java.util.function.Function;

/// How values of one type are written as a scalar.
///
/// @param type the type of the values
/// @param noun what such a value is called, with its article
/// @param pattern a regular expression that every value matches; it need not exclude every mistake
/// @param example how one looks
/// @param parse from text to value; throws [IllegalArgumentException] with a message that says what
///   is wrong and what is allowed
/// @param print from value to text, such that `parse` gives the value again
record Syntax<T>(
        Class<T> type,
        String noun,
        String pattern,
        String example,
        Function<String, T> parse,
        Function<T, String> print) {

    /// The name of the type in the schema.
    String name() {
        return Kind.name(type);
    }

    String printed(Object value) {
        return print.apply(type.cast(value));
    }
}
