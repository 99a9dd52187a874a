package io.faultline.report;

import io.faultline.kernel.Observation;
import io.faultline.model.Kind;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed;
import io.faultline.model.observation.Observed.ActionTaken;
import io.faultline.model.observation.Observed.AlertCleared;
import io.faultline.model.observation.Observed.AlertFired;
import io.faultline.model.observation.Observed.AlertRaised;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.AttemptRestarted;
import io.faultline.model.observation.Observed.AttemptTimedOut;
import io.faultline.model.observation.Observed.BalanceFinished;
import io.faultline.model.observation.Observed.Drained;
import io.faultline.model.observation.Observed.EntitiesMoved;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.FaultSkipped;
import io.faultline.model.observation.Observed.FaultTookEffect;
import io.faultline.model.observation.Observed.HandlerPlaced;
import io.faultline.model.observation.Observed.HandlersMet;
import io.faultline.model.observation.Observed.HandlersParted;
import io.faultline.model.observation.Observed.HealthSampled;
import io.faultline.model.observation.Observed.LateHeartbeat;
import io.faultline.model.observation.Observed.ListenerFailed;
import io.faultline.model.observation.Observed.Livelock;
import io.faultline.model.observation.Observed.LockCollided;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockRefused;
import io.faultline.model.observation.Observed.LockReleased;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.LockTimedOut;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.MessageDropped;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodePaused;
import io.faultline.model.observation.Observed.NodeReplaced;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.NodeResumed;
import io.faultline.model.observation.Observed.NodeStopped;
import io.faultline.model.observation.Observed.NodeWiped;
import io.faultline.model.observation.Observed.OperationCompleted;
import io.faultline.model.observation.Observed.OperationLost;
import io.faultline.model.observation.Observed.OperationRejected;
import io.faultline.model.observation.Observed.OwnObservation;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionPlaced;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.PauseTimedOut;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.Queued;
import io.faultline.model.observation.Observed.Quiesced;
import io.faultline.model.observation.Observed.QuorumBack;
import io.faultline.model.observation.Observed.QuorumGone;
import io.faultline.model.observation.Observed.QuorumJudged;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.QuorumRestored;
import io.faultline.model.observation.Observed.RejoinAsked;
import io.faultline.model.observation.Observed.RejoinSkipped;
import io.faultline.model.observation.Observed.RejoinTimedOut;
import io.faultline.model.observation.Observed.Rejoined;
import io.faultline.model.observation.Observed.Reported;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.observation.Observed.RetryAdmitted;
import io.faultline.model.observation.Observed.RetryScheduled;
import io.faultline.model.observation.Observed.RoundBroken;
import io.faultline.model.observation.Observed.RoundCompleted;
import io.faultline.model.observation.Observed.RoundOpened;
import io.faultline.model.observation.Observed.RoundWentOn;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.observation.Observed.TransferCompleted;
import io.faultline.model.observation.Observed.TransferRerouted;
import io.faultline.model.observation.Observed.ViewChanged;
import io.faultline.model.observation.Observed.ViewJudged;
import io.faultline.model.observation.Observed.ViewQuorumLost;
import io.faultline.model.observation.Observed.ViewQuorumRestored;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// An observation in a sentence, for people.
///
/// @param topic what it is about
/// @param text the sentence, without a full stop
public record Said(Topic topic, String text) {

    /// What observations are about.
    public enum Topic {
        FAULT,
        TRUTH,
        STATUS,
        QUORUM,
        RECOVERY,
        PAUSE,
        ALERT,
        /// What one of several handlers believes.
        VIEW,
        SCRIPT,
        /// What is no part of the model.
        OTHER
    }

    /// The sentence; nothing if it is not worth one, because it happens all the time and means
    /// little: messages, operations and rounds that went well.
    public static Optional<Said> of(Observation observation) {
        return observation instanceof Observed observed
                ? Optional.ofNullable(of(observed))
                : Optional.of(new Said(Topic.OTHER, observation.toString()));
    }

