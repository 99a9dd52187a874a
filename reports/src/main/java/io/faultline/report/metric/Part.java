package io.faultline.report.metric;

import io.faultline.kernel.Trace;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A part of what a metric finds: that with certain tags, such as
/// `recovery.latency{phase:rebalancing}`.
///
/// @param metric what is measured
/// @param tags the value that each tag must have; the whole if there is none
public record Part(Metric metric, Map<Tag, String> tags) {

    private static final Pattern SYNTAX =
            Pattern.compile("\\s*([^{}]+?)\\s*(?:\\{\\s*([^{}]*?)\\s*})?\\s*");
    private static final Pattern TAG = Pattern.compile("\\s*([a-z]+)\\s*:\\s*([^\\s:]+)\\s*");

    public Part {
        var sorted = new EnumMap<Tag, String>(Tag.class);
        sorted.putAll(tags);
        tags = Collections.unmodifiableMap(sorted);
        if (tags.containsKey(Tag.PHASE) && tags.containsKey(Tag.HEALING)) {
            throw new IllegalArgumentException(
                    metric.name()
                            + " has phase or reason, not both: what a phase takes has no reason"
                            + " to end");
        }
    }

    /// Reads a metric and its tags.
    ///
    /// @param text such as `lock.wait` or `detection.latency{during:chaos,fault:crash}`
    /// @throws IllegalArgumentException with a sentence that says what would be right
    public static Part parse(String text) {
        return parse(text, Metric::named);
    }

    /// Reads a metric and its tags.
    ///
    /// @param named gives the metric of a name
    public static Part parse(String text, Function<String, Metric> named) {
        var parts = SYNTAX.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "cannot read '"
                            + text
                            + "'; tags stand in braces, as in"
                            + " recovery.latency{phase:rebalancing}");
        }
        var metric = named.apply(parts.group(1));
        var tags = new EnumMap<Tag, String>(Tag.class);
        if (parts.group(2) != null) {
            for (var written : parts.group(2).split(",", -1)) {
                var pair = TAG.matcher(written);
                if (!pair.matches()) {
                    throw new IllegalArgumentException(
                            "cannot read the tag '"
                                    + written.strip()
                                    + "' of "
                                    + metric.name()
                                    + "; a tag is written phase:rebalancing, and several with"
                                    + " commas between them");
                }
                var tag = tag(metric, pair.group(1));
                if (!tag.choices().isEmpty() && !tag.choices().contains(pair.group(2))) {
                    throw new IllegalArgumentException(
                            "unknown "
                                    + tag.label()
                                    + " '"
                                    + pair.group(2)
                                    + "'; known: "
                                    + String.join(", ", tag.choices()));
                }
                if (tags.put(tag, pair.group(2)) != null) {
                    throw new IllegalArgumentException(
                            "the tag " + tag.label() + " of " + metric.name() + " is given twice");
                }
            }
        }
        return new Part(metric, tags);
    }

    private static Tag tag(Metric metric, String label) {
        return metric.tags().stream()
                .filter(tag -> tag.label().equals(label))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                metric.name()
                                        + " has no tag '"
                                        + label
                                        + "'; it has "
                                        + (metric.tags().isEmpty()
                                                ? "none"
                                                : metric.tags().stream()
                                                        .map(Tag::label)
                                                        .collect(Collectors.joining(", ")))
                                        + why(metric)));
    }

    private static String why(Metric metric) {
        return metric.tags().equals(Tag.OF_RUN) ? ", since it is about the system as a whole" : "";
    }

    /// Whether this is all that the metric finds.
    public boolean isWhole() {
        return tags.isEmpty();
    }

    /// The tags of a part that is measured in a run, as in `during:chaos,phase:rebalancing`.
    public String label() {
        return tags.entrySet().stream()
                .map(tag -> tag.getKey().label() + ":" + tag.getValue())
                .collect(Collectors.joining(","));
    }

    /// Begins to measure it.
    ///
    /// @param trace of a run, which may go on
    Fold<?> begin(Trace trace, Frame frame) {
        return metric.begin(isWhole() ? Sieve.all(trace) : Sieve.of(tags, trace, frame));
    }

    /// Measures it.
    public Measurement of(Trace trace, Frame frame) {
        return begin(trace, frame).over(trace);
    }

    /// The name in files, such as `recovery.latency{phase:rebalancing}`.
    public String name() {
        return isWhole() ? metric.name() : metric.name() + "{" + label() + "}";
    }

    /// The tags of a metric and their values; no values where they depend on the system.
    public static Map<String, List<String>> allowed(Metric metric) {
        var allowed = new LinkedHashMap<String, List<String>>();
        metric.tags().forEach(tag -> allowed.put(tag.label(), tag.choices()));
        return allowed;
    }
}
