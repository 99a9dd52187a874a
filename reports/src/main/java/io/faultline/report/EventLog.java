package io.faultline.report;

import io.faultline.kernel.Trace;

import tools.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// `events.ndjson`: the trace, one JSON object on each line, in order; compressed to
/// `events.ndjson.gz` if it is larger than [#PLAIN_BYTES].
///
/// A line has `i` (the index of the observation), `t` (virtual time in nanoseconds), `at` (the same
/// for people), `actor`, `kind` (such as `status-changed`), `what` (the components of the
/// observation) and, if known, `cause` (the index of the observation that led to it). In `what`,
/// names and enums are in kebab-case, partitions and nodes are written by name, and times and
/// durations are integers of nanoseconds. An `occurrence` is left out if it is the first.
public record EventLog() implements Report {

    /// Up to this size the file is not compressed.
    public static final int PLAIN_BYTES = 1 << 20;

    @Override
    public Path write(Result result, Path folder) throws IOException {
        var out = new Compressing(folder);
        try {
            try (out;
                    var json = Json.compact(out)) {
                for (var entry : result.trace()) {
                    line(json, entry);
                }
            }
            return out.finish();
        } finally {
            Files.deleteIfExists(out.part);
        }
    }

    private static void line(JsonGenerator json, Trace.Entry entry) {
        json.writeStartObject();
        json.writeNumberProperty("i", entry.index());
        json.writeNumberProperty("t", entry.time().nanos());
        json.writeStringProperty("at", entry.time().toString());
        json.writeStringProperty("actor", entry.actor());
        json.writeStringProperty("kind", RecordJson.kind(entry.what()));
        json.writeName("what");
        RecordJson.write(json, entry.what());
        if (entry.cause() != Trace.NO_CAUSE) {
            json.writeNumberProperty("cause", entry.cause());
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    /// Keeps what is written in memory until it is too much, and then sends it through gzip. Only
    /// one of the two files is there afterwards.
    private static final class Compressing extends OutputStream {
        private final Path plain;
        private final Path compressed;
        private final Path part;
        private ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private OutputStream gzip;

        Compressing(Path folder) throws IOException {
            plain = folder.resolve("events.ndjson");
            compressed = folder.resolve("events.ndjson.gz");
            part = WholeFile.part(compressed);
        }

        /// Has what was written appear under its name.
        ///
        /// @return the file
        Path finish() throws IOException {
            if (kept != null) {
                WholeFile.write(plain, kept::writeTo);
                Files.deleteIfExists(compressed);
                return plain;
            }
            WholeFile.rename(part, compressed);
            Files.deleteIfExists(plain);
            return compressed;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (kept != null && kept.size() + length > PLAIN_BYTES) {
                gzip = new GZIPOutputStream(Files.newOutputStream(part), 1 << 16);
                kept.writeTo(gzip);
                kept = null;
            }
            if (kept != null) {
                kept.write(bytes, offset, length);
            } else {
                gzip.write(bytes, offset, length);
            }
        }

        @Override
        public void close() throws IOException {
            if (gzip != null) {
                gzip.close();
            }
        }
    }
}
