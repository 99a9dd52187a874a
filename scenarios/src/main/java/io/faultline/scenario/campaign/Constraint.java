package io.faultline.scenario.campaign;

import io.faultline.scenario.format.Names;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A condition on settings, such as `suspect >= 3 * heartbeat && topology.partitions > 4`.
///
/// It knows amounts with their units, so that times are compared with times and `rate * service` is
/// a plain number; `+ - * /`, `< <= > >= == !=`, `&& || !` and parentheses, which bind as they do
/// in C; and words in quotes, such as `recovery.pause == 'counted'`.
final class Constraint {

    private static final MathContext DIGITS = MathContext.DECIMAL64;
    private static final Map<String, BigDecimal> NANOS =
            Map.of(
                    "ns", BigDecimal.ONE,
                    "us", new BigDecimal("1e3"),
                    "ms", new BigDecimal("1e6"),
                    "s", new BigDecimal("1e9"),
                    "m", new BigDecimal("60e9"),
                    "h", new BigDecimal("3600e9"),
                    "d", new BigDecimal("86400e9"));
    private static final Map<String, BigDecimal> BYTES =
            Map.of(
                    "B", BigDecimal.ONE,
                    "KB", new BigDecimal("1e3"),
                    "MB", new BigDecimal("1e6"),
                    "GB", new BigDecimal("1e9"));
    private static final Pattern AMOUNT =
            Pattern.compile(
                    "(\\d+(?:\\.\\d+)?)(ns|us|ms|s|m|h|d|B|KB|MB|GB|%)?(?:/(ms|s|m|h))?(?![A-Za-z0-9_])");
    private static final Pattern LONG_TIME =
            Pattern.compile("(?:\\d+(?:\\.\\d+)?(?:ns|us|ms|s|m|h|d)){2,}(?![A-Za-z0-9_])");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)([a-z]+)");
    private static final Pattern TRUTH = Pattern.compile("(true|false)(?![A-Za-z0-9_.])");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.\\[\\]-]*");
    private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"");

    /// What a part of a condition comes to.
    private sealed interface Value {
        /// An amount in nanoseconds and bytes, each to some power.
        record Amount(BigDecimal number, int time, int size) implements Value {
            boolean isComparableTo(Amount other) {
                return time == other.time && size == other.size;
            }
        }

        record Truth(boolean holds) implements Value {}

        record Word(String text) implements Value {}
    }

    /// A part of a condition.
    private interface Part {
        Value of(Function<String, Optional<String>> settings);
    }

    private final String text;
    private final List<String> names;
    private final Part whole;
    private int at;

    private Constraint(String text, Collection<String> names) {
        this.text = text;
        this.names =
                names.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
        this.whole = either();
        space();
        if (at < text.length()) {
            throw wrong(at, "this is not expected here");
        }
    }

    /// Reads a condition.
    ///
    /// @param names the settings that it may name
    /// @throws IllegalArgumentException if it is none; the message shows where
    static Constraint parse(String text, Collection<String> names) {
        return new Constraint(text, names);
    }

    /// Whether it holds.
    ///
    /// @param settings the value of each setting, as it is written in a file
    /// @throws IllegalArgumentException if the values do not fit together
    boolean holds(Function<String, Optional<String>> settings) {
        if (whole.of(settings) instanceof Value.Truth(boolean holds)) {
            return holds;
        }
        throw wrong(0, "this is no condition; compare it with something");
    }

    @Override
    public String toString() {
        return text;
    }

    private Part either() {
        var left = both();
        for (int place = taken("||"); place >= 0; place = taken("||")) {
            left = logical(left, both(), place, true);
        }
        return left;
    }

    private Part both() {
        var left = comparison();
        for (int place = taken("&&"); place >= 0; place = taken("&&")) {
            left = logical(left, comparison(), place, false);
        }
        return left;
    }

    /// @param decides the value of the left side that leaves the right side without a say
    private Part logical(Part left, Part right, int place, boolean decides) {
        return settings ->
                truth(left.of(settings), place) == decides
                        ? new Value.Truth(decides)
                        : new Value.Truth(truth(right.of(settings), place));
    }

    private boolean truth(Value value, int place) {
        if (value instanceof Value.Truth(boolean holds)) {
            return holds;
        }
        throw wrong(place, "on both sides of this there is a condition");
    }

    private Part comparison() {
        var left = sum();
        for (var sign : List.of("<=", ">=", "==", "!=", "<", ">")) {
            int place = taken(sign);
            if (place >= 0) {
                var right = sum();
                return settings ->
                        new Value.Truth(
                                compare(left.of(settings), right.of(settings), sign, place));
            }
        }
        return left;
    }

    private boolean compare(Value left, Value right, String sign, int place) {
        boolean negated = sign.equals("!=");
        if (sign.equals("==") || negated) {
            if (left instanceof Value.Amount one && right instanceof Value.Amount other) {
                return negated != (order(one, other, place) == 0);
            }
            if (left.getClass() == right.getClass()) {
                return negated != left.equals(right);
            }
        }
        if (!(left instanceof Value.Amount one && right instanceof Value.Amount other)) {
            throw wrong(place, "these cannot be compared: " + noun(left) + " and " + noun(right));
        }
        int order = order(one, other, place);
        return switch (sign) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private int order(Value.Amount one, Value.Amount other, int place) {
        if (!one.isComparableTo(other)) {
            throw wrong(place, "these cannot be compared: " + noun(one) + " and " + noun(other));
        }
        return one.number().compareTo(other.number());
    }

    private Part sum() {
        var left = product();
        while (true) {
            int plus = taken("+");
            int place = plus >= 0 ? plus : taken("-");
            if (place < 0) {
                return left;
            }
            BinaryOperator<BigDecimal> operator =
                    plus >= 0 ? BigDecimal::add : BigDecimal::subtract;
            left = sum(left, product(), operator, place);
        }
    }

    private Part sum(Part left, Part right, BinaryOperator<BigDecimal> operator, int place) {
        return settings -> {
            var one = amount(left.of(settings), place);
            var other = amount(right.of(settings), place);
            if (!one.isComparableTo(other)) {
                throw wrong(place, "these cannot be added: " + noun(one) + " and " + noun(other));
            }
            return new Value.Amount(
                    operator.apply(one.number(), other.number()), one.time(), one.size());
        };
    }

    private Part product() {
        var left = single();
        while (true) {
            int times = taken("*");
            int place = times >= 0 ? times : taken("/");
            if (place < 0) {
                return left;
            }
            left = product(left, single(), times >= 0, place);
        }
    }

    private Part product(Part left, Part right, boolean times, int place) {
        return settings -> {
            var one = amount(left.of(settings), place);
            var other = amount(right.of(settings), place);
            if (times) {
                return new Value.Amount(
                        one.number().multiply(other.number(), DIGITS),
                        one.time() + other.time(),
                        one.size() + other.size());
            }
            if (other.number().signum() == 0) {
                throw wrong(place, "this divides by 0");
            }
            return new Value.Amount(
                    one.number().divide(other.number(), DIGITS),
                    one.time() - other.time(),
                    one.size() - other.size());
        };
    }

    private Value.Amount amount(Value value, int place) {
        if (value instanceof Value.Amount amount) {
            return amount;
        }
        throw wrong(place, "on both sides of this there is an amount, but not " + noun(value));
    }

    private Part single() {
        int not = text.startsWith("!=", at) ? -1 : taken("!");
        if (not >= 0) {
            var negated = single();
            return settings -> new Value.Truth(!truth(negated.of(settings), not));
        }
        int minus = taken("-");
        if (minus >= 0) {
            var positive = single();
            return settings -> {
                var amount = amount(positive.of(settings), minus);
                return new Value.Amount(amount.number().negate(), amount.time(), amount.size());
            };
        }
        int open = taken("(");
        if (open >= 0) {
            var inner = either();
            if (taken(")") < 0) {
                throw wrong(open, "this parenthesis is not closed");
            }
            return inner;
        }
        return leaf();
    }

    private Part leaf() {
        space();
        int place = at;
        var word = WORD.matcher(text).region(at, text.length());
        if (word.lookingAt()) {
            at = word.end();
            var value = new Value.Word(word.group().substring(1, word.group().length() - 1));
            return _ -> value;
        }
        var name = names.stream().filter(this::isNext).findFirst();
        if (name.isPresent()) {
            at += name.get().length();
            return settings ->
                    value(
                            settings.apply(name.get())
                                    .orElseThrow(() ->
                                            wrong(place, "this has no value in one of the cells")));
        }
        var constant = constant();
        if (constant.isPresent()) {
            return _ -> constant.get();
        }
        var unknown = NAME.matcher(text).region(at, text.length());
        if (unknown.lookingAt()) {
            throw wrong(
                    place,
                    "unknown setting '"
                            + unknown.group()
                            + "'"
                            + Names.hint(unknown.group(), names));
        }
        throw wrong(place, "a setting, a number or a parenthesis is expected here");
    }

    private boolean isNext(String name) {
        int end = at + name.length();
        return text.startsWith(name, at)
                && (end == text.length()
                        || !Character.isLetterOrDigit(text.charAt(end))
                                && "_.[".indexOf(text.charAt(end)) < 0);
    }

    /// The amount or truth that comes next, which is then passed.
    private Optional<Value> constant() {
        for (var pattern : List.of(LONG_TIME, AMOUNT, TRUTH)) {
            var found = pattern.matcher(text).region(at, text.length());
            if (found.lookingAt()) {
                at = found.end();
                return Optional.of(value(found.group()));
            }
        }
        return Optional.empty();
    }

    /// What a text means: an amount if it is one, else truth or a word.
    private static Value value(String text) {
        if (LONG_TIME.matcher(text).matches()) {
            var parts = PART.matcher(text);
            var sum = BigDecimal.ZERO;
            while (parts.find()) {
                var unit = NANOS.get(parts.group(2));
                sum = sum.add(new BigDecimal(parts.group(1)).multiply(unit));
            }
            return new Value.Amount(sum, 1, 0);
        }
        if (text.matches("[+-]\\d.*")
                && value(text.substring(1)) instanceof Value.Amount(var number, int t, int s)) {
            return new Value.Amount(text.startsWith("-") ? number.negate() : number, t, s);
        }
        var amount = AMOUNT.matcher(text);
        if (!amount.matches()) {
            return text.equals("true") || text.equals("false")
                    ? new Value.Truth(text.equals("true"))
                    : new Value.Word(text);
        }
        var number = new BigDecimal(amount.group(1));
        int time = 0;
        int size = 0;
        var unit = amount.group(2);
        if (NANOS.containsKey(unit == null ? "" : unit)) {
            number = number.multiply(NANOS.get(unit));
            time = 1;
        } else if (BYTES.containsKey(unit == null ? "" : unit)) {
            number = number.multiply(BYTES.get(unit));
            size = 1;
        } else if (unit != null) {
            number = number.movePointLeft(2);
        }
        if (amount.group(3) != null) {
            number = number.divide(NANOS.get(amount.group(3)), DIGITS);
            time--;
        }
        return new Value.Amount(number, time, size);
    }

    private static String noun(Value value) {
        return switch (value) {
            case Value.Truth _ -> "a condition";
            case Value.Word(var word) -> "the word '" + word + "'";
            case Value.Amount(_, int time, int size) when time == 0 && size == 0 -> "a number";
            case Value.Amount(_, int time, int size) when time == 1 && size == 0 -> "a time";
            case Value.Amount(_, int time, int size) when time == -1 && size == 0 -> "a rate";
            case Value.Amount(_, int time, int size) when time == 0 && size == 1 -> "a size";
            case Value.Amount(_, int time, int size) when time == -1 && size == 1 -> "a bandwidth";
            case Value.Amount _ -> "an amount of another kind";
        };
    }

    /// The place of a sign if it comes next, which is then passed; else -1.
    private int taken(String sign) {
        space();
        if (!text.startsWith(sign, at)) {
            return -1;
        }
        at += sign.length();
        return at - sign.length();
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException wrong(int place, String what) {
        return new IllegalArgumentException(
                "column "
                        + (place + 1)
                        + ": "
                        + what
                        + "\n  "
                        + text
                        + "\n  "
                        + " ".repeat(place)
                        + "^");
    }
}
