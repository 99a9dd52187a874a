package io.faultline.scenario.format;

import io.faultline.kernel.random.Constant;
import io.faultline.kernel.random.Distribution;
import io.faultline.kernel.random.Empirical;
import io.faultline.kernel.random.Exponential;
import io.faultline.kernel.random.Gamma;
import io.faultline.kernel.random.LogNormal;
import io.faultline.kernel.random.Pareto;
import io.faultline.kernel.random.Uniform;
import io.faultline.kernel.random.Weibull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Spans of time that vary: `5ms`, `1ms..3ms`, `exponential(mean=5ms)`. Held in nanoseconds.
final class Distributions {
    private Distributions() {}

    static final Syntax<Distribution> SYNTAX =
            new Syntax<>(
                    Distribution.class,
                    "a duration or a distribution of durations",
                    "%1$s|%1$s\\.\\.%1$s|[a-z]+\\(.+\\)".formatted(Durations.PATTERN),
                    "exponential(mean=5ms)",
                    Distributions::parse,
                    Distributions::print);

    /// One form that is written as a call.
    ///
    /// @param parameters names of parameters; those that are plain numbers begin with `#`
    private record Form(
            String name, List<String> parameters, Function<double[], Distribution> make) {

        String example() {
            return switch (name) {
                case "uniform" -> "uniform(1ms,3ms)";
                case "exponential" -> "exponential(mean=5ms)";
                case "lognormal" -> "lognormal(p50=2ms,p99=40ms)";
                case "gamma" -> "gamma(shape=2,mean=5ms)";
                case "erlang" -> "erlang(k=4,mean=5s)";
                case "weibull" -> "weibull(shape=1.5,scale=10ms)";
                case "pareto" -> "pareto(shape=2.5,scale=10ms)";
                default -> name + "(1ms,2ms,9ms)";
            };
        }
    }

    private static final Form EMPIRICAL =
            new Form("empirical", List.of(), v -> new Empirical(Arrays.stream(v).boxed().toList()));

    private static final List<Form> FORMS =
            List.of(
                    new Form("uniform", List.of("lo", "hi"), v -> uniform(v[0], v[1])),
                    new Form("exponential", List.of("mean"), v -> new Exponential(v[0])),
                    new Form("lognormal", List.of("p50", "p99"), v -> logNormal(v[0], v[1])),
                    new Form("gamma", List.of("#shape", "mean"), v -> new Gamma(v[0], v[1])),
                    new Form("erlang", List.of("#k", "mean"), v -> erlang(v[0], v[1])),
                    new Form("weibull", List.of("#shape", "scale"), v -> new Weibull(v[0], v[1])),
                    new Form("pareto", List.of("#shape", "scale"), v -> new Pareto(v[0], v[1])),
                    EMPIRICAL);

    private static Distribution parse(String text) {
        int bracket = text.indexOf('(');
        if (bracket < 0) {
            int dots = text.indexOf("..");
            return dots < 0
                    ? new Constant(nanos(text))
                    : range(text.substring(0, dots), text.substring(dots + 2));
        }
        if (!text.endsWith(")")) {
            throw new IllegalArgumentException(
                    "'%s' has no closing bracket; inside of { } and [ ], where a comma ends a value, it has to be in quotes"
                            .formatted(text));
        }
        var name = text.substring(0, bracket).strip();
        var inside = text.substring(bracket + 1, text.length() - 1);
        var form = form(name);
        if (form.name.equals("uniform") && inside.contains("..")) {
            int dots = inside.indexOf("..");
            return range(inside.substring(0, dots).strip(), inside.substring(dots + 2).strip());
        }
        var arguments =
                inside.isBlank()
                        ? List.<String>of()
                        : Arrays.stream(inside.split(",", -1)).map(String::strip).toList();
        var values = form == EMPIRICAL ? durations(arguments) : values(form, arguments);
        try {
            return form.make.apply(values);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(text + ": " + e.getMessage(), e);
        }
    }

