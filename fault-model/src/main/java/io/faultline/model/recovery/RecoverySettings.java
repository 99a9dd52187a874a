package io.faultline.model.recovery;

import io.faultline.model.Probability;
import io.faultline.model.Setting;
import io.faultline.model.balancer.Loads;

import java.time.Duration;
import java.util.Optional;

/// How failed partitions are recovered.
public record RecoverySettings(
        @Setting(value = "what an attempt consists of", byDefault = "phased") Strategy strategy,
        @Setting(value = "how long the phases take", byDefault = "{}") PhaseDurations phases,
        @Setting(value = "the chance that a phase fails, drawn at its end", byDefault = "0%")
                Probability phaseFailure,
        @Setting(value = "how long an attempt may take from its first phase on", byDefault = "30s")
                Duration timeout,
        @Setting(value = "how many recoveries may run at once", byDefault = "2") int maxConcurrent,
        @Setting(
                        value = "what becomes of those that come when all permits are taken",
                        byDefault = "queue")
                Contention contention,
        @Setting(value = "how long a recovery waits for its turn", byDefault = "5s")
                Duration lockTimeout,
        @Setting(value = "what becomes of one that has waited too long", byDefault = "put-off")
                OnLockTimeout onLockTimeout,
        @Setting(
                        value = "how many attempts are made in all, by each level of the strategy",
                        byDefault = "3")
                int attempts,
        @Setting(value = "the waits between attempts", byDefault = "{}") Backoff backoff,
        @Setting(
                        value = "how recoveries that overlap share the pause of operations",
                        byDefault = "counted")
                PauseSharing pause,
        @Setting(value = "how long operations in flight are waited for", byDefault = "5s")
                Duration pauseTimeout,
        @Setting(value = "what happens if they are in flight even then", byDefault = "proceed")
                OnPauseTimeout onPauseTimeout,
        @Setting(
                        value =
                                "which recoveries count as being in progress when the quorum is"
                                        + " judged",
                        byDefault = "holders-and-waiters")
                InProgress inProgress,
        @Setting(
                        value = "when recoveries that were put off are started",
                        byDefault = "every-return")
                Drain drain,
        @Setting(
                        value =
                                "whether partitions that were left to an operator for want of a"
                                        + " quorum are put off instead once there is one",
                        byDefault = "false")
                boolean requeueEscalated,
        @Setting(
                        "over how many survivors the entities of a failed partition are spread, the"
                                + " next ones by rank; over all if left out")
                Optional<Integer> spread,
        @Setting("what it costs to move entities; if left out, nothing")
                Optional<TransferSettings> transfer,
        @Setting(
                        value =
                                "whether `rebalancing` is the time of one round of ⌈log₂ P⌉, as in"
                                        + " a butterfly of P partitions",
                        byDefault = "false")
                boolean rebalancingPerRound) {

    public RecoverySettings {
        if (maxConcurrent < 1 || attempts < 1) {
            throw new IllegalArgumentException("maxConcurrent and attempts must be at least 1");
        }
        if (spread.isPresent() && spread.get() < 1) {
            throw new IllegalArgumentException(
                    "spread must be at least 1, but was " + spread.get());
        }
        if (lockTimeout.isNegative() || pauseTimeout.isNegative()) {
            throw new IllegalArgumentException("lockTimeout and pauseTimeout must not be negative");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout must be longer than 0");
        }
    }

    /// How often the time of a phase passes before it is over.
    public int rounds(RecoveryPhase phase, int partitions) {
        return phase == RecoveryPhase.REBALANCING && rebalancingPerRound
                ? Loads.butterflyRounds(partitions)
                : 1;
    }
}
