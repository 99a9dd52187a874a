package io.faultline.scenario.format;

/// A scalar of any type, as text: what it means is seen only where it is used.
///
/// @param text as written, without quotes
public record Literal(String text) {
    @Override
    public String toString() {
        return text;
    }
}
