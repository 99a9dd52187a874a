package io.faultline.scenario.format;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All the types that are written as scalars of their own syntax.
final class Syntaxes {
    private Syntaxes() {}

    static final List<Syntax<?>> ALL =
            List.of(
                    Durations.SYNTAX,
                    Spans.SYNTAX,
                    Withins.SYNTAX,
                    Percentages.SYNTAX,
                    Rates.SYNTAX,
                    ClockSteps.SYNTAX,
                    Sizes.BYTES,
                    Sizes.BANDWIDTH,
                    Distributions.SYNTAX,
                    Ids.PARTITION,
                    Ids.NODE);

    private static final Map<Class<?>, Syntax<?>> BY_TYPE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Syntax::type, Function.identity()));

    /// The syntax of a type, or null if it has none.
    static Syntax<?> of(Class<?> type) {
        // Values of a sealed family, such as distributions, have the syntax of the family.
        var syntax = BY_TYPE.get(type);
        if (syntax == null && type.isRecord()) {
            for (var family : type.getInterfaces()) {
                syntax = syntax == null ? BY_TYPE.get(family) : syntax;
            }
        }
        return syntax;
    }
}
