package io.faultline.scenario.explain;

import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.model.Probability;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.HandlerPlaced;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationLost;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.Quiesced;
import io.faultline.model.observation.Observed.Reported;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.observation.Observed.RoundBroken;
import io.faultline.model.observation.Observed.RoundWentOn;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.observation.Observed.TransferRerouted;
import io.faultline.model.observation.Observed.ViewChanged;
import io.faultline.model.recovery.RecoveryPhase;
import io.faultline.report.Quantity;
import io.faultline.report.Said;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What led to an observation, from the fault on, one step after another.
///
/// A step follows from the one before along the causes that the trace notes. Silence has no cause
/// there, since nothing happens. So from a suspicion the chain goes on with what is true of the
/// partition: if it is down, with its going down; if a fault that concerns it is on, or was a short
/// while ago, with that fault, or with one that lies between nodes and may lie between it and
/// whoever listens; else it is up and busy, or nobody knows: the chain goes on with what a recovery
/// last did to it, or to the whole system, within the time that it takes to fail somebody. A wait
/// for operations in flight comes of the pause; and what is done about failures, if the trace does
/// not say what led to it, of the last failure before it.
///
/// Not everything comes of a fault: where nobody but the network can be the reason for silence, and
/// it loses messages all the time, the chain stands on that.
///
/// @param steps from the first to the observation itself
/// @param ground what was so all the time and led to the first step, if that came of no fault
public record CausalChain(List<Step> steps, Optional<String> ground) {

    /// The faults that lie between nodes: those whom they do not concern may not hear those whom
    /// they do.
    private static final Set<String> BETWEEN =
            Set.of(
                    "bridge",
                    "clogged-link",
                    "isolation",
                    "majorities-ring",
                    "message-corruption",
                    "message-delay",
                    "message-hold",
                    "message-loss",
                    "message-reordering",
                    "network-split",
                    "partial-split",
                    "region-split",
                    "swizzle",
                    "zone-split");

    /// How a step follows from the one before.
    public enum Link {
        /// It was posted by it.
        CAUSE,
        /// Nothing was heard of a partition, since it is down or out of reach.
        SILENCE,
        /// Nothing was heard of a partition, though it is up and nothing is between.
        DELAY
    }

    /// An observation in a chain.
    ///
    /// @param link how it follows from the step before
    public record Step(Trace.Entry entry, Link link) {
        /// It in a sentence.
        String sentence() {
            return Said.of(entry.what())
                    .map(Said::text)
                    .orElseGet(() ->
                            switch (entry.what()) {
                                case OperationCompleted(var partition, var latency) ->
                                        partition
                                                + " finishes an operation after "
                                                + Quantity.time(latency.toNanos());
                                case OperationRejected(var partition) ->
                                        partition + " refuses an operation";
                                case OperationLost(var partition) ->
                                        partition + " loses an operation";
                                default -> entry.what().toString();
                            });
        }

        /// What kind of step it is: steps of the same kind are alike.
        String kind() {
            return Kind.name(entry.what())
                    + (entry.what() instanceof StatusChanged change ? " " + change.to() : "");
        }
    }

    public CausalChain {
        steps = List.copyOf(steps);
    }

    /// The chain that leads to an observation.
    ///
    /// @param patience for how long a fault that is over may still be the reason for silence
    /// @param loss the share of messages that the network loses without any fault
    public static CausalChain to(int index, Trace trace, Duration patience, Probability loss) {
        var steps = new ArrayList<Step>();
        var entry = Optional.of(trace.get(index));
        while (entry.isPresent()) {
            var effect = entry.get();
            var from = before(effect, trace, patience);
            if (steps.isEmpty() || isWorthASentence(effect)) {
                steps.add(new Step(effect, from.link()));
            } else if (from.link() != Link.CAUSE) {
                // The link belongs to the step that is kept.
                steps.set(steps.size() - 1, new Step(steps.getLast().entry(), from.link()));
            }
            entry = from.entry();
        }
        boolean unexplained = steps.getLast().link() == Link.DELAY;
        var ground =
                Optional.of(loss)
                        .filter(_ -> unexplained && loss.value() > 0)
                        .map(_ ->
                                "the network loses "
                                        + Quantity.share(loss.value())
                                        + " of all messages");
        return new CausalChain(steps.reversed(), ground);
    }

    /// Whether the chain begins with something that was planned, or so all the time.
    public boolean isComplete() {
        if (ground.isPresent()) {
            return true;
        }
        var first = steps.getFirst().entry().what();
        return first instanceof FaultInjected || first instanceof ActionTaken;
    }

    private static boolean isWorthASentence(Trace.Entry entry) {
        return Said.of(entry.what()).isPresent();
    }

    private record From(Optional<Trace.Entry> entry, Link link) {}

