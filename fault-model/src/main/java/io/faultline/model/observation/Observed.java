package io.faultline.model.observation;

import io.faultline.kernel.Observation;
import io.faultline.kernel.Usually;
import io.faultline.model.Door;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.monitor.AlertRule;
import io.faultline.model.monitor.HealthLevel;
import io.faultline.model.network.MessageKind;
import io.faultline.model.recovery.RecoveryPhase;

import java.time.Duration;
import java.util.List;

/// Everything that can be observed in a run: a closed set, so that whoever reads traces can be
/// asked to think of each kind.
///
/// The names of the records and of their components are what scenario files and reports use, in
/// kebab-case: `status-changed: { partition: P1, to: failed }`.
public sealed interface Observed extends Observation {

    /// Where a partition starts: said once for each, at time 0, in order of rank.
    ///
    /// @param entities how many entities it owns
    record PartitionPlaced(PartitionId partition, NodeId node, String region, int entities)
            implements Observed {}

    /// A node stopped working at once and lost what it was doing.
    record NodeCrashed(NodeId node) implements Observed {}

    /// A node did what it had to do and stopped, as somebody wanted it to.
    record NodeStopped(NodeId node) implements Observed {}

    /// A node works again, from scratch.
    ///
    /// @param incarnation how often it has started, the first time being 1
    record NodeRestarted(NodeId node, int incarnation) implements Observed {}

    /// All that a node stored is lost. It is down, and nobody can start it again.
    record NodeWiped(NodeId node) implements Observed {}

    /// An empty machine has taken the place of a node that was wiped. It starts unless something
    /// else keeps it down.
    record NodeReplaced(NodeId node) implements Observed {}

    /// Nothing on a node runs from now on, and nothing is lost, until it is resumed or crashes.
    record NodePaused(NodeId node) implements Observed {}

    /// A paused node goes on where it was.
    record NodeResumed(NodeId node) implements Observed {}

    /// A partition stopped being of use, in truth: this is when its fault began.
    record PartitionDown(PartitionId partition, DownCause cause) implements Observed {}

    /// A partition is of use again, in truth.
    record PartitionUp(PartitionId partition) implements Observed {}

    /// Why a partition is of no use.
    enum DownCause {
        /// Its node is down.
        CRASHED,
        /// Its node was stopped, and lost nothing.
        STOPPED,
        /// Its node is paused.
        PAUSED,
        /// Its node cannot exchange messages with the coordinator's.
        CUT_OFF
    }

    /// In truth, no majority of the partitions is up and can exchange messages with each other;
    /// said again whenever their number changes while it is so.
    ///
    /// @param largest how many partitions of the largest set can, both ways
    /// @param needed how many are a strict majority
    record QuorumGone(int largest, int needed) implements Observed {}

    /// In truth, a majority of the partitions is up and can exchange messages again.
    ///
    /// @param largest and `needed` as in [QuorumGone]
    record QuorumBack(int largest, int needed) implements Observed {}

    /// The time of a planned fault has come.
    ///
    /// @param fault its position in the scenario, from 0
    /// @param kind its name in scenario files
    /// @param detail its parameters, for people
    /// @param targets the partitions that it concerns
    /// @param occurrence how often its time has come, the first time being 1
    record FaultInjected(
            int fault,
            String kind,
            String detail,
            List<PartitionId> targets,
            @Usually(1) int occurrence)
            implements Observed {

        /// The first time.
        public FaultInjected(int fault, String kind, String detail, List<PartitionId> targets) {
            this(fault, kind, detail, targets, 1);
        }

        @Override
        public String toString() {
            return "FaultInjected[fault=%d, kind=%s, detail=%s, targets=%s%s]"
                    .formatted(fault, kind, detail, targets, again(occurrence));
        }
    }

    /// A planned fault changed something for the first time: a node crashed, a message was lost.
    ///
    /// @param occurrence as in [FaultInjected]
    record FaultTookEffect(int fault, @Usually(1) int occurrence) implements Observed {

