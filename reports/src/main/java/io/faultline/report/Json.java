package io.faultline.report;

import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

import java.io.OutputStream;

/// JSON as all our files have it: UTF-8, and lines that end with one line feed on every system.
public final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /// A generator of one compact value after another, with nothing between them.
    public static JsonGenerator compact(OutputStream out) {
        return FACTORY.createGenerator(new Context(null), out, JsonEncoding.UTF8);
    }

    /// A parser of one value after another.
    public static JsonParser parser(byte[] text) {
        return FACTORY.createParser(ObjectReadContext.empty(), text);
    }

    /// A generator of one value that people can read.
    public static JsonGenerator indented(OutputStream out) {
        var indenter = new DefaultIndenter("  ", "\n");
        var printer =
                new DefaultPrettyPrinter(
                                Separators.createDefaultInstance()
                                        .withObjectNameValueSpacing(Separators.Spacing.AFTER))
                        .withObjectIndenter(indenter)
                        .withArrayIndenter(indenter);
        return FACTORY.createGenerator(new Context(printer), out, JsonEncoding.UTF8);
    }

    private static final class Context extends ObjectWriteContext.Base {
        private final PrettyPrinter printer;

        Context(PrettyPrinter printer) {
            this.printer = printer;
        }

        @Override
        public PrettyPrinter getPrettyPrinter() {
            return printer;
        }

        @Override
        public boolean hasPrettyPrinter() {
            return printer != null;
        }

        @Override
        public tools.jackson.core.SerializableString getRootValueSeparator(
                tools.jackson.core.SerializableString byDefault) {
            return null;
        }
    }
}
