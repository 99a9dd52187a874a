package io.faultline.scenario.campaign;

import io.faultline.scenario.Source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A run that was made before: what it was a run of, and what is known of how it went.
///
/// @param scenario the file with the scenario
/// @param seed its seed
/// @param fingerprint the fingerprint of its trace, if that was written down
public record Recorded(Path scenario, long seed, Optional<String> fingerprint) {

    private static final String RESULT = "result.json";

    /// The run that is recorded in a folder of results, or of a search.
    ///
    /// @param path the folder, or its `result.json`
    /// @param seed the seed, if it is to be another than that of the results; a search needs one
    /// @return nothing if no run is recorded there
    /// @throws IllegalArgumentException if it does not say which run is meant
    public static Optional<Recorded> find(Path path, Optional<Long> seed) {
        var folder = path.endsWith(RESULT) ? path.resolveSibling("") : path;
        var scenario = folder.resolve(CampaignFolder.Kind.SEARCH.plan());
        if (!Files.exists(scenario)) {
            return Optional.empty();
        }
        try {
            var result = folder.resolve(RESULT);
            if (Files.exists(result)) {
                var fields = Fields.read(Files.readString(result));
                long recorded = fields.number("seed");
                return Optional.of(
                        new Recorded(
                                scenario,
                                seed.orElse(recorded),
                                Optional.of(fields.text("fingerprint"))
                                        .filter(_ -> seed.orElse(recorded) == recorded)));
            }
            var runs = folder.resolve(CampaignFolder.RUNS);
            if (!Files.exists(runs)) {
                return Optional.empty();
            }
            long wanted =
                    seed.orElseThrow(() ->
                            new IllegalArgumentException(
                                    folder + " is a search; say which of its runs: --seed SEED"));
            return Optional.of(
                    new Recorded(
                            scenario,
                            wanted,
                            RunLog.find(runs, wanted).map(RunRecord::fingerprint)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The scenario.
    public Source source() {
        return Source.of(scenario);
    }
}
