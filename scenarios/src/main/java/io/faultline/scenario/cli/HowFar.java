package io.faultline.scenario.cli;

import java.util.OptionalDouble;

/// How far something has got.
///
/// @param part the part of it that is done, from 0 to 1; nothing if its end is not known
/// @param words for somebody who looks at a terminal
/// @param json for a program: a JSON object on one line
record HowFar(OptionalDouble part, String words, String json) {

    private static final int BAR = 20;

    /// One that knows its end.
    static HowFar of(long done, long all, String words, String json) {
        return new HowFar(OptionalDouble.of((double) done / Math.max(1, all)), words, json);
    }

    /// One that does not.
    static HowFar of(String words, String json) {
        return new HowFar(OptionalDouble.empty(), words, json);
    }

    /// The words, after a bar if the end is known.
    String bar() {
        if (part.isEmpty()) {
            return words;
        }
        int full = (int) Math.clamp(Math.floor(part.getAsDouble() * BAR), 0, BAR);
        return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "] " + words;
    }
}
