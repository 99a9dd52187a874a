package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Judgement;
import io.faultline.scenario.FailuresTest.Row;
import io.faultline.scenario.campaign.Shrink;
import io.faultline.scenario.campaign.Signature;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What the scenarios of the pack `failures` show is found by chance, too, without their faults
/// having to be known beforehand; what is left of what is found is small; and its twin bears it.
///
/// With the system property `validation` all of them are looked for, else those that are quick to
/// be found and shrunk.
class HuntTest {

    /// Twelve partitions, and crashes, splits and delays at random.
    private static final String GENERAL =
            "{ replace: true, kinds: [crash, network-split, message-delay], faults: 8 }";

    /// The scenario's own faults at random times.
    private static final String SHAKEN = "{ shake: true, faults: 0 }";

    /// Whatever is drawn ends with chaos, and half of the system must be lost, or nodes must be
    /// gray, for good; and several partitions must crash at once and come back long before chaos
    /// ends, which is seldom drawn.
    private static final Set<String> SELDOM = Set.of("half-lost", "hot-heir", "starved-recovery");

    private static final Set<String> QUICK =
            Set.of(
                    "half-lost",
                    "zone-outage",
                    "split-brain-of-views",
                    "starved-recovery",
                    "slow-reconnection");

    /// What is left of these is that all messages are late by seconds. Nobody can tell that from
    /// silence, and what their twins do about heirs and watchers is no remedy.
    private static final Set<String> HARDER =
            Set.of("spinning-recovery", "gray-failure", "unwatched-zone");

    private static final long SHAKES = 20;
    private static final long SEEDS = 500;

    static Stream<Row> hunted() {
        return FailuresTest.rows().stream()
                .filter(row -> Boolean.getBoolean("validation") || QUICK.contains(row.name()));
    }

    @ParameterizedTest
    @MethodSource("hunted")
    @Timeout(60)
    void whatAScenarioShowsIsFoundByChanceAndWhatIsLeftOfItIsSmallAndItsTwinBearsIt(Row row) {
        var plan = SELDOM.contains(row.name()) ? SHAKEN : GENERAL;
        var scenario = parse("failures/" + row.name(), Map.of("swarm", plan));
        var found =
                LongStream.rangeClosed(1, SEEDS)
                        .mapToObj(scenario::withSeed)
                        .filter(drawn -> ends(Run.of(drawn, "", ""), row.verdict()))
                        .findFirst();
        assertThat(found).isPresent();

        var shrunk = Shrink.of(found.get(), () -> false).orElseThrow();
        assertThat(shrunk.scenario().faults()).hasSizeLessThanOrEqualTo(3);
        assertThat(shrunk.scenario().topology().partitions())
                .isLessThanOrEqualTo(scenario.topology().partitions() / 2);
        var file = new Source("shrunk.yaml", shrunk.yaml());
        for (int i = 0; i < 10; i++) {
            var again = Run.of(new ScenarioParser(Judge.VOCABULARY).parse(file, Map.of()), "", "");
            assertThat(ends(again, row.verdict())).isTrue();
            assertThat(Signature.of(again)).isEqualTo(shrunk.signature());
            assertThat(again.result().fingerprint()).isEqualTo(shrunk.run().result().fingerprint());
        }

        assertThat(twins(row, shrunk.scenario().faults(), found.get().seed()))
                .isNotEmpty()
                .noneMatch(twin -> shows(twin, row.verdict()));
    }

    /// The scenario's twin with the faults that were found; or, if they are none of those that the
    /// twin is there to bear, with its own at random times.
    private static List<Scenario> twins(Row row, List<PlannedFault> faults, long seed) {
        var name = "failures/" + row.name() + "-fixed";
        return HARDER.contains(row.name())
                ? LongStream.rangeClosed(1, SHAKES)
                        .mapToObj(parse(name, Map.of("swarm", SHAKEN))::withSeed)
                        .toList()
                : List.of(with(parse(name, Map.of()).withSeed(seed), faults));
    }

    private static Scenario parse(String name, Map<String, String> settings) {
        return new ScenarioParser(Judge.VOCABULARY).parse(Catalogue.load().find(name), settings);
    }

    private static Scenario with(Scenario scenario, List<PlannedFault> faults) {
        return new Scenario(
                scenario.apiVersion(),
                scenario.name(),
                scenario.about(),
                scenario.seed(),
                scenario.params(),
                scenario.topology(),
                scenario.protocol(),
                scenario.workload(),
                scenario.phases(),
                faults,
                scenario.budget(),
                scenario.swarm(),
                scenario.script(),
                scenario.expect(),
                scenario.thresholds(),
                scenario.limits(),
                scenario.observe());
    }

    /// Whether a judgement is violated in a run, among others or not.
    private static boolean shows(Scenario scenario, String verdict) {
        return Run.of(scenario, "", "").result().verdict().judgements().stream()
                .filter(judgement -> judgement.answer() == Answer.VIOLATED)
                .anyMatch(judgement -> judgement.name().equals(verdict));
    }

    /// Whether a run is called after a judgement.
    private static boolean ends(Run run, String verdict) {
        return run.failure().isEmpty()
                && Signature.first(run.result().verdict())
                        .map(Judgement::name)
                        .filter(verdict::equals)
                        .isPresent();
    }
}
