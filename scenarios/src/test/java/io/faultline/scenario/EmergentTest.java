package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.AttemptFinished;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.StatusChanged;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/// What emerges from the scenarios of that name is no accident of a seed: of twenty seeds so many
/// show it, and none does with the knob turned that it depends on.
class EmergentTest {

    private static final int SEEDS = 20;
    private static final String FREE = "10GB/s";

    private static Trace run(String name, long seed, Map<String, String> changes) {
        var scenario =
                new ScenarioParser()
                        .parse(Catalogue.load().find("emergent/" + name), changes)
                        .withSeed(seed);
        return Run.of(scenario, "replay", "test").result().trace();
    }

    private static long seedsOf(String name, Predicate<Trace> phenomenon) {
        return LongStream.rangeClosed(1, SEEDS)
                .filter(seed -> phenomenon.test(run(name, seed, Map.of())))
                .count();
    }

    private static long failures(Trace trace) {
        return trace.all(StatusChanged.class)
                .filter(change -> change.to() == PartitionStatus.FAILED)
                .count();
    }

    /// One node crashed, and at least three partitions besides its own were failed.
    private static boolean isCascade(Trace trace) {
        return trace.all(NodeCrashed.class).count() == 1
                && failures(trace) >= 4
                && trace.all(QuorumLost.class).findAny().isPresent();
    }

    /// One node crashed; every recovery succeeded, and partitions fail even at the end.
    private static boolean isLivelock(Trace trace) {
        var late = SimTime.of(Duration.ofSeconds(60));
        return trace.all(NodeCrashed.class).count() == 1
                && trace.all(AttemptFinished.class).allMatch(AttemptFinished::succeeded)
                && trace.all(AttemptFinished.class).count() >= 7
                && trace.stream()
                        .anyMatch(entry ->
                                entry.time().isAfter(late)
                                        && entry.what() instanceof StatusChanged change
                                        && change.to() == PartitionStatus.FAILED);
    }

    /// The crashed partition failed and was recovered, and nobody else failed.
    private static boolean isRecoveredFrom(Trace trace) {
        return failures(trace) == 1
                && trace.all(AttemptFinished.class)
                        .map(AttemptFinished::succeeded)
                        .toList()
                        .equals(List.of(true));
    }

    @Test
    void overloadCascadesOnEverySeed() {
        assertThat(seedsOf("overload-cascade", EmergentTest::isCascade)).isEqualTo(SEEDS);
    }

    @Test
    void withSpareCapacityItDoesNotOnAny() {
        assertThat(seedsOf("overload-control", EmergentTest::isRecoveredFrom)).isEqualTo(SEEDS);
    }

    /// A heartbeat that slips into the middle of a burst ends it now and then.
    @Test
    void recoveriesGoRoundTheRingOnNineSeedsInTen() {
        assertThat(seedsOf("recovery-livelock", EmergentTest::isLivelock))
                .isGreaterThanOrEqualTo(SEEDS * 9 / 10);
    }

    @Test
    void withALargerSpreadTheyDoNotOnAny() {
        assertThat(seedsOf("livelock-control", EmergentTest::isRecoveredFrom)).isEqualTo(SEEDS);
    }

    @ParameterizedTest
    @CsvSource({"overload-cascade", "recovery-livelock"})
    void withoutWhatFeedsItTheSameCrashIsRecoveredFrom(String name) {
        var patient = Map.of("workload.onReject", "skip");
        var free =
                Map.of(
                        "protocol.recovery.transfer.bandwidth",
                        FREE,
                        "protocol.recovery.transfer.ingest",
                        "0ms");
        assertThat(isRecoveredFrom(run(name, 1, patient))).isTrue();
        assertThat(isRecoveredFrom(run(name, 1, free))).isTrue();
    }
}
