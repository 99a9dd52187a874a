package io.faultline.scenario.campaign;

import io.faultline.scenario.Scenario;
import io.faultline.scenario.ScenarioException;
import io.faultline.scenario.ScenarioWriter;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/// Which cells of a sweep are wanted: those in which all conditions hold. A condition may name what
/// is varied, parameters, and settings by their paths.
public final class Constraints {

    private final List<Constraint> all;

    private Constraints(List<Constraint> all) {
        this.all = all;
    }

    /// Reads conditions.
    ///
    /// @param scenario the scenario that is swept
    /// @param varied the settings that are varied
    /// @throws IllegalArgumentException if one of them makes no sense
    public static Constraints parse(
            List<String> texts, Scenario scenario, Collection<String> varied) {
        var names = new TreeSet<>(varied);
        names.addAll(scenario.params().keySet());
        var draft = draft(scenario);
        draft.paths().stream()
                .filter(path -> draft.text(path).isPresent())
                .forEach(path -> names.add(path.toString()));
        return new Constraints(texts.stream().map(text -> Constraint.parse(text, names)).toList());
    }

    /// Whether all conditions hold in a cell. One that cannot be run is wanted, so that whoever
    /// asked for it is told why.
    ///
    /// @param values what is varied
    /// @param cell reads the scenario of the cell
    /// @throws IllegalArgumentException if a condition makes no sense with these values
    public boolean hold(Map<String, String> values, Supplier<Scenario> cell) {
        if (all.isEmpty()) {
            return true;
        }
        try {
            var settings = settings(values, cell.get());
            return all.stream().allMatch(constraint -> constraint.holds(settings));
        } catch (ScenarioException _) {
            return true;
        }
    }

    private static Function<String, Optional<String>> settings(
            Map<String, String> values, Scenario scenario) {
        var draft = draft(scenario);
        return name ->
                Optional.ofNullable(values.get(name))
                        .or(() ->
                                Optional.ofNullable(scenario.params().get(name))
                                        .map(literal -> literal.text()))
                        .or(() ->
                                draft.paths().stream()
                                        .filter(path -> path.toString().equals(name))
                                        .findFirst()
                                        .flatMap(draft::text));
    }

    private static Draft draft(Scenario scenario) {
        return Draft.of(ScenarioWriter.write(scenario));
    }
}
