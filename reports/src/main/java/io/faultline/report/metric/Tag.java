package io.faultline.report.metric;

import io.faultline.model.Kind;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.monitor.AlertRule;
import io.faultline.model.monitor.HealthLevel;
import io.faultline.model.network.MessageKind;
import io.faultline.model.observation.Observed.DropCause;
import io.faultline.model.observation.Observed.EscalationCause;
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
    PARTITION,
    /// The node of the partition that it concerns.
    NODE,
    /// The region of that node.
    REGION,
    /// The zone of that node.
    ZONE,
    /// The rack of that node.
    RACK,
    /// The kind of the fault that last took the partition out, or [#NO_FAULT].
    FAULT,
    /// The phase of a recovery.
    PHASE(
            RecoveryPhase.DETECTING,
            RecoveryPhase.REDISTRIBUTING,
            RecoveryPhase.REBALANCING,
            RecoveryPhase.VALIDATING),
    /// Whether it succeeded.
    OUTCOME(List.of("succeeded", "failed")),
    /// Why a partition was suspected.
    SUSPICION(
            "reason",
            StatusReason.BARRIER_TIMEOUT,
            StatusReason.SYNC_FAILURE,
            StatusReason.HEARTBEAT_MISS,
            StatusReason.SAID_GOODBYE),
    /// Why a partition was declared failed.
    FAILURE(
            "reason",
            StatusReason.BARRIER_TIMEOUT,
            StatusReason.SYNC_FAILURE,
            StatusReason.HEARTBEAT_MISS,
            StatusReason.SAID_GOODBYE,
            StatusReason.CONFIRMED),
    /// Why a failed partition was taken to be healthy again.
    HEALING("reason", StatusReason.HEARD, StatusReason.RECOVERED, StatusReason.OPERATOR),
    /// Why a partition was left to an operator.
    ESCALATION("cause", EscalationCause.values()),
    /// The kind of a message.
    MESSAGE(MessageKind.values()),
    /// The node that sent a message.
    FROM,
    /// The node that a message was sent to.
    TO,
    /// Why a message was lost.
    LOSS("cause", DropCause.values()),
    /// What a monitor looks at.
    RULE(AlertRule.values()),
    /// The worst that a monitor found.
    LEVEL(HealthLevel.DEGRADED, HealthLevel.CRITICAL, HealthLevel.QUORUM_LOST),
    /// The handler who judges.
    HANDLER,
    /// Two handlers, as in `East+West`, in the order of their names.
    HANDLERS;

    /// The value of [#FAULT] of a partition that no fault has taken out yet.
    public static final String NO_FAULT = "none";

    /// The tags of what concerns the run as a whole.
    static final List<Tag> OF_RUN = List.of(DURING);

    /// The tags of what concerns a partition.
    static final List<Tag> OF_PARTITION = and(OF_RUN, PARTITION, NODE, REGION, ZONE, RACK);

    /// The tags of what concerns a partition that a fault may have taken out.
    static final List<Tag> OF_FAULT = and(OF_PARTITION, FAULT);

    /// The tags of what concerns a message.
    static final List<Tag> OF_MESSAGE = List.of(DURING, MESSAGE, FROM, TO);

    private final String label;
    private final List<String> choices;

    Tag() {
        this(List.of());
    }

    Tag(List<String> choices) {
        this.label = Kind.name(this);
        this.choices = choices;
    }

    Tag(Enum<?>... choices) {
        this(Stream.of(choices).map(Kind::name).toList());
    }

    Tag(String label, Enum<?>... choices) {
        this.label = label;
        this.choices = Arrays.stream(choices).map(Kind::name).toList();
    }

    static List<Tag> and(List<Tag> some, Tag... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    /// The name in files, such as `phase`. Metrics may mean different things by the same name, but
    /// no metric has two tags of one.
    public String label() {
        return label;
    }

    /// The values that it can have; empty if that depends on the system.
    public List<String> choices() {
        return choices;
    }
}
