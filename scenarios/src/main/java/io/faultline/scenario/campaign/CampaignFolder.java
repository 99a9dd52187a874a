package io.faultline.scenario.campaign;

import io.faultline.report.WholeFile;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The files of a campaign: what is run, `runs.ndjson` with every run as it was made, and what came
/// of it. scenarios/campaigns.md describes them.
///
/// Runs are appended. Every other file appears at once and whole, under its name or not at all. The
/// results that say how the campaign ended are written last.
///
/// @param path where they are
/// @param kind what sort of campaign it is
public record CampaignFolder(Path path, Kind kind) {

    static final String RUNS = "runs.ndjson";

    /// What sort of campaign it is.
    public enum Kind {
        SEARCH("scenario.resolved.yaml", "summary.json", "summary.txt"),
        SWEEP("plan.ndjson", "sweep.json", "runs.csv", "cells.csv", "samples.csv");

        private final String plan;
        private final String results;
        private final List<String> further;

        /// @param plan the file that says what is run
        /// @param results the file that says how it ended
        /// @param further the other files with what came of it
        Kind(String plan, String results, String... further) {
            this.plan = plan;
            this.results = results;
            this.further = List.of(further);
        }

        String plan() {
            return plan;
        }

        /// Where two plans differ first: `'name: a' there, 'name: b' here`.
        private String difference(String there, String here) {
            var theirs = sortedOut(there);
            var ours = sortedOut(here);
            int i = 0;
            while (i < Math.min(theirs.size(), ours.size()) && theirs.get(i).equals(ours.get(i))) {
                i++;
            }
            return this == SWEEP
                    ? "see line %d of %s".formatted(i + 1, plan)
                    : "'%s' there, '%s' here".formatted(line(theirs, i), line(ours, i));
        }

        /// The name comes first, since that says most.
        private static List<String> sortedOut(String text) {
            return Stream.concat(
                            text.lines().filter(line -> line.startsWith("name: ")).limit(1),
                            text.lines())
                    .toList();
        }

        private static String line(List<String> lines, int i) {
            return i < lines.size() ? lines.get(i).replaceFirst("^# ", "").strip() : "";
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The file that says how the campaign ended.
    public Path results() {
        return path.resolve(kind.results);
    }

    /// Begins a campaign. The runs of one that came to its end are discarded.
    ///
    /// @param plan all that the runs depend on, but for their seeds
    /// @throws IllegalArgumentException if there are runs of one that did not, or results of a
    ///   single run
    public RunLog begin(String plan) throws IOException {
        Files.createDirectories(path);
        if (Files.exists(path.resolve(Recorded.RESULT))) {
            throw new IllegalArgumentException(
                    path + " has the results of a run; choose another folder with --out");
        }
        var runs = path.resolve(RUNS);
        if (Files.exists(runs) && Files.size(runs) > 0) {
            if (!isOver()) {
                throw new IllegalArgumentException(
                        path
                                + " has the runs of a "
                                + kind
                                + " that did not come to its end; "
                                + whatToDo());
            }
            Files.delete(results());
            for (var name : kind.further) {
                Files.deleteIfExists(path.resolve(name));
            }
            Shrinks.delete(path);
            Files.delete(runs);
        }
        write(kind.plan, plan);
        return RunLog.open(runs);
    }

    /// Goes on with a campaign.
    ///
    /// @param plan as it was begun with
    /// @throws IllegalArgumentException if there is none, or one of something else
    public RunLog resume(String plan) throws IOException {
        var earlier = path.resolve(kind.plan);
        if (!Files.exists(earlier) || !Files.exists(path.resolve(RUNS))) {
            throw new IllegalArgumentException("there is no " + kind + " in " + path);
        }
        var there = new String(Files.readAllBytes(earlier), StandardCharsets.UTF_8);
        if (!there.equals(plan)) {
            throw new IllegalArgumentException(
                    "the %s in %s is another one: %s"
                            .formatted(kind, path, kind.difference(there, plan)));
        }
        return RunLog.open(path.resolve(RUNS));
    }

    /// Writes what came of a search.
    public void write(SearchReport report) throws IOException {
        Shrinks.write(report, path);
        write("summary.txt", report.text());
        write(kind.results, report.json());
    }

    /// Writes what came of a sweep.
    ///
    /// @param samples whether every sample of every run is written, too
    public void write(SweepReport report, boolean samples) throws IOException {
        write("runs.csv", report.tables()::writeRuns);
        write("cells.csv", report.tables()::writeCells);
        if (samples) {
            write("samples.csv", report.tables()::writeSamples);
        }
        write(kind.results, report::writeJson);
    }

    /// Whether there are runs of a campaign in a folder.
    public static boolean isOne(Path folder) {
        return Files.exists(folder.resolve(RUNS));
    }

    /// Writes a file, in place of what was there under its name.
    public void write(String name, WholeFile.Content content) throws IOException {
        WholeFile.writeDurably(path.resolve(name), content);
    }

    private void write(String name, String text) throws IOException {
        write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private boolean isOver() throws IOException {
        for (var other : Kind.values()) {
            if (other != kind && Files.exists(path.resolve(other.plan))) {
                throw new IllegalArgumentException(
                        path + " has a " + other + "; choose another folder with --out");
            }
        }
        try {
            return Files.exists(results())
                    && !Fields.read(Files.readString(results()))
                            .text("ended")
                            .equals("interrupted");
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new IllegalArgumentException(
                    results() + " is damaged, and may be all that is; " + whatToDo(), e);
        }
    }

    private String whatToDo() {
        return "go on with --resume " + path + ", or choose another folder with --out";
    }
}
