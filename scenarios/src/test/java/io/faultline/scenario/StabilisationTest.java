package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.random.RandomStream;
import io.faultline.kernel.random.RandomStreams;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Judgement;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.stream.LongStream;

/// Systems that get well in the time that they need. A partition is silent for a moment and its
/// watchers say so; that it is alive is lost until the end of chaos, and then sent again.
class StabilisationTest {

    private static final int SEEDS = 120;

    private static final String SCENARIO =
            """
            apiVersion: faultline/v1
            name: stabilisation
            seed: %d
            topology: { partitions: %d, network: { latency: 1ms } }
            protocol:
              quorum: ungated
              detector:
                kind: heartbeat-timeout
                heartbeat: 100ms
                suspect: 400ms
                failure: 700ms
                check: 100ms
                watch: { kind: ring, neighbours: 2, accusers: %d }
              suspicion: { confirm: 100ms }
              recovery:
                timeout: 1s
                attempts: 1
                pauseTimeout: 100ms
                phases: { detecting: 1ms, redistributing: 1ms, rebalancing: 1ms, validating: 1ms }
            phases: { chaos: %ds, quiet: 60s }
            faults:
              - during: 1s..1600ms
                message-loss: { messages: [heartbeat], from: [n1] }
              - during: %dms..%ds
                %s: { chance: %d%%, messages: [testimony] }
            expect:
              eventually: [{ all-healthy: { within: %s } }]
            """;

    private static Scenario scenario(long seed, String within) {
        RandomStream chance = new RandomStreams(seed).stream("stabilisation");
        int chaos = 20 + chance.nextInt(40);
        var yaml =
                SCENARIO.formatted(
                        seed,
                        4 + chance.nextInt(5),
                        1 + chance.nextInt(2),
                        chaos,
                        1400 + chance.nextInt(300),
                        chaos,
                        chance.nextBoolean(0.5) ? "message-loss" : "message-corruption",
                        50 + chance.nextInt(41),
                        within);
        return new ScenarioParser(Judge.VOCABULARY)
                .parse(new Source("stabilisation.yaml", yaml), Map.of());
    }

    private static Answer answer(Scenario scenario) {
        return Run.of(scenario, "replay", "test").result().verdict().judgements().stream()
                .filter(judgement -> judgement.name().equals("eventually all-healthy"))
                .map(Judgement::answer)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoLosesMessagesUntilTheEndOfChaosIsHealthyWithinTheBound() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertThat(answer(scenario(seed, "auto"))).as("seed " + seed).isEqualTo(Answer.HELD);
        }
    }

    /// The control: without the time in which lost messages wait, some would be called ill.
    @Test
    void theBoundIsTooShortForSomeWithoutTheTimeInWhichLostMessagesWait() {
        long ill =
                LongStream.rangeClosed(1, SEEDS)
                        .filter(seed -> {
                            var bound = StabilisationBound.of(scenario(seed, "auto"));
                            var within = bound.usual().toMillis() + "ms";
                            return answer(scenario(seed, within)) == Answer.VIOLATED;
                        })
                        .count();
        assertThat(ill).isPositive();
    }
}