    // Exhaustive on purpose: a new kind of observation does not compile before it has a sentence.
    private static Said of(Observed observed) {
        return switch (observed) {
            case FaultInjected(var fault, var kind, _, var targets, var occurrence) ->
                    fault(fault(fault, occurrence) + " begins: " + kind + of(targets));
            case FaultTookEffect(var fault, var occurrence) ->
                    fault(fault(fault, occurrence) + " takes effect");
            case FaultHealed(var fault, var kind, var occurrence) ->
                    fault(fault(fault, occurrence) + " ends: " + kind);
            case FaultSkipped(var fault, var kind, var out, var allowed, var occurrence) ->
                    fault(
                            fault(fault, occurrence)
                                    + " is skipped: "
                                    + kind
                                    + ", for the budget allows "
                                    + Quantity.count(allowed, "partition")
                                    + " to be out, and "
                                    + out
                                    + " would be");
            case NodeCrashed(var node) -> truth("node " + node + " crashes");
            case NodeRestarted(var node, var incarnation) ->
                    truth("node " + node + " starts again, incarnation " + incarnation);
            case NodeStopped(var node) -> truth("node " + node + " stops");
            case NodeWiped(var node) -> truth("all that node " + node + " stored is lost");
            case NodeReplaced(var node) ->
                    truth("an empty machine takes the place of node " + node);
            case NodePaused(var node) -> truth("node " + node + " is paused");
            case NodeResumed(var node) -> truth("node " + node + " goes on");
            case PartitionDown(var partition, var cause) ->
                    truth(partition + " is down: " + words(cause));
            case PartitionUp(var partition) -> truth(partition + " is up again");
            case QuorumGone(var largest, var needed) ->
                    truth(
                            "no majority is left: "
                                    + largest
                                    + " can exchange messages, but "
                                    + needed
                                    + " must");
            case QuorumBack(var largest, var needed) ->
                    truth(
                            "there is a majority again: "
                                    + largest
                                    + " can exchange messages, and "
                                    + needed
                                    + " must");

            case StatusChanged(var partition, var from, var to, var reason) ->
                    status(
                            partition
                                    + " "
                                    + words(from)
                                    + " → "
                                    + words(to)
                                    + ": "
                                    + words(reason));
            case Reported(var partition, var kind, var consecutive) ->
                    status(
                            partition
                                    + " is reported: "
                                    + words(kind)
                                    + ", "
                                    + consecutive
                                    + " in a row");
            case LateHeartbeat(var partition) ->
                    status("a heartbeat of " + partition + " comes too late and is ignored");

            case QuorumJudged(var partition, var state, var active, var inProgress, var total) ->
                    quorum(
                            "quorum state "
                                    + state
                                    + " for "
                                    + partition
                                    + ": "
                                    + active
                                    + " of "
                                    + total
                                    + " active, "
                                    + inProgress
                                    + " in progress");
            case QuorumLost(var active, var total) ->
                    quorum("quorum lost: " + active + " of " + total + " active");
            case QuorumRestored(var active, var total) ->
                    quorum("quorum restored: " + active + " of " + total + " active");

            case LockReserved(var partition) -> recovery("recovery of " + partition + " admitted");
            case LockGranted(var partition, var waited) ->
                    recovery("recovery of " + partition + " gets its permit after " + time(waited));
            case LockRefused(var partition, var cause) ->
                    recovery("recovery of " + partition + " refused: " + words(cause));
            case LockTimedOut(var partition) ->
                    recovery("recovery of " + partition + " waited too long for a permit");
            case LockCollided(var partition, var contenders) ->
                    recovery(
                            "recovery of "
                                    + partition
                                    + " gets no permit, "
                                    + contenders
                                    + " came at once");
            case LockReleased(var partition) ->
                    recovery("recovery of " + partition + " gives its permit back");
            case PhaseEntered(var partition, var phase, var attempt) ->
                    recovery(
                            "attempt " + attempt + " for " + partition + " enters " + words(phase));
            case AttemptFinished(var partition, var attempt, var succeeded, var inconsistent) ->
                    recovery(
                            "attempt "
                                    + attempt
                                    + " for "
                                    + partition
                                    + (succeeded ? " succeeds" : " fails")
                                    + (inconsistent ? ", with operations in flight" : ""));
            case AttemptTimedOut(var partition, var attempt) ->
                    recovery("attempt " + attempt + " for " + partition + " takes too long");
            case AttemptRestarted(var partition, var attempt) ->
                    recovery(
                            "attempt "
                                    + attempt
                                    + " for "
                                    + partition
                                    + " is broken off and begun anew");
            case RetryScheduled(var partition, var attempt, var backoff) ->
                    recovery(
                            "attempt "
                                    + (attempt + 1)
                                    + " for "
                                    + partition
                                    + " follows in "
                                    + time(backoff));
            case Escalated(var partition, var cause) ->
                    recovery(partition + " is left to an operator: " + words(cause));
            case Queued(var partition, var depth) ->
                    recovery("recovery of " + partition + " queued, " + depth + " waiting");
            case Drained(var count) ->
                    recovery(
                            "queue drained: "
                                    + Quantity.count(count, "recovery")
                                    + (count == 1 ? " starts" : " start"));
            case Livelock(var depth) ->
                    recovery(
                            "livelock: "
                                    + Quantity.count(depth, "recovery")
                                    + (depth == 1
                                            ? " waits, and nothing can start it"
                                            : " wait, and nothing can start them"));
            case EntitiesMoved(var from, var to, var entities) ->
                    recovery(
                            Quantity.count(entities, "entity")
                                    + (entities == 1 ? " moves" : " move")
                                    + " from "
                                    + from
                                    + " to "
                                    + to);
            case TransferCompleted(var partition, var phase, var entities, var took) ->
                    recovery(
                            Quantity.count(entities, "entity")
                                    + (entities == 1 ? " has" : " have")
                                    + " arrived after "
                                    + time(took)
                                    + ", "
                                    + words(phase)
                                    + " "
                                    + partition);
            case BalanceFinished(var end, var rounds, var moved) ->
                    recovery(
                            "balancing ends: "
                                    + words(end)
                                    + ", "
                                    + Quantity.count(moved, "entity")
                                    + " moved in "
                                    + Quantity.count(rounds, "round"));
            case TransferRerouted(var partition, var from, var to, var entities) ->
                    recovery(
                            Quantity.count(entities, "entity")
                                    + " of "
                                    + partition
                                    + (entities == 1 ? " goes to " : " go to ")
                                    + to
                                    + ", for "
                                    + from
                                    + " has failed");

            case Paused() -> pause("operations are paused");
            case Quiesced(var waited) -> pause("no operation in flight after " + time(waited));
            case PauseTimedOut(var inFlight) ->
                    pause(
                            "time to pause is over; "
                                    + Quantity.count(inFlight, "partition")
                                    + (inFlight == 1 ? " is" : " are")
                                    + " not at rest");
            case Resumed(var paused) -> pause("operations resume after " + time(paused));

            case ActionTaken(var action, var kind, _) ->
                    new Said(Topic.SCRIPT, "action " + action + ": " + kind);

            case HealthSampled(var level, var healthy, var suspected, var failed, _) ->
                    alert(
                            "health is "
                                    + words(level)
                                    + ": "
                                    + healthy
                                    + " healthy, "
                                    + suspected
                                    + " suspected, "
                                    + failed
                                    + " failed");
            case AlertRaised(var rule, var reading) ->
                    alert("alert: " + words(rule) + ", " + reading);
            case AlertCleared(var rule, var polls) ->
                    alert(
                            "alert is over: "
                                    + words(rule)
                                    + ", at "
                                    + Quantity.count(polls, "poll"));

            case HandlersParted(var one, var other) ->
                    truth("handlers " + one + " and " + other + " cannot talk to each other");
            case HandlersMet(var one, var other) ->
                    truth("handlers " + one + " and " + other + " can talk again");
            case ViewChanged(var partition, var from, var to) ->
                    view(partition + " " + words(from) + " → " + words(to));
            case ViewJudged(var partition, var state, var active, var total) ->
                    view(
                            "quorum state "
                                    + state
                                    + " for "
                                    + partition
                                    + ": "
                                    + active
                                    + " of "
                                    + total
                                    + " active");
            case ViewQuorumLost(var active, var total) ->
                    view("quorum lost: " + active + " of " + total + " active");
            case ViewQuorumRestored(var active, var total) ->
                    view("quorum restored: " + active + " of " + total + " active");

            case OwnObservation own -> new Said(Topic.OTHER, own.toString());
            case ListenerFailed(var listener, var failure) ->
                    new Said(Topic.OTHER, "listener " + listener + " failed: " + failure);
            case RejoinAsked(var root, var partition, _) ->
                    recovery(
                            partition
                                    + " is asked to join again"
                                    + (root.equals(partition) ? "" : " after " + root));
            case RejoinSkipped(_, var partition, var since) ->
                    recovery(partition + " was asked to join " + time(since) + " ago, not again");
            case Rejoined(var partition, var took) ->
                    recovery(partition + " has joined again after " + time(took));
            case RejoinTimedOut(var partition) ->
                    recovery(partition + " has not joined again in time");

            case PartitionPlaced _,
                    HandlerPlaced _,
                    MessageDelivered _,
                    MessageDropped _,
                    RoundOpened _,
                    RoundCompleted _,
                    OperationCompleted _,
                    OperationRejected _,
                    RetryAdmitted _,
                    OperationLost _,
                    AlertFired _ ->
                    null;
            case RoundBroken(var round, var missing) ->
                    status("round " + round + " of the barrier is broken" + without(missing));
            case RoundWentOn(var round, var missing) ->
                    status("round " + round + " of the barrier goes on" + without(missing));
        };
    }

