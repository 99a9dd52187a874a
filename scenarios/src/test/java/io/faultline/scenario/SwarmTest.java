package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.faultline.kernel.random.RandomStreams;
import io.faultline.model.Kind;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.Fault;
import io.faultline.scenario.format.Names;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

class SwarmTest {

    private static final String SYSTEM =
            """
            apiVersion: faultline/v1
            name: drawn
            topology: { partitions: 12, regions: [paris, rome] }
            protocol:
              detector: { kind: heartbeat-timeout, heartbeat: 500ms, suspect: 2s, failure: 5s }
            phases: { warmup: 5s, chaos: 60s, quiet: 30s }
            faults:
              - at: 5s
                crash: { partitions: [P3] }
            swarm: %s
            expect: { tolerates: [no-false-failure] }
            """;

    private static final Scenario SHAKEN =
            new ScenarioParser(Judge.VOCABULARY)
                    .parse(
                            new Source(
                                    "shaken",
                                    """
                                    apiVersion: faultline/v1
                                    name: shaken
                                    topology: { partitions: 4 }
                                    phases: { chaos: 60s, quiet: 10s }
                                    faults:
                                      - during: 20s..40s
                                        pause: { nodes: [n1] }
                                      - every: 2s
                                        for: 500ms
                                        within: 10s..30s
                                        pause: { nodes: [n2] }
                                    swarm: { shake: true, faults: 0 }
                                    """),
                            Map.of());

