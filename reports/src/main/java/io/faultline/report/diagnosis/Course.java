package io.faultline.report.diagnosis;

import io.faultline.kernel.Trace;
import io.faultline.model.Kind;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.cluster.Topology;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.Drained;
import io.faultline.model.observation.Observed.Escalated;
import io.faultline.model.observation.Observed.EscalationCause;
import io.faultline.model.observation.Observed.LockCollided;
import io.faultline.model.observation.Observed.LockGranted;
import io.faultline.model.observation.Observed.LockReleased;
import io.faultline.model.observation.Observed.LockReserved;
import io.faultline.model.observation.Observed.LockTimedOut;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.NodeStopped;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.Paused;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.Queued;
import io.faultline.model.observation.Observed.QuorumBack;
import io.faultline.model.observation.Observed.QuorumGone;
import io.faultline.model.observation.Observed.QuorumJudged;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.QuorumRestored;
import io.faultline.model.observation.Observed.Resumed;
import io.faultline.model.observation.Observed.RetryScheduled;
import io.faultline.model.observation.Observed.StatusChanged;
import io.faultline.model.recovery.RecoveryPhase;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The abstract state of the system, as far as a trace has got: what is believed and what is true
/// of each partition, how far its recovery is, and what is pending.
///
/// It is abstract so that a system which goes round in circles comes back to it: partitions have no
/// names in it, since a failure that is handed on from one to the next is the same failure again;
/// attempts count from the failure on; timers enter it by what they are for, since how long they
/// run may be random; and so may be whether somebody is suspected for a moment, which is left out.
final class Course {

    private static final long PAUSED = 0x9e3779b97f4a7c15L;
    private static final long NO_QUORUM = 0x2545f4914f6cdd1dL;

    private final Set<PartitionId> ailing;
    private final Map<PartitionId, State> partitions = new TreeMap<>();
    private final Set<PartitionId> underWay = new TreeSet<>();
    private final Set<PartitionId> toBeRetried = new TreeSet<>();
    private long sum;
    private int open;
    private int suspected;
    private int stuck;
    private int attempts;
    private int activities;
    private boolean quorumBelieved = true;
    private boolean quorumInTruth = true;
    private boolean coordinatorUp = true;
    private boolean paused;
    private boolean changed = true;

    /// What there is to say of one partition.
    private static final class State {
        PartitionStatus status = PartitionStatus.HEALTHY;
        boolean down;
        boolean queued;
        EscalationCause escalated;
        RecoveryPhase phase;
        int attempt;
        boolean underWay;
        boolean toBeRetried;
        int stuckSince;
        Counted counted = Counted.NOTHING;

        /// What the system has to know of it.
        ///
        /// @param words all there is to say; empty if nothing is the matter
        /// @param open whether somebody looks after it, or should
        /// @param stuck whether it has failed, nobody does anything about it, and not all was done
        ///   that can be
        record Counted(String words, boolean open, boolean suspected, boolean stuck) {
            static final Counted NOTHING = new Counted("", false, false, false);
        }

        Counted count() {
            var words =
                    Stream.of(
                                    status == PartitionStatus.FAILED ? "failed" : "",
                                    down ? "down" : "",
                                    queued ? "put off" : "",
                                    escalated == null ? "" : "left to an operator",
                                    underWay && phase == null ? "to be recovered" : "",
                                    phase == null ? "" : Kind.name(phase),
                                    attempt == 0 ? "" : "attempt " + attempt,
                                    toBeRetried ? "to be retried" : "")
                            .filter(word -> !word.isEmpty())
                            .collect(Collectors.joining(", "));
            boolean failed = status == PartitionStatus.FAILED;
            boolean exhausted = escalated == EscalationCause.RETRIES_EXHAUSTED;
            return new Counted(
                    words,
                    !words.isEmpty() && escalated == null,
                    status == PartitionStatus.SUSPECTED,
                    failed && !underWay && !toBeRetried && !exhausted);
        }

        void startAnew() {
            queued = false;
            escalated = null;
            toBeRetried = false;
            attempt = 0;
        }
    }

    /// @param ailing of whom nothing is expected
    Course(Set<PartitionId> ailing) {
        this.ailing = ailing;
    }

    /// Follows a trace.
    ///
    /// @param settled told of every instant at which something changed, when it is over, with its
    ///   last entry
    static void follow(
            Trace trace, Set<PartitionId> ailing, BiConsumer<Course, Trace.Entry> settled) {
        var course = new Course(ailing);
        Trace.Entry last = null;
        for (var entry : trace) {
            if (last != null && course.changed && entry.time().isAfter(last.time())) {
                course.changed = false;
                settled.accept(course, last);
            }
            course.see(entry);
            last = entry;
        }
        if (last != null && course.changed) {
            settled.accept(course, last);
        }
    }

