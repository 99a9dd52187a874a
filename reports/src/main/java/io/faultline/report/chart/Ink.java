package io.faultline.report.chart;

import java.awt.Color;
import java.util.Locale;

/// What the parts of figures are painted with. Figures name the meaning; the style sheet of the
/// page gives it a colour, for light and for dark, and a texture where colour alone would tell.
///
/// Each ink has a colour of its own for AWT, which nobody sees: when a figure is written, it
/// becomes the class `f-name` where it fills and `s-name` where it strokes.
enum Ink {
    TEXT,
    MUTED,
    GRID,
    HEALTHY,
    SUSPECTED,
    FAILED,
    DOWN,
    STOPPED,
    PAUSED,
    CUT_OFF,
    GONE,
    FAULT,
    FAULT_LINE,
    FOUND,
    GUESSED,
    LETTER_ON_FOUND,
    PHASE,
    LETTER,
    LETTER_ON_FAILED,
    QUEUED,
    WAITING,
    PAUSING,
    DETECTING,
    REDISTRIBUTING,
    REBALANCING,
    VALIDATING,
    BACKOFF,
    BAD,
    GOOD,
    CURVE_1,
    CURVE_2,
    CURVE_3,
    CURVE_4,
    CURVE_5,
    CURVE_6,
    CURVE_7,
    CURVE_8;

    private static final int FIRST = 0x01_02_03;

    /// The colour that stands for it in AWT.
    Color paint() {
        return new Color(FIRST + ordinal() * 0x10_00);
    }

    /// Its name in the style sheet.
    String cssName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