    private static String of(List<PartitionId> targets) {
        return targets.isEmpty() ? "" : " of " + names(targets);
    }

    private static String without(List<PartitionId> missing) {
        return missing.isEmpty() ? "" : ", without " + names(missing);
    }

    private static String names(List<PartitionId> partitions) {
        return partitions.stream().map(PartitionId::toString).collect(Collectors.joining(" "));
    }

    private static String words(Enum<?> constant) {
        return Kind.name(constant).replace('-', ' ');
    }

    private static String time(Duration span) {
        return Quantity.time(span.toNanos());
    }

    /// The number of a fault, and how often its time has come if that was more than once.
    private static String fault(int fault, int occurrence) {
        return "fault " + fault + (occurrence == 1 ? "" : " #" + occurrence);
    }

    private static Said fault(String text) {
        return new Said(Topic.FAULT, text);
    }

    private static Said truth(String text) {
        return new Said(Topic.TRUTH, text);
    }

    private static Said status(String text) {
        return new Said(Topic.STATUS, text);
    }

    private static Said quorum(String text) {
        return new Said(Topic.QUORUM, text);
    }

    private static Said recovery(String text) {
        return new Said(Topic.RECOVERY, text);
    }

    private static Said view(String text) {
        return new Said(Topic.VIEW, text);
    }

    private static Said alert(String text) {
        return new Said(Topic.ALERT, text);
    }

    private static Said pause(String text) {
        return new Said(Topic.PAUSE, text);
    }
}