    /// Takes the next entry into account.
    private void see(Trace.Entry entry) {
        switch (entry.what()) {
            case StatusChanged change -> {
                var state = of(change.partition());
                if (change.to() != PartitionStatus.SUSPECTED) {
                    state.startAnew();
                    toBeRetried.remove(change.partition());
                }
                state.status = change.to();
                settle(change.partition(), entry);
            }
            case PartitionDown(var partition, DownCause _) -> {
                of(partition).down = true;
                settle(partition, entry);
            }
            case PartitionUp(var partition) -> {
                of(partition).down = false;
                settle(partition, entry);
            }
            case QuorumJudged judged -> {
                of(judged.partition()).escalated = null;
                retried(judged.partition(), entry);
            }
            case Queued(var partition, _) -> {
                of(partition).queued = true;
                of(partition).escalated = null;
                settle(partition, entry);
            }
            case Drained _ ->
                    partitions.forEach((partition, state) -> {
                        if (state.queued) {
                            state.queued = false;
                            settle(partition, entry);
                        }
                    });
            case Escalated(var partition, var cause) -> {
                of(partition).escalated = cause;
                retried(partition, entry);
            }
            case LockReserved(var partition) -> {
                of(partition).escalated = null;
                underWay(partition, true, entry);
                retried(partition, entry);
            }
            case LockGranted(var partition, _) -> {
                active(partition);
                attempts += ailing.contains(partition) ? 0 : 1;
                of(partition).attempt++;
                settle(partition, entry);
            }
            case LockTimedOut(var partition) -> underWay(partition, false, entry);
            case LockCollided(var partition, _) -> underWay(partition, false, entry);
            case LockReleased(var partition) -> {
                of(partition).phase = null;
                underWay(partition, false, entry);
            }
            case PhaseEntered(var partition, var phase, _) -> {
                active(partition);
                boolean over = phase == RecoveryPhase.COMPLETE || phase == RecoveryPhase.FAILED;
                of(partition).phase = over ? null : phase;
                settle(partition, entry);
            }
            case RetryScheduled(var partition, _, _) -> {
                of(partition).toBeRetried = true;
                toBeRetried.add(partition);
                settle(partition, entry);
            }
            case QuorumLost _ -> believes(false);
            case QuorumRestored _ -> believes(true);
            case QuorumGone _ -> isTrue(false);
            case QuorumBack _ -> isTrue(true);
            case NodeCrashed(var node) when node.equals(Topology.COORDINATOR) ->
                    coordinatorUp(false);
            case NodeStopped(var node) when node.equals(Topology.COORDINATOR) ->
                    coordinatorUp(false);
            case NodeRestarted(var node, _) when node.equals(Topology.COORDINATOR) ->
                    coordinatorUp(true);
            case NodeRestarted _ -> activities++;
            case Paused _ -> paused(true);
            case Resumed _ -> paused(false);
            default -> {}
        }
    }

    private void active(PartitionId partition) {
        activities += ailing.contains(partition) ? 0 : 1;
    }

    private void retried(PartitionId partition, Trace.Entry entry) {
        of(partition).toBeRetried = false;
        toBeRetried.remove(partition);
        settle(partition, entry);
    }

    private void underWay(PartitionId partition, boolean is, Trace.Entry entry) {
        of(partition).underWay = is;
        if (is) {
            underWay.add(partition);
        } else {
            underWay.remove(partition);
        }
        settle(partition, entry);
    }

    private void believes(boolean quorum) {
        quorumBelieved = quorum;
        changed = true;
    }

    private void isTrue(boolean quorum) {
        quorumInTruth = quorum;
        changed = true;
    }

    private void coordinatorUp(boolean up) {
        coordinatorUp = up;
        changed = true;
    }

    private void paused(boolean now) {
        paused = now;
        changed = true;
    }

    private State of(PartitionId partition) {
        return partitions.computeIfAbsent(partition, _ -> new State());
    }

    /// Counts a partition anew.
    private void settle(PartitionId partition, Trace.Entry entry) {
        changed = true;
        if (!ailing.contains(partition)) {
            var state = of(partition);
            var before = state.counted;
            state.counted = state.count();
            boolean decided = entry.what() instanceof Queued || entry.what() instanceof Escalated;
            if (state.counted.stuck && (decided || !before.stuck)) {
                state.stuckSince = entry.index();
            }
            count(before, -1);
            count(state.counted, 1);
        }
    }

    private void count(State.Counted counted, int more) {
        sum += counted.words.isEmpty() ? 0 : more * mixed(counted.words.hashCode());
        open += counted.open ? more : 0;
        suspected += counted.suspected ? more : 0;
        stuck += counted.stuck ? more : 0;
    }

    private static long mixed(long bits) {
        long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    /// A number for the abstract state, equal for equal states.
    long key() {
        return sum ^ (paused ? PAUSED : 0) ^ (quorumBelieved ? 0 : NO_QUORUM);
    }

    /// The abstract state: `2 × failed, put off; paused`.
    String words() {
        var counts = new TreeMap<String, Integer>();
        partitions.values().forEach(state -> counts.merge(state.counted.words, 1, Integer::sum));
        counts.remove("");
        var words =
                counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " × " + entry.getKey())
                        .collect(Collectors.joining("; "));
        return (words.isEmpty() ? "all well" : words)
                + (quorumBelieved ? "" : "; no quorum believed")
                + (paused ? "; paused" : "");
    }

    /// Whether anything can be expected: in truth there is a quorum, and the coordinator is up.
    boolean isPossible() {
        return quorumInTruth && coordinatorUp;
    }

    /// Whether partitions have failed that nobody does anything about, and nothing is under way
    /// that could lead to more.
    boolean isParked() {
        return stuck > 0 && suspected == 0 && underWay.isEmpty() && toBeRetried.isEmpty();
    }

    /// The partitions about which nobody does anything, and since which entry.
    Map<PartitionId, Integer> stuck() {
        var stuck = new TreeMap<PartitionId, Integer>();
        partitions.forEach((partition, state) -> {
            if (state.counted.stuck) {
                stuck.put(partition, state.stuckSince);
            }
        });
        return stuck;
    }

    /// How many partitions somebody looks after, or should.
    int open() {
        return open;
    }

    /// Whether the coordinator believes that there is a quorum.
    boolean believesInQuorum() {
        return quorumBelieved;
    }

    /// How many attempts to recover a partition were begun.
    int attempts() {
        return attempts;
    }

    /// How many attempts, phases and incarnations were begun.
    int activities() {
        return activities;
    }
}
