package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.report.verdict.Judgement;
import io.faultline.scenario.FailuresTest.Row;
import io.faultline.scenario.campaign.Shrink;
import io.faultline.scenario.campaign.Signature;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What the scenarios of the pack `failures` show is found by chance, too, without their faults
/// having to be known beforehand; and what is left of what is found is small.
///
/// With the system property `validation` all of them are looked for, else those that are quick to
/// be found and shrunk.
class HuntTest {

    /// Twelve partitions, and crashes, splits and delays at random.
    private static final String GENERAL =
            "{ replace: true, kinds: [crash, network-split, message-delay], faults: 8 }";

    /// The scenario's own faults at random times.
    private static final String SHAKEN = "{ shake: true, faults: 0 }";

    /// Whatever is drawn ends with chaos, and half of the system must be lost for good; and several
    /// partitions must crash at once and come back long before chaos ends, which is seldom drawn.
    private static final Set<String> SELDOM = Set.of("half-lost", "hot-heir");

    private static final Set<String> QUICK =
            Set.of("half-lost", "zone-outage", "split-brain-of-views");
    private static final long SEEDS = 500;

    static Stream<Row> hunted() {
        return FailuresTest.rows().stream()
                .filter(row -> Boolean.getBoolean("validation") || QUICK.contains(row.name()));
    }

    @ParameterizedTest
    @MethodSource("hunted")
    void whatAScenarioShowsIsFoundByChanceAndWhatIsLeftOfItIsSmall(Row row) {
        var plan = SELDOM.contains(row.name()) ? SHAKEN : GENERAL;
        var scenario =
                new ScenarioParser(Judge.VOCABULARY)
                        .parse(
                                Catalogue.load().find("failures/" + row.name()),
                                Map.of("swarm", plan));
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