    private static From before(Trace.Entry effect, Trace trace, Duration patience) {
        return switch (effect.what()) {
            case FaultInjected _ -> new From(Optional.empty(), Link.CAUSE);
            case StatusChanged change
                    when change.to() == PartitionStatus.FAILED && isOfTime(change.reason()) ->
                    new From(suspicion(change.partition(), effect, trace), Link.CAUSE);
            case StatusChanged change
                    when change.to() == PartitionStatus.SUSPECTED
                            && change.reason() == StatusReason.HEARTBEAT_MISS ->
                    silence(change.partition(), effect, trace, patience);
            case StatusChanged change
                    when change.reason() == StatusReason.FALSE_ALARM
                            || change.reason() == StatusReason.HEARD ->
                    new From(doubt(change.partition(), effect, trace), Link.CAUSE);
            case ViewChanged change when change.to() != PartitionStatus.HEALTHY ->
                    silence(change.partition(), effect, trace, patience);
            case RoundBroken(_, var missing) when !missing.isEmpty() ->
                    silence(missing.getFirst(), effect, trace, patience);
            case RoundWentOn(_, var missing) when !missing.isEmpty() ->
                    silence(missing.getFirst(), effect, trace, patience);
            case Reported report -> reported(report, effect, trace, patience);
            case OperationCompleted(var partition, _) ->
                    new From(touch(partition, effect, trace), Link.CAUSE);
            case OperationRejected _, OperationLost _, Quiesced _ ->
                    new From(
                            last(trace, effect.index(), what -> what instanceof Paused),
                            Link.CAUSE);
            default -> {
                var cause = cause(effect, trace);
                yield cause.entry().isEmpty() && isAboutFailures(effect)
                        ? new From(failure(effect, trace), Link.CAUSE)
                        : cause;
            }
        };
    }

    /// Whether something is only done, or said, because somebody has failed.
    private static boolean isAboutFailures(Trace.Entry effect) {
        return Said.of(effect.what())
                .map(said ->
                        switch (said.topic()) {
                            case QUORUM, RECOVERY, PAUSE, ALERT -> true;
                            case FAULT, TRUTH, STATUS, VIEW, SCRIPT, OTHER -> false;
                        })
                .orElse(false);
    }

    private static Optional<Trace.Entry> failure(Trace.Entry effect, Trace trace) {
        return last(
                trace,
                effect.index(),
                what ->
                        what instanceof StatusChanged change
                                && change.to() == PartitionStatus.FAILED);
    }

    /// Whether a failure was declared because suspicion had stood for long enough.
    private static boolean isOfTime(StatusReason reason) {
        return reason == StatusReason.HEARTBEAT_MISS || reason == StatusReason.CONFIRMED;
    }

    private static Optional<Trace.Entry> suspicion(
            PartitionId partition, Trace.Entry failure, Trace trace) {
        return last(
                trace,
                failure.index(),
                what ->
                        what instanceof StatusChanged change
                                && change.partition().equals(partition)
                                && change.to() == PartitionStatus.SUSPECTED);
    }

    /// Why there was something to take back.
    private static Optional<Trace.Entry> doubt(
            PartitionId partition, Trace.Entry effect, Trace trace) {
        return last(
                trace,
                effect.index(),
                what ->
                        what instanceof StatusChanged change
                                && change.partition().equals(partition));
    }

    private static From cause(Trace.Entry effect, Trace trace) {
        return new From(
                Optional.of(effect)
                        .filter(entry -> entry.cause() != Trace.NO_CAUSE)
                        .map(entry -> trace.get(entry.cause()))
                        .filter(entry ->
                                !(entry.what() instanceof PartitionPlaced
                                        || entry.what() instanceof HandlerPlaced)),
                Link.CAUSE);
    }

    /// A report comes of a round that broke, of a script, or of an answer that did not come.
    private static From reported(
            Reported report, Trace.Entry effect, Trace trace, Duration patience) {
        var cause = cause(effect, trace);
        boolean known =
                cause.entry()
                        .filter(entry ->
                                entry.what() instanceof RoundBroken
                                        || entry.what() instanceof RoundWentOn
                                        || Said.of(entry.what())
                                                .filter(said -> said.topic() == Said.Topic.SCRIPT)
                                                .isPresent())
                        .isPresent();
        return known ? cause : silence(report.partition(), effect, trace, patience);
    }

    private static From silence(
            PartitionId partition, Trace.Entry effect, Trace trace, Duration patience) {
        var truth =
                last(
                        trace,
                        effect.index(),
                        what ->
                                what instanceof PartitionDown down
                                                && down.partition().equals(partition)
                                        || what instanceof PartitionUp up
                                                && up.partition().equals(partition));
        if (truth.isPresent() && truth.get().what() instanceof PartitionDown) {
            return new From(truth, Link.SILENCE);
        }
        var fault = fault(partition, effect, trace, patience);
        if (fault.isPresent()) {
            return new From(fault, Link.SILENCE);
        }
        return new From(touch(partition, effect, trace), Link.DELAY);
    }

