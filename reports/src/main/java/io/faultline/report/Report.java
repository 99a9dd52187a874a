package io.faultline.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A way to write down a [Result]. Equal results make equal files, byte for byte.
///
/// A kind is a record. The `permits` clause is the catalogue.
public sealed interface Report
        permits JsonResult, EventLog, HistogramLogs, HtmlReport, JUnitXml, ReproNote {

    /// Writes into a folder that exists.
    ///
    /// @return what was written: a file, or a folder of files
    Path write(Result result, Path folder) throws IOException;

    /// All reports.
    static List<Report> all() {
        return Kinds.of(Report.class);
    }
}
