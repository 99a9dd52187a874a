package io.faultline.report.chart;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The font that figures are laid out with. It comes with us, so that figures are the same on every
/// machine, and can be drawn on a bare one: a JDK has no fonts, and on a Linux without fontconfig
/// and fonts its AWT fails with *Fontconfig head is null*.
///
/// The property `sun.awt.fontconfig`, which the JDK reads when AWT starts, names a font
/// configuration that is used instead of the system's. If it is set already, it is left alone.
final class BundledFont {

    private static final String CONFIGURATION = "sun.awt.fontconfig";
    private static final String[] FAMILIES = {
        "serif", "sansserif", "monospaced", "dialog", "dialoginput"
    };
    private static final String[] STYLES = {"plain", "bold", "italic", "bolditalic"};

    private static final Font FONT = load();

    private BundledFont() {}

    /// The font in a size in pixels.
    static Font of(double size) {
        return FONT.deriveFont((float) size);
    }

    private static Font load() {
        // Nothing before this may start AWT; and this may not start it either.
        System.setProperty("java.awt.headless", "true");
        try {
            var file = extracted();
            if (isLinux() && System.getProperty(CONFIGURATION) == null) {
                configure(file);
            }
            return Font.createFont(Font.TRUETYPE_FONT, file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack the font for figures", e);
        } catch (FontFormatException e) {
            throw new IllegalStateException("the JDK cannot read the font for figures", e);
        }
    }

    private static boolean isLinux() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    }

    private static Path extracted() throws IOException {
        var folder = Files.createTempDirectory("faultline-font");
        folder.toFile().deleteOnExit();
        var file = folder.resolve("DejaVuSans.ttf");
        file.toFile().deleteOnExit();
        try (var font = BundledFont.class.getResourceAsStream("DejaVuSans.ttf")) {
            Files.copy(font, file);
        }
        return file;
    }

    /// Maps every logical font in every style to the one file.
    private static void configure(Path font) throws IOException {
        var lines = new StringBuilder("version=1\nsequence.allfonts=latin-1\n");
        for (var family : FAMILIES) {
            for (var style : STYLES) {
                lines.append(family).append('.').append(style).append(".latin-1=DejaVu Sans\n");
            }
        }
        lines.append("filename.DejaVu_Sans=").append(font.toAbsolutePath()).append('\n');
        var file = font.resolveSibling("fontconfig.properties");
        file.toFile().deleteOnExit();
        Files.writeString(file, lines, StandardCharsets.ISO_8859_1);
        System.setProperty(CONFIGURATION, file.toString());
    }
}
