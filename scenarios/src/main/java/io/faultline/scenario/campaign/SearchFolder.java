package io.faultline.scenario.campaign;

import io.faultline.scenario.Scenario;
import io.faultline.scenario.ScenarioWriter;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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
        var there = new String(Files.readAllBytes(earlier), StandardCharsets.UTF_8);
        var here = text(scenario, version);
        if (!there.equals(here)) {
            throw new IllegalArgumentException(
                    "the search in " + path + " is another one: " + difference(there, here));
        }
        return RunLog.open(path.resolve(RUNS));
    }

    /// Where two searches differ first: `'name: a' there, 'name: b' here`.
    private static String difference(String there, String here) {
        var theirs = sortedOut(there);
        var ours = sortedOut(here);
        int i = 0;
        while (i < Math.min(theirs.size(), ours.size()) && theirs.get(i).equals(ours.get(i))) {
            i++;
        }
        return "'%s' there, '%s' here".formatted(line(theirs, i), line(ours, i));
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

    /// Writes what came of a search.
    public void write(SearchReport report) throws IOException {
        Files.writeString(path.resolve("summary.txt"), report.text());
        Files.writeString(path.resolve(SUMMARY), report.json());
        Shrinks.write(report, path);
    }

    /// A summary that cannot be read was being written when the program was killed.
    private static boolean isOver(Path summary) throws IOException {
        try {
            return Files.exists(summary)
                    && !Fields.read(Files.readString(summary)).text("ended").equals("interrupted");
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return false;
        }
    }

    private static String text(Scenario scenario, String version) {
        return "# by faultline " + version + "\n" + ScenarioWriter.write(scenario);
    }
}
