package io.faultline.report.verdict;

/// What became of an expectation. There are three answers, never two.
public enum Answer {
    /// It was put to the test, and held.
    HELD('✓'),
    /// It was put to the test, and failed.
    VIOLATED('✗'),
    /// It was not put to the test, so nothing is known.
    INCONCLUSIVE('?');

    private final char mark;

    Answer(char mark) {
        this.mark = mark;
    }

    /// A sign for it; never to be shown without its name.
    public char mark() {
        return mark;
    }
}
