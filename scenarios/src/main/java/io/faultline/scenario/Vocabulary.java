package io.faultline.scenario;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// The names that expectations and thresholds may use. They belong to those who judge runs; a
/// scenario only has to be told which ones there are. An empty set allows any name.
///
/// @param always invariants
/// @param promises those of them that a run may break
/// @param never what a run can be convicted of
/// @param sometimes what a run can be shown to have exercised
/// @param eventually goals
/// @param metrics metrics, without what may follow in braces
/// @param tags what may follow a metric in braces: tags, and their values unless these depend on
///   the system
/// @param conditions looks at a condition on a metric, such as `p99<2s` on `suspicion.latency`, and
///   throws [IllegalArgumentException] with a message that says what is wrong with it
public record Vocabulary(
        Set<String> always,
        Set<String> promises,
        Set<String> never,
        Set<String> sometimes,
        Set<String> eventually,
        Set<String> metrics,
        Function<String, Map<String, List<String>>> tags,
        BiConsumer<String, String> conditions) {

    /// Allows any name.
    public static final Vocabulary ANY =
            new Vocabulary(
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    _ -> Map.of(),
                    (metric, condition) -> {});
}
