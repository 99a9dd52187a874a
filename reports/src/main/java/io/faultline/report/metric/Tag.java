package io.faultline.report.metric;

import io.faultline.model.Kind;
import io.faultline.model.network.MessageKind;
import io.faultline.model.recovery.RecoveryPhase;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// By what the finds of a metric can be told apart. Which tags it has, a metric says itself.
public enum Tag {
    /// The part of the run in which something was found; a span of time belongs to the part in
    /// which it ends.
    DURING(List.of("warmup", "chaos", "quiet", "verify")),
    /// The partition that it concerns.
    PARTITION(List.of()),
    /// The region of the partition that it concerns.
    REGION(List.of()),
    /// The kind of the fault that last took the partition out.
    FAULT(List.of()),
    /// The phase of a recovery.
    PHASE(
            Stream.of(
                            RecoveryPhase.DETECTING,
                            RecoveryPhase.REDISTRIBUTING,
                            RecoveryPhase.REBALANCING,
                            RecoveryPhase.VALIDATING)
                    .map(Kind::name)
                    .toList()),
    /// The kind of a message.
    MESSAGE(Arrays.stream(MessageKind.values()).map(Kind::name).toList());

    /// The tags of what concerns the run as a whole.
    static final List<Tag> OF_RUN = List.of(DURING);

    /// The tags of what concerns a partition.
    static final List<Tag> OF_PARTITION = List.of(DURING, PARTITION, REGION);

    /// The tags of what concerns a partition that a fault has taken out.
    static final List<Tag> OF_FAULT = List.of(DURING, PARTITION, REGION, FAULT);

    /// The tags of what concerns a message.
    static final List<Tag> OF_MESSAGE = List.of(DURING, MESSAGE);

    private final List<String> choices;

    Tag(List<String> choices) {
        this.choices = choices;
    }

    /// The name in files, such as `phase`.
    public String label() {
        return Kind.name(this);
    }

    /// The values that it can have; empty if that depends on the system.
    public List<String> choices() {
        return choices;
    }
}