        /// The first time.
        public FaultTookEffect(int fault) {
            this(fault, 1);
        }

        @Override
        public String toString() {
            return "FaultTookEffect[fault=%d%s]".formatted(fault, again(occurrence));
        }
    }

    /// A planned fault ended.
    ///
    /// @param occurrence as in [FaultInjected]
    record FaultHealed(int fault, String kind, @Usually(1) int occurrence) implements Observed {

        /// The first time.
        public FaultHealed(int fault, String kind) {
            this(fault, kind, 1);
        }

        @Override
        public String toString() {
            return "FaultHealed[fault=%d, kind=%s%s]".formatted(fault, kind, again(occurrence));
        }
    }

    /// The time of a planned fault had come, but it would have taken out more partitions than the
    /// budget of the run allows, together with those that were out already; so it did not strike.
    ///
    /// @param out how many partitions would have been out, of those that count
    /// @param allowed how many may be
    /// @param occurrence as in [FaultInjected]
    record FaultSkipped(int fault, String kind, int out, int allowed, int occurrence)
            implements Observed {}

    private static String again(int occurrence) {
        return occurrence == 1 ? "" : ", occurrence=" + occurrence;
    }

    /// A scripted action took place.
    ///
    /// @param action its position in the script, from 0
    record ActionTaken(int action, String kind, String detail) implements Observed {}

    /// A message arrived.
    ///
    /// @param message its kind
    /// @param delay how long it took
    record MessageDelivered(MessageKind message, NodeId from, NodeId to, Duration delay)
            implements Observed {}

    /// A message was lost.
    record MessageDropped(MessageKind message, NodeId from, NodeId to, DropCause cause)
            implements Observed {}

    /// Why a message was lost.
    enum DropCause {
        /// By chance.
        LOSS,
        /// Sender and receiver were separated when it was sent or when it would have arrived.
        SPLIT,
        /// The receiver was down when it would have arrived.
        RECEIVER_DOWN,
        /// It was not what had been sent, so the receiver threw it away.
        CORRUPT
    }

    /// A failed barrier or synchronisation was reported of a partition.
    ///
    /// @param consecutive how many reports of this kind there were in a row, this one included
    record Reported(PartitionId partition, ReportKind kind, int consecutive) implements Observed {}

    /// What a report complains of.
    enum ReportKind {
        BARRIER_TIMEOUT,
        SYNC_FAILURE
    }

    /// A coordinator changed its mind about a partition.
    record StatusChanged(
            PartitionId partition, PartitionStatus from, PartitionStatus to, StatusReason reason)
            implements Observed {}

    /// A heartbeat came from a partition that is taken to be down; it changes nothing.
    record LateHeartbeat(PartitionId partition) implements Observed {}

    /// A round began: with its first arrival, unless the barrier opens rounds by itself.
    ///
    /// @param round rounds count from 1
    /// @param expected how many partitions have to arrive
    record RoundOpened(long round, int expected) implements Observed {}

    /// Everybody arrived in time.
    ///
    /// @param took from the opening until the barrier noticed the last arrival, which it does at
    ///   once unless it polls
    /// @param last who arrived last
    record RoundCompleted(long round, Duration took, PartitionId last) implements Observed {}

    /// The deadline of a round passed.
    ///
    /// @param missing who did not arrive, in order of rank
    record RoundBroken(long round, List<PartitionId> missing) implements Observed {}

    /// The deadline of a round passed, and the round went on with those who were there.
    ///
    /// @param missing who did not arrive, in order of rank
    record RoundWentOn(long round, List<PartitionId> missing) implements Observed {}

    /// What the quorum means for a partition that has just failed.
    ///
    /// @param state 1: there is a quorum, recover at once; 2: there would be one with the
    ///   recoveries in progress, queue; 3: not even then, leave it to an operator
    /// @param active partitions that are believed to be healthy
    /// @param inProgress recoveries that hold the lock or wait for it
    /// @param total partitions of the cluster
    record QuorumJudged(PartitionId partition, int state, int active, int inProgress, int total)
            implements Observed {}

