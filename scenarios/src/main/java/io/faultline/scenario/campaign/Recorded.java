package io.faultline.scenario.campaign;

import io.faultline.report.Quantity;
import io.faultline.scenario.Source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A run that was made before: what it was a run of, and what is known of how it went.
///
/// @param scenario the file with the scenario
/// @param seed its seed
/// @param fingerprint the fingerprint of its trace, if that was written down
/// @param known the seeds of the runs that were written down
public record Recorded(Path scenario, long seed, Optional<String> fingerprint, Seeds known) {

    static final String RESULT = "result.json";
    private static final int FEW = 8;

    /// The run that is recorded in a folder of results, or of a search.
    ///
    /// @param path the folder, or its `result.json`
    /// @param seed the seed, if it is to be another than that of the results; a search needs one
    /// @return nothing if no run is recorded there
    /// @throws IllegalArgumentException if it does not say which run is meant
    /// @throws DamagedResults if what was recorded cannot be read
    public static Optional<Recorded> find(Path path, Optional<Long> seed) {
        var folder = path.endsWith(RESULT) ? path.resolveSibling("") : path;
        var scenario = folder.resolve(CampaignFolder.Kind.SEARCH.plan());
        if (!Files.exists(scenario)) {
            return Optional.empty();
        }
        try {
            var result = folder.resolve(RESULT);
            if (Files.exists(result)) {
                return Optional.of(ofResult(scenario, result, seed));
            }
            var runs = folder.resolve(CampaignFolder.RUNS);
            if (!Files.exists(runs)) {
                return Optional.empty();
            }
            var known = RunLog.seeds(runs);
            long wanted =
                    seed.orElseThrow(() ->
                            new IllegalArgumentException(
                                    folder
                                            + " is a search; say which of its runs, as in --seed "
                                            + known.ranges().stream()
                                                    .findFirst()
                                                    .map(range -> Long.toString(range.from()))
                                                    .orElse("1")));
            return Optional.of(
                    new Recorded(
                            scenario,
                            wanted,
                            RunLog.find(runs, wanted).map(RunRecord::fingerprint),
                            known));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recorded ofResult(Path scenario, Path result, Optional<Long> seed)
            throws IOException {
        try {
            var fields = Fields.read(Files.readString(result));
            long recorded = fields.number("seed");
            var fingerprint = fields.text("fingerprint");
            return new Recorded(
                    scenario,
                    seed.orElse(recorded),
                    Optional.of(fingerprint).filter(_ -> seed.orElse(recorded) == recorded),
                    Seeds.of(List.of(recorded)));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new DamagedResults(result, "it is no result of a run");
        }
    }

    /// What is to be said if the run was not made before: nothing to compare it with is known.
    public Optional<String> remark() {
        if (fingerprint.isPresent()) {
            return Optional.empty();
        }
        var runs =
                known.ranges().size() <= FEW
                        ? (known.count() == 1 ? "the seed " : "the seeds ") + known
                        : Quantity.count(known.count(), "other seed");
        return Optional.of(
                "seed %d was not run before, so there is nothing to compare it with; %s has %s"
                        .formatted(
                                seed,
                                scenario.resolveSibling(""),
                                known.count() == 0 ? "no runs" : runs));
    }

    /// The scenario.
    public Source source() {
        return Source.of(scenario);
    }
}