    private static String print(Distribution distribution) {
        return switch (distribution) {
            case Constant(double value) -> time(value);
            case Uniform(double lo, double hi) -> time(lo) + ".." + time(hi);
            case Exponential(double mean) -> "exponential(mean=" + time(mean) + ")";
            case LogNormal(double p50, double p99) ->
                    "lognormal(p50=" + time(p50) + ",p99=" + time(p99) + ")";
            case Gamma(double shape, double mean) ->
                    "gamma(shape=" + Numbers.plain(shape) + ",mean=" + time(mean) + ")";
            case Weibull(double shape, double scale) ->
                    "weibull(shape=" + Numbers.plain(shape) + ",scale=" + time(scale) + ")";
            case Pareto(double shape, double scale) ->
                    "pareto(shape=" + Numbers.plain(shape) + ",scale=" + time(scale) + ")";
            case Empirical(List<Double> values) ->
                    values.stream()
                            .map(Distributions::time)
                            .collect(Collectors.joining(",", "empirical(", ")"));
        };
    }

    private static Form form(String name) {
        var full = name.equals("exp") ? "exponential" : name;
        var names = new ArrayList<>(FORMS.stream().map(Form::name).toList());
        names.add(names.indexOf("exponential") + 1, "exp");
        return FORMS.stream()
                .filter(form -> form.name.equals(full))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "unknown distribution '"
                                        + name
                                        + "'; known: "
                                        + Names.listed(names)
                                        + Names.hint(name, names)));
    }

    /// The values of the parameters, given by name or in order.
    private static double[] values(Form form, List<String> arguments) {
        var names = form.parameters.stream().map(p -> p.replace("#", "")).toList();
        var given = new ArrayList<String>(Collections.nCopies(names.size(), null));
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            int equals = argument.indexOf('=');
            var name = equals < 0 ? "" : argument.substring(0, equals).strip();
            int at = equals < 0 ? i : names.indexOf(name);
            if (equals >= 0 && at < 0) {
                throw new IllegalArgumentException(
                        "%s has no '%s'; it takes %s%s"
                                .formatted(
                                        form.name,
                                        name,
                                        Names.listed(names),
                                        Names.hint(name, names)));
            }
            if (at >= names.size()) {
                throw new IllegalArgumentException(
                        "%s takes %s, as in %s"
                                .formatted(form.name, Names.listed(names), form.example()));
            }
            if (given.set(at, argument.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException(
                        form.name + " is given '" + names.get(at) + "' twice");
            }
        }
        if (given.contains(null)) {
            throw new IllegalArgumentException(
                    "%s needs %s, as in %s"
                            .formatted(form.name, names.get(given.indexOf(null)), form.example()));
        }
        var values = new double[names.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    form.parameters.get(i).startsWith("#")
                            ? number(names.get(i), given.get(i))
                            : nanos(given.get(i));
        }
        return values;
    }

    private static double[] durations(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("empirical needs values, as in empirical(1ms,2ms)");
        }
        return arguments.stream().mapToDouble(Distributions::nanos).toArray();
    }

    private static Uniform range(String lo, String hi) {
        return uniform(nanos(lo), nanos(hi));
    }

    private static Uniform uniform(double lo, double hi) {
        if (hi <= lo) {
            throw new IllegalArgumentException(
                    "the range %s..%s %s; it goes from the lesser to the greater value"
                            .formatted(
                                    time(lo), time(hi), lo == hi ? "is empty" : "runs backwards"));
        }
        return new Uniform(lo, hi);
    }

    private static LogNormal logNormal(double p50, double p99) {
        if (p99 <= p50) {
            throw new IllegalArgumentException(
                    "p99 must be longer than p50, but they are %s and %s"
                            .formatted(time(p99), time(p50)));
        }
        return new LogNormal(p50, p99);
    }

    private static Gamma erlang(double k, double mean) {
        if (k != Math.rint(k) || k < 1 || k > 1_000_000) {
            throw new IllegalArgumentException(
                    "k must be a whole number from 1, but was " + Numbers.plain(k));
        }
        return Gamma.erlang((int) k, mean);
    }

    private static double nanos(String text) {
        return Durations.nanos(text).doubleValue();
    }

    private static double number(String name, String text) {
        var number = Numbers.decimal(text);
        if (number == null) {
            throw new IllegalArgumentException(
                    name + " is a plain number, such as 2 or 1.5, but was '" + text + "'");
        }
        return number.doubleValue();
    }

    private static String time(double nanos) {
        return Durations.print(Numbers.exactly(nanos));
    }
}