    /// The partitions believed to be healthy are a quorum no longer.
    record QuorumLost(int active, int total) implements Observed {}

    /// The partitions believed to be healthy are a quorum again.
    record QuorumRestored(int active, int total) implements Observed {}

    /// A recovery was admitted: it holds the lock or waits for it.
    record LockReserved(PartitionId partition) implements Observed {}

    /// A recovery got a permit.
    record LockGranted(PartitionId partition, Duration waited) implements Observed {}

    /// A recovery was refused at once.
    record LockRefused(PartitionId partition, RefusalCause cause) implements Observed {}

    /// Why a recovery is refused.
    enum RefusalCause {
        NO_QUORUM,
        ALREADY_RECOVERING
    }

    /// A recovery waited too long for a permit.
    record LockTimedOut(PartitionId partition) implements Observed {}

    /// Recoveries that came at one instant were more than there were permits, so none got one.
    ///
    /// @param contenders how many they were, this one included
    record LockCollided(PartitionId partition, int contenders) implements Observed {}

    /// A recovery gave its permit back.
    record LockReleased(PartitionId partition) implements Observed {}

    /// New operations are refused from now on.
    record Paused() implements Observed {}

    /// No operation is in flight any more.
    record Quiesced(Duration waited) implements Observed {}

    /// The time for operations in flight was over before all were done.
    ///
    /// @param inFlight how many partitions had not said that nothing is in flight there
    record PauseTimedOut(int inFlight) implements Observed {}

    /// Operations are accepted again.
    record Resumed(Duration paused) implements Observed {}

    /// An attempt entered a phase.
    ///
    /// @param attempt attempts count from 1
    record PhaseEntered(PartitionId partition, RecoveryPhase phase, int attempt)
            implements Observed {}

    /// An attempt is over.
    ///
    /// @param inconsistent whether operations were in flight while it ran
    record AttemptFinished(
            PartitionId partition, int attempt, boolean succeeded, boolean inconsistent)
            implements Observed {}

    /// An attempt took too long; it fails.
    record AttemptTimedOut(PartitionId partition, int attempt) implements Observed {}

    /// An operator had an attempt broken off, and the next one begun in its place.
    ///
    /// @param attempt the one that was broken off
    record AttemptRestarted(PartitionId partition, int attempt) implements Observed {}

    /// A failed attempt will be followed by another.
    ///
    /// @param attempt the attempt that failed
    record RetryScheduled(PartitionId partition, int attempt, Duration backoff)
            implements Observed {}

    /// A partition was left to an operator.
    record Escalated(PartitionId partition, EscalationCause cause) implements Observed {}

    /// Why a partition is left to an operator.
    enum EscalationCause {
        QUORUM_LOST,
        RETRIES_EXHAUSTED
    }

    /// A recovery was put off until there is a quorum.
    ///
    /// @param depth how many are waiting, this one included
    record Queued(PartitionId partition, int depth) implements Observed {}

    /// All recoveries that were put off were started.
    record Drained(int count) implements Observed {}

    /// Recoveries are waiting and nothing is left that could ever start them.
    record Livelock(int depth) implements Observed {}

    /// Entities changed their owner.
    record EntitiesMoved(PartitionId from, PartitionId to, int entities) implements Observed {}

    /// Everything that a phase of a recovery moves has arrived.
    ///
    /// @param took from the beginning of the phase
    record TransferCompleted(
            PartitionId partition, RecoveryPhase phase, int entities, Duration took)
            implements Observed {}

    /// Who was to get entities of a recovered partition has failed, and another gets them.
    record TransferRerouted(PartitionId partition, PartitionId from, PartitionId to, int entities)
            implements Observed {}

    /// The balancer has looked at the loads, and is done for this time.
    ///
    /// @param rounds in how many rounds it moved entities
    /// @param moved how many
    record BalanceFinished(BalanceEnd end, int rounds, int moved) implements Observed {}