    /// What a recovery last did to a partition, or to all.
    private static Optional<Trace.Entry> touch(
            PartitionId partition, Trace.Entry effect, Trace trace) {
        return last(
                trace,
                effect.index(),
                what ->
                        what instanceof Resumed
                                || what instanceof Paused
                                || what instanceof PhaseEntered phase
                                        && (phase.phase() == RecoveryPhase.REDISTRIBUTING
                                                || phase.phase() == RecoveryPhase.REBALANCING)
                                || what instanceof TransferRerouted rerouted
                                        && rerouted.to().equals(partition)
                                || what instanceof EntitiesMoved moved
                                        && moved.to().equals(partition));
    }

    /// The latest fault that concerns a partition and may be the reason why nothing is heard of it.
    private static Optional<Trace.Entry> fault(
            PartitionId partition, Trace.Entry effect, Trace trace, Duration patience) {
        Set<Integer> over = new HashSet<>(); // looked up, never iterated
        for (int i = effect.index() - 1; i >= 0; i--) {
            var entry = trace.get(i);
            switch (entry.what()) {
                case FaultHealed healed -> {
                    if (entry.time().plus(patience).isBefore(effect.time())) {
                        over.add(healed.fault());
                    }
                }
                case FaultInjected injected -> {
                    boolean concerns =
                            injected.targets().isEmpty()
                                    || injected.targets().contains(partition)
                                    || BETWEEN.contains(injected.kind());
                    if (concerns && !over.contains(injected.fault())) {
                        return Optional.of(entry);
                    }
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    private static Optional<Trace.Entry> last(
            Trace trace, int before, java.util.function.Predicate<Object> wanted) {
        for (int i = before - 1; i >= 0; i--) {
            if (wanted.test(trace.get(i).what())) {
                return Optional.of(trace.get(i));
            }
        }
        return Optional.empty();
    }

    // In few lines.

    /// The chain in sentences: like steps that follow each other are one line and a number, and so
    /// are rounds of steps that repeat; what is still too much is cut out of the middle.
    ///
    /// @param most how many lines there may be, 3 or more
    public List<String> lines(int most) {
        var lines = new ArrayList<String>();
        ground.ifPresent(always -> lines.add(line("all the time", always)));
        for (int i = 0; i < steps.size(); ) {
            var round = longestRound(i);
            if (round.times() > 2) {
                lines.addAll(folded(i, i + round.length()));
                int last = i + round.length() * round.times() - 1;
                lines.add(
                        "                … and so on, "
                                + Quantity.count(round.times() - 1, "time")
                                + " more, until "
                                + steps.get(last).entry().time());
                i = last + 1;
            } else {
                int end = i + 1;
                while (end < steps.size() && longestRound(end).times() <= 2) {
                    end++;
                }
                lines.addAll(folded(i, end));
                i = end;
            }
        }
        if (lines.size() <= most) {
            return lines;
        }
        int head = (most - 1) / 2;
        int tail = most - 1 - head;
        var cut = new ArrayList<>(lines.subList(0, head));
        cut.add(
                "                … "
                        + Quantity.count(lines.size() - head - tail, "line")
                        + " left out …");
        cut.addAll(lines.subList(lines.size() - tail, lines.size()));
        return cut;
    }

    private record Round(int length, int times) {}

    /// The repetition that begins at a step and covers most.
    private Round longestRound(int start) {
        var longest = new Round(1, 1);
        for (int length = 2; start + 3 * length <= steps.size(); length++) {
            int times = 1;
            while (repeats(start, length, times)) {
                times++;
            }
            if (times > 2 && times * length > longest.times() * longest.length()) {
                longest = new Round(length, times);
            }
        }
        return longest;
    }

    private boolean repeats(int start, int length, int times) {
        int next = start + times * length;
        if (next + length > steps.size()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!steps.get(start + i).kind().equals(steps.get(next + i).kind())) {
                return false;
            }
        }
        return true;
    }

    /// Steps as lines, of which those of one kind in a row are two.
    private List<String> folded(int from, int to) {
        var lines = new ArrayList<String>();
        for (int i = from; i < to; ) {
            int end = i + 1;
            while (end < to && steps.get(end).kind().equals(steps.get(i).kind())) {
                end++;
            }
            if (end - i > 2) {
                lines.add(line(steps.get(i)));
                lines.add(
                        "                … "
                                + (end - i - 2)
                                + " more like it, up to the next line");
                lines.add(line(steps.get(end - 1)));
            } else {
                for (int k = i; k < end; k++) {
                    lines.add(line(steps.get(k)));
                }
            }
            i = end;
        }
        return lines;
    }

    private static String line(Step step) {
        var why =
                switch (step.link()) {
                    case CAUSE -> "";
                    case SILENCE -> ", since nothing is heard of it";
                    case DELAY -> ", since nothing is heard of it, though it is up";
                };
        return line(step.entry().time(), step.sentence() + why);
    }

    private static String line(Object time, String sentence) {
        return String.format(java.util.Locale.ROOT, "%14s  %s", time, sentence);
    }
}