    static Collection<String> kinds() {
        return Names.kinds(Fault.class).keySet();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindOfFaultCanBeDrawn(String kind) {
        var system = swarm("{}");
        var drawn = new HashSet<Fault>();
        var type = Names.kinds(Fault.class).get(kind);
        for (double strength : new double[] {0.01, 0.8}) {
            for (long seed = 0; seed < 50; seed++) {
                var random = new RandomStreams(seed).stream("draw");
                var fault = new Draw(system, strength, random).fault(type);
                assertThat(fault).as("strength %s, seed %s", strength, seed).isPresent();
                drawn.add(fault.get());
            }
        }
        assertThat(drawn)
                .as("what the record of this kind takes has to be drawn, or needs a hint in Draw")
                .hasSizeGreaterThan(2)
                .allSatisfy(fault -> assertThat(Kind.name(fault)).isEqualTo(kind));
    }

    @Test
    void thePlanDependsOnTheSeedAndOnNothingElse() {
        var system = swarm("{}");
        assertThat(system.withSeed(7).drawn()).isEqualTo(system.withSeed(7).drawn());
        var plans =
                LongStream.range(0, 100).mapToObj(seed -> system.withSeed(seed).drawn().faults());
        assertThat(plans.distinct()).hasSizeGreaterThan(95);
    }

    @Test
    void whatIsDrawnIsAnOrdinaryScenarioThatReadsAsTheSame() {
        for (var drawn : drawn("{}", 300).toList()) {
            var written = new Source("drawn.yaml", ScenarioWriter.write(drawn));
            assertThat(drawn.swarm()).isEmpty();
            assertThat(new ScenarioParser(Judge.VOCABULARY).parse(written, Map.of()))
                    .isEqualTo(drawn);
        }
    }

    @Test
    void theRunOfAScenarioAndOfWhatItsSeedDrawsAreTheSame() {
        for (long seed = 1; seed <= 5; seed++) {
            var system = swarm("{}").withSeed(seed);
            assertThat(fingerprint(system)).isEqualTo(fingerprint(system.drawn()));
        }
    }

    @Test
    void faultsEndWithChaosAtTheLatest() {
        var chaos = Duration.ofSeconds(60);
        for (var drawn : drawn("{ replace: true }", 300).toList()) {
            assertThat(drawn.faults())
                    .allSatisfy(planned -> {
                        if (planned.schedule() instanceof During(var span)) {
                            assertThat(span.to()).isLessThanOrEqualTo(chaos);
                        } else {
                            assertThat(planned.within().orElseThrow().to())
                                    .isLessThanOrEqualTo(chaos);
                        }
                    });
        }
    }

    @Test
    void someFaultsStrikeSeveralTimes() {
        var schedules =
                drawn("{ replace: true }", 100)
                        .flatMap(drawn -> drawn.faults().stream())
                        .map(planned -> Kind.name(planned.schedule()));
        assertThat(schedules.distinct()).containsExactlyInAnyOrder("during", "every");
    }

    @Test
    void plansDifferInTheKindsThatTheyHave() {
        var counts =
                drawn("{ replace: true, faults: 12 }", 300)
                        .map(SwarmTest::kinds)
                        .map(Collection::size)
                        .toList();
        assertThat(counts).contains(1, 2, 3);
        assertThat(
                        drawn("{ replace: true }", 300)
                                .flatMap(drawn -> kinds(drawn).stream())
                                .distinct())
                .containsExactlyInAnyOrderElementsOf(kinds());
    }

    @Test
    void noPlanHasMoreFaultsThanItMay() {
        assertThat(
                        drawn("{ faults: 3, replace: true }", 200)
                                .map(drawn -> drawn.faults().size())
                                .distinct())
                .containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void onlyKindsThatArePermittedAreDrawn() {
        assertThat(
                        drawn("{ kinds: [crash, message-loss], replace: true }", 200)
                                .flatMap(d -> kinds(d).stream())
                                .distinct())
                .containsExactlyInAnyOrder("crash", "message-loss");
        assertThat(
                        drawn("{ without: [crash], replace: true }", 200)
                                .flatMap(d -> kinds(d).stream())
                                .distinct())
                .hasSize(kinds().size() - 1)
                .doesNotContain("crash");
    }

    @Test
    void theFaultsOfTheScenarioStayUnlessTheyAreReplaced() {
        var own = swarm("{}").faults().getFirst();
        assertThat(drawn("{}", 20)).allSatisfy(drawn -> assertThat(drawn.faults()).contains(own));
        assertThat(drawn("{ replace: true }", 20))
                .noneSatisfy(drawn -> assertThat(drawn.faults()).contains(own));
    }

    @Test
    void faultsThatAreShakenKeepWhatTheyDoAndComeAtAnyTimeOfChaos() {
        var shaken = drawn("{ shake: true, faults: 0 }", 200).toList();
        var own = swarm("{}").faults();
        assertThat(shaken)
                .allSatisfy(drawn ->
                        assertThat(drawn.faults())
                                .extracting(PlannedFault::fault)
                                .containsExactlyElementsOf(
                                        own.stream().map(PlannedFault::fault).toList()));
        var times =
                shaken.stream()
                        .map(drawn -> ((At) drawn.faults().getFirst().schedule()).time())
                        .toList();
        assertThat(times).allMatch(time -> time.compareTo(Duration.ofSeconds(60)) < 0);
        assertThat(times).anyMatch(time -> time.compareTo(Duration.ofSeconds(10)) < 0);
        assertThat(times).anyMatch(time -> time.compareTo(Duration.ofSeconds(50)) > 0);
    }

    @Test
    void faultsThatAreShakenLastHalfToTwiceAsLongAndEndWithChaos() {
        var lengths =
                LongStream.range(0, 200)
                        .mapToObj(seed -> SHAKEN.withSeed(seed).drawn().faults())
                        .flatMap(faults ->
                                Stream.of(
                                        ((During) faults.get(0).schedule()).span(),
                                        faults.get(1).within().orElseThrow()))
                        .peek(span ->
                                assertThat(span.to()).isLessThanOrEqualTo(Duration.ofSeconds(60)))
                        .map(span -> span.to().minus(span.from()))
                        .toList();
        assertThat(lengths)
                .allMatch(length -> length.compareTo(Duration.ofSeconds(10).minusMillis(1)) >= 0)
                .allMatch(length -> length.compareTo(Duration.ofSeconds(40)) <= 0)
                .anyMatch(length -> length.compareTo(Duration.ofSeconds(13)) < 0)
                .anyMatch(length -> length.compareTo(Duration.ofSeconds(35)) > 0);
    }

    @Test
    void faultsMayBeDrawnOnTopOfThoseThatAreShaken() {
        assertThat(drawn("{ shake: true, faults: 2 }", 50).map(drawn -> drawn.faults().size()))
                .containsOnly(2, 3);
    }

    @Test
    void weakFaultsStrikeFewerThanStrongOnes() {
        assertThat(victims("10%")).isLessThan(victims("100%") * 0.7);
    }

    /// What the budget would skip in any case is not worth drawing.
    @Test
    void noFaultStrikesMorePartitionsThanTheBudgetAllows() {
        var crashes = swarm("{ kinds: [crash], replace: true }\nbudget: { maxDead: 2 }");
        var drawn =
                LongStream.range(0, 200)
                        .mapToObj(seed -> crashes.withSeed(seed).drawn())
                        .flatMap(scenario -> scenario.faults().stream())
                        .map(planned -> ((Crash) planned.fault()).partitions().size());
        assertThat(drawn.distinct()).containsExactlyInAnyOrder(0, 1, 2);
    }

    private static double victims(String strength) {
        return drawn("{ kinds: [clock-drift], replace: true, strength: " + strength + " }", 200)
                .flatMap(drawn -> drawn.faults().stream())
                .mapToInt(planned -> planned.fault().toString().split("n\\d").length)
                .average()
                .orElseThrow();
    }

    @Test
    void mistakesAreSaid() {
        assertMistake("{ kinds: [crsh] }", "unknown fault 'crsh'", "did you mean 'crash'");
        assertMistake("{ kinds: [crash], without: [crash] }", "no kind of fault is left");
        assertMistake("{ faults: 0 }", "faults lies in");
        assertMistake("{ shake: true, faults: -1 }", "faults lies in");
        assertMistake("{ replace: true, shake: true }", "what is replaced cannot be shaken");
        assertMistake("{ strength: 0% }", "strength must be more");
    }

    private static void assertMistake(String swarm, String... sentences) {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> swarm(swarm))
                .satisfies(e -> assertThat(e.getMessage()).contains(sentences));
    }

    private static Collection<String> kinds(Scenario scenario) {
        var kinds = new TreeSet<String>();
        scenario.faults().forEach(planned -> kinds.add(Kind.name(planned.fault())));
        return kinds;
    }

    private static Stream<Scenario> drawn(String swarm, int seeds) {
        var system = swarm(swarm);
        return LongStream.range(0, seeds).mapToObj(seed -> system.withSeed(seed).drawn());
    }

    private static String fingerprint(Scenario scenario) {
        return Run.of(scenario, "", "").result().fingerprint();
    }

    private static Scenario swarm(String swarm) {
        return new ScenarioParser(Judge.VOCABULARY)
                .parse(new Source("drawn", SYSTEM.formatted(swarm)), Map.of());
    }
}
