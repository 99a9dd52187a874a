package io.faultline.scenario.campaign;

import io.faultline.scenario.Scenario;
import io.faultline.scenario.ScenarioWriter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files of a search: `scenario.resolved.yaml`, what is searched; `runs.ndjson`, every run;
/// `summary.json` and `summary.txt`, what came of it; `shrunk/`, small scenarios that fail alike,
/// if they were asked for.
///
/// @param path where they are
public record SearchFolder(Path path) {

    static final String SCENARIO = "scenario.resolved.yaml";
    static final String RUNS = "runs.ndjson";
    private static final String SUMMARY = "summary.json";

    /// Begins a search. Runs of a search that came to its end are discarded.
    ///
    /// @throws IllegalArgumentException if there are runs of a search that did not
    public RunLog begin(Scenario scenario, String version) throws IOException {
        Files.createDirectories(path);
        var runs = path.resolve(RUNS);
        var summary = path.resolve(SUMMARY);
        if (Files.exists(runs) && Files.size(runs) > 0) {
            if (!isOver(summary)) {
                throw new IllegalArgumentException(
                        path
                                + " has the runs of a search that did not come to its end; go on"
                                + " with --resume "
                                + path
                                + ", or choose another folder with --out");
            }
            Files.delete(summary);
            Files.delete(runs);
        }
        Files.writeString(path.resolve(SCENARIO), text(scenario, version));
        return RunLog.open(runs);
    }

    /// Goes on with a search.
    ///
    /// @throws IllegalArgumentException if there is none, or one of something else
    public RunLog resume(Scenario scenario, String version) throws IOException {
        var earlier = path.resolve(SCENARIO);
        if (!Files.exists(earlier) || !Files.exists(path.resolve(RUNS))) {
            throw new IllegalArgumentException("there is no search in " + path);
        }
        if (!Files.readString(earlier).equals(text(scenario, version))) {
            throw new IllegalArgumentException(
                    path
                            + " has a search of another scenario, of other settings, or by another"
                            + " version; see "
                            + earlier);
        }
        return RunLog.open(path.resolve(RUNS));
    }

    /// Writes what came of a search.
    public void write(SearchReport report) throws IOException {
        Files.writeString(path.resolve("summary.txt"), report.text());
        Files.writeString(path.resolve(SUMMARY), report.json());
        Shrinks.write(report, path);
    }

    private static boolean isOver(Path summary) throws IOException {
        return Files.exists(summary)
                && !Fields.read(Files.readString(summary)).text("ended").equals("interrupted");
    }

    private static String text(Scenario scenario, String version) {
        return "# by faultline " + version + "\n" + ScenarioWriter.write(scenario);
    }
}
