package io.faultline.report;

import io.faultline.report.metric.Samples;

import org.HdrHistogram.HistogramLogWriter;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// `hist/<metric>.hlog` and `hist/<metric>.hgrm`, for every latency that has samples: its
/// distribution in the two standard formats of HdrHistogram, as a log of one interval that spans
/// the run, and as a table of percentiles in milliseconds, which the usual plotters read.
///
/// Parts of a latency that a threshold asks for are further lines of its log, with their tags,
/// which every tool of HdrHistogram keeps apart.
///
/// Logs start at time 0. Values in them are nanoseconds with three significant digits.
public record HistogramLogs() implements Report {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final SequencedMap<String, Samples> NO_PARTS = new LinkedHashMap<>();
    private static final int STEPS_PER_HALVING = 5;

    @Override
    public Path write(Result result, Path folder) throws IOException {
        var hist = Files.createDirectories(folder.resolve("hist"));
        for (var latency : result.latencies().entrySet()) {
            if (!latency.getValue().isEmpty()) {
                var parts = result.parts().getOrDefault(latency.getKey(), NO_PARTS);
                log(result, latency.getValue(), parts, hist.resolve(latency.getKey() + ".hlog"));
                percentiles(latency.getValue(), hist.resolve(latency.getKey() + ".hgrm"));
            }
        }
        return hist;
    }

    private static void log(
            Result result, Samples samples, SequencedMap<String, Samples> parts, Path file)
            throws IOException {
        double end = result.outcome().clock().nanos() / 1e9;
        print(
                file,
                out -> {
                    var writer = new HistogramLogWriter(out);
                    writer.outputComment("[Logged by faultline " + result.version() + "]");
                    writer.outputLogFormatVersion();
                    // As HistogramLogWriter.outputStartTime(0) has it in UTC; it uses the local
                    // time zone.
                    writer.outputComment(
                            "[StartTime: 0.000 (seconds since epoch), Thu Jan 01 00:00:00 UTC"
                                    + " 1970]");
                    writer.outputLegend();
                    writer.outputIntervalHistogram(0, end, samples.histogram(), NANOS_PER_MILLI);
                    for (var part : parts.entrySet()) {
                        var histogram = part.getValue().histogram();
                        // A comma would end the tag.
                        histogram.setTag(part.getKey().replace(',', ';'));
                        writer.outputIntervalHistogram(0, end, histogram, NANOS_PER_MILLI);
                    }
                });
    }

    private static void percentiles(Samples samples, Path file) throws IOException {
        print(
                file,
                out ->
                        samples.histogram()
                                .outputPercentileDistribution(
                                        out, STEPS_PER_HALVING, NANOS_PER_MILLI));
    }

    private static void print(Path file, Consumer<PrintStream> content) throws IOException {
        WholeFile.write(
                file,
                out -> {
                    var print = new PrintStream(out, false, StandardCharsets.UTF_8);
                    content.accept(print);
                    if (print.checkError()) {
                        throw new IOException(file + ": cannot be written to the end");
                    }
                });
    }
}
