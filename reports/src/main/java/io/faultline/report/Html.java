package io.faultline.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/// A page that is being written, in the style of all our pages.
public final class Html {

    private final StringBuilder html = new StringBuilder();

    private Html() {}

    /// A part of a page.
    static Html part() {
        return new Html();
    }

    /// A page. It is one file and fetches nothing, which its content security policy enforces.
    ///
    /// @param script the name of its script, if it has one
    /// @param main what is to be seen on it
    public static String page(String title, Optional<String> script, Consumer<Html> main) {
        var style = resource("report.css");
        var code = script.map(Html::resource);
        var html = new Html();
        html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
        html.raw(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
                        + " style-src '"
                        + hash(style)
                        + "'; "
                        + code.map(text -> "script-src '" + hash(text) + "'; ").orElse("")
                        + "base-uri 'none'; form-action 'none'\">\n");
        html.element("title", title);
        html.raw("<style>" + style + "</style>\n</head>\n<body>\n");
        html.raw(resource("patterns.svg"));
        html.raw("<main>\n");
        main.accept(html);
        html.raw("</main>\n");
        html.raw(code.map(text -> "<script>" + text + "</script>\n").orElse(""));
        html.raw("</body>\n</html>\n");
        return html.toString();
    }

    /// Writes markup as it is.
    public void raw(String markup) {
        html.append(markup);
    }

    /// Writes text, with what would be markup in it made harmless.
    public void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                default -> html.append(c);
            }
        }
    }

    /// Writes an element that holds text.
    public void element(String name, String text) {
        raw("<" + name + ">");
        text(text);
        raw("</" + name + ">");
    }

    @Override
    public String toString() {
        return html.toString();
    }

    private static String resource(String name) {
        try (var in = Html.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String content) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
