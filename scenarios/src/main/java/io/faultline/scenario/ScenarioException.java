package io.faultline.scenario;

import io.faultline.scenario.format.Place;
import io.faultline.scenario.format.Problem;
import io.faultline.scenario.format.Problems;

import java.util.List;
import java.util.stream.Collectors;

/// A scenario that cannot be run as it is written. The message is for people: each problem with its
/// place, and the line that it is in.
public final class ScenarioException extends RuntimeException {
    private final transient List<Problem> problems;
    private final boolean missing;

    private ScenarioException(List<Problem> problems, boolean missing) {
        super(problems.stream().map(Problem::withExcerpt).collect(Collectors.joining("\n")));
        this.problems = problems;
        this.missing = missing;
    }

    static ScenarioException invalid(Problems problems) {
        return new ScenarioException(problems.sorted(), false);
    }

    /// A scenario that cannot be found or read.
    ///
    /// @param input what was taken for its name or its file
    public static ScenarioException missing(String input, String message) {
        var problems = new Problems();
        problems.add(Place.whole(input), message);
        return new ScenarioException(problems.sorted(), true);
    }

    /// Everything that is wrong, by position.
    public List<Problem> problems() {
        return problems;
    }

    /// Whether the scenario could not even be found or read, rather than being wrong.
    public boolean isMissing() {
        return missing;
    }
}
