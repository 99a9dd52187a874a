package io.faultline.report.chart;

/// Something above the rows of the [HealthMap] that was so for a time, in seconds.
///
/// @param lane the name of the lanes in which it is drawn, those of a name together
/// @param label what is written beside it, or into it
/// @param title what is said to who points at it
/// @param span if it is but a part of something: all of that
record Bar(String lane, Look look, String label, String title, double from, double to, Span span) {

    /// How it looks.
    enum Look {
        FAULT,
        FOUND,
        GUESSED,
        VIOLATION
    }

    /// A time, in seconds.
    record Span(double from, double to, String title) {}

    /// A bar that is all of it.
    Bar(String lane, Look look, String label, String title, double from, double to) {
        this(lane, look, label, title, from, to, null);
    }

    double length() {
        return to - from;
    }
}