    /// How balancing ended.
    enum BalanceEnd {
        /// Nobody has too many entities.
        BALANCED,
        /// Somebody has, but there were rounds enough.
        OUT_OF_ROUNDS,
        /// Operations are paused; there is nothing wrong with that.
        SKIPPED,
        /// Somebody did not answer in time.
        TIMED_OUT
    }

    /// A partition finished an operation.
    ///
    /// @param latency from the arrival of the operation
    record OperationCompleted(PartitionId partition, Duration latency) implements Observed {}

    /// A partition refused an operation, because it was paused.
    record OperationRejected(PartitionId partition) implements Observed {}

    /// A client that was refused has asked again and is served.
    ///
    /// @param waited since it asked first
    record RetryAdmitted(PartitionId partition, Duration waited) implements Observed {}

    /// A partition's node crashed while an operation was in flight there.
    record OperationLost(PartitionId partition) implements Observed {}

    /// A monitor's poll found something else than the one before.
    ///
    /// @param healthy partitions that are believed to be healthy; `suspected` and `failed` likewise
    /// @param queued recoveries that are put off
    record HealthSampled(HealthLevel level, int healthy, int suspected, int failed, int queued)
            implements Observed {}

    /// At a poll, a limit was exceeded.
    record AlertFired(AlertRule rule) implements Observed {}

    /// A limit was exceeded at as many polls in a row as it takes for an alert.
    ///
    /// @param reading the value and its limit, for people
    record AlertRaised(AlertRule rule, String reading) implements Observed {}

    /// A limit was clear at as many polls in a row as it takes for an alert to end.
    ///
    /// @param polls at how many polls it was exceeded
    record AlertCleared(AlertRule rule, int polls) implements Observed {}

    /// A partition came back, and one that depends on it, or it itself, was asked to join again.
    ///
    /// @param root who came back
    /// @param level how many steps from there the dependence is away
    record RejoinAsked(PartitionId root, PartitionId partition, int level) implements Observed {}

    /// A partition would have been asked to join again, but was a short while ago.
    ///
    /// @param since how long ago
    record RejoinSkipped(PartitionId root, PartitionId partition, Duration since)
            implements Observed {}

    /// A partition has joined again.
    record Rejoined(PartitionId partition, Duration took) implements Observed {}

    /// A partition did not join again in time.
    record RejoinTimedOut(PartitionId partition) implements Observed {}

    /// Somebody outside of the model who was told of a change threw an exception.
    ///
    /// @param listener listeners count from 0 in the order of their subscriptions
    /// @param failure the class of the exception
    record ListenerFailed(int listener, String failure) implements Observed {}

    /// Where a handler is: said once for each, at time 0, in order of name.
    record HandlerPlaced(String handler, NodeId node) implements Observed {}

    /// In truth, two handlers can no longer exchange messages.
    record HandlersParted(String one, String other) implements Observed {}

    /// In truth, two handlers can exchange messages again.
    record HandlersMet(String one, String other) implements Observed {}

    /// A handler, who is the actor, changed his mind about a partition.
    record ViewChanged(PartitionId partition, PartitionStatus from, PartitionStatus to)
            implements Observed {}

    /// What the quorum, as a handler sees it, means for a partition that has just failed.
    ///
    /// @param state as in [QuorumJudged]; nothing is ever in progress
    record ViewJudged(PartitionId partition, int state, int active, int total)
            implements Observed {}

    /// The partitions that a handler believes to be active are a quorum no longer.
    record ViewQuorumLost(int active, int total) implements Observed {}

    /// The partitions that a handler believes to be active are a quorum again.
    record ViewQuorumRestored(int active, int total) implements Observed {}

    /// An observation of your own: the door for kinds that are not part of this program.
    ///
    /// A kind is a record whose components are such as [Observation] says. Expectations name it by
    /// its class: `own: { class: com.acme.CacheMissed, node: n1 }`. What its `toString` returns is
    /// what reports say of it.
    @Door
    non-sealed interface OwnObservation extends Observed {}
}
