package io.faultline.scenario.format;

/// Where a value stands.
///
/// @param file the file, or the command-line option, that it is in
/// @param line from 1; 0 for the whole of it
/// @param column from 1; 0 for the whole of it
/// @param source the text of that line; empty if there is none
/// @param note how the value got here, if not by being written here; empty otherwise
public record Place(String file, int line, int column, String source, String note) {

    /// A file, a command-line option or whatever else has no lines.
    public static Place whole(String file) {
        return new Place(file, 0, 0, "", "");
    }

    Place noted(String note) {
        return new Place(file, line, column, source, note);
    }

    Problem problem(String message) {
        var text = note.isEmpty() ? message : message + " (" + note + ")";
        return new Problem(file, line, column, text, source);
    }

    @Override
    public String toString() {
        return line == 0 ? file : line + ":" + column;
    }
}
