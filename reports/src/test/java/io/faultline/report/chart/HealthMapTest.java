package io.faultline.report.chart;

import static io.faultline.report.TraceBuilder.P0;
import static io.faultline.report.TraceBuilder.P1;
import static io.faultline.report.TraceBuilder.P2;
import static io.faultline.report.TraceBuilder.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Outcome;
import io.faultline.model.cluster.Location;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.cluster.Topology;
import io.faultline.model.observation.Observed.DownCause;
import io.faultline.model.observation.Observed.FaultHealed;
import io.faultline.model.observation.Observed.FaultInjected;
import io.faultline.model.observation.Observed.HandlerPlaced;
import io.faultline.model.observation.Observed.NodeCrashed;
import io.faultline.model.observation.Observed.NodePaused;
import io.faultline.model.observation.Observed.NodeRestarted;
import io.faultline.model.observation.Observed.NodeResumed;
import io.faultline.model.observation.Observed.PartitionDown;
import io.faultline.model.observation.Observed.PartitionUp;
import io.faultline.model.observation.Observed.QuorumBack;
import io.faultline.model.observation.Observed.QuorumGone;
import io.faultline.model.observation.Observed.QuorumLost;
import io.faultline.model.observation.Observed.QuorumRestored;
import io.faultline.model.observation.Observed.ViewQuorumLost;
import io.faultline.model.observation.Observed.ViewQuorumRestored;
import io.faultline.report.Phases;
import io.faultline.report.Result;
import io.faultline.report.TraceBuilder;
import io.faultline.report.TraceBuilder.Moment;
import io.faultline.report.diagnosis.Finding;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.diagnosis.QuorumLoss;
import io.faultline.report.metric.Metric;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Concern;
import io.faultline.report.verdict.Judgement;
import io.faultline.report.verdict.Verdict;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.regex.Pattern;

class HealthMapTest {

    private static final double END = 20_000;
    private static final NodeId N1 = new NodeId("n1");

    private final TraceBuilder trace = new TraceBuilder().place(6);
    private final SequencedMap<PartitionId, Location> places = places();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Judgement> judgements = new ArrayList<>();

    @Test
    void everyOutageOfAFailureTraceIsABarOfItsOwn() {
        var svg = twice("failure-trace").svg();

        assertThat(svg)
                .contains("<title>failure-trace: node n1 down, 2.000s to 3.000s (1.000s)</title>")
                .contains("<title>failure-trace: node n1 down, 6.000s to 8.000s (2.000s)</title>")
                .contains("<title>failure-trace of P1, 1.000s to 15.000s (14.000s)</title>");
        assertThat(svg.split("class=\"f-fault s-none\"", -1)).hasSize(1 + 2);
        assertThat(svg.split("class=\"f-fault-line s-none\"", -1)).hasSize(1 + 1);
    }

    @Test
    void aFaultThatDoesItAllAtOnceIsOneBar() {
        assertThat(twice("crash").svg())
                .contains("<title>crash of P1, 1.000s to 15.000s (14.000s)</title>")
                .doesNotContain("f-fault-line");
    }

    @Test
    void everyOutageIsInTheData() {
        assertThat(twice("failure-trace").csv())
                .contains("fault 0,,,,outage,n1,2000000000,3000000000\n")
                .contains("fault 0,,,,outage,n1,6000000000,8000000000\n");
    }

    @Test
    void whomAFlappingFaultCutsOffIsABarEachTime() {
        trace.chain(
                new Moment(1000, fault("flapping", P1), new PartitionDown(P1, DownCause.CUT_OFF)),
                new Moment(2000, new PartitionUp(P1)));

        assertThat(draw().svg())
                .contains("<title>flapping: P1 cut off, 1.000s to 2.000s (1.000s)</title>");
    }

    @Test
    void whatLastsButAMomentIsDrawnOnceInEachPixel() {
        var moments = new ArrayList<Moment>();
        moments.add(new Moment(1000, fault("flapping", P1)));
        for (int i = 0; i < 200; i++) {
            moments.add(new Moment(1000 + 2 * i, new NodePaused(N1)));
            moments.add(new Moment(1001 + 2 * i, new NodeResumed(N1)));
        }
        trace.chain(moments.toArray(Moment[]::new));
        var drawing = draw();

        assertThat(count(drawing.csv(), ",outage,")).isEqualTo(200);
        assertThat(count(drawing.svg(), "flapping: node n1 down")).isBetween(10, 30);
    }

    /// A fault that has one node down twice.
    private Figure.Drawing twice(String kind) {
        trace.chain(
                new Moment(1000, fault(kind, P1)),
                new Moment(2000, new NodeCrashed(N1), new PartitionDown(P1, DownCause.CRASHED)),
                new Moment(3000, new NodeRestarted(N1, 2), new PartitionUp(P1)),
                new Moment(6000, new NodeCrashed(N1), new PartitionDown(P1, DownCause.CRASHED)),
                new Moment(8000, new NodeRestarted(N1, 3), new PartitionUp(P1)),
                new Moment(15_000, new FaultHealed(0, kind)));
        return draw();
    }

    @Test
    void partitionsStandUnderTheirRegionsZonesAndRacks() {
        var svg = draw().svg();

        assertThat(texts(svg)).contains("eu", "us", "z0", "z1", "z2").doesNotContain("r0", "r1");
    }

    @Test
    void aDomainOfWhichThereIsOneIsNotMentioned() {
        places.replaceAll((_, _) -> new Location("default", "z0", "r0"));

        assertThat(texts(draw().svg())).contains("P0", "P5").doesNotContain("default", "z0", "r0");
    }

    @Test
    void aFaultThatHitsADomainAndNobodyElseNamesIt() {
        assertThat(domains().name(List.of(P0, P1))).isEqualTo("zone z0");
        assertThat(domains().name(List.of(P0, P1, P2, p(3)))).isEqualTo("region eu");
        assertThat(domains().name(List.of(P0, P1, p(4), p(5)))).isEqualTo("zones z0 z2");
        assertThat(domains().name(List.of(P0, P1, P2, p(3), p(4), p(5)))).isEqualTo("all");
        assertThat(domains().name(List.of(P1, P2, p(3)))).isEqualTo("P1–P3");
        assertThat(domains().name(List.of(P0, P2, p(3)))).isEqualTo("P0 P2 P3");
        assertThat(domains().name(List.of(P2))).isEqualTo("P2");

        trace.at(1000, fault("crash", P0, P1));
        assertThat(texts(draw().svg())).contains("zone z0");
    }

    @Test
    void aFaultOfTheCoordinatorsNodeNamesIt() {
        trace.at(
                1000,
                new FaultInjected(0, "clock-skew", "ClockSkew[nodes=[coordinator]]", List.of()));

        assertThat(texts(draw().svg())).contains("clock-skew", "coordinator");
    }

    @Test
    void theKindsOfOutageCanBeToldApart() {
        trace.at(1000, new PartitionDown(P0, DownCause.CRASHED))
                .at(1000, new PartitionDown(P1, DownCause.STOPPED))
                .at(1000, new PartitionDown(P2, DownCause.PAUSED))
                .at(1000, new PartitionDown(p(3), DownCause.CUT_OFF));
        var drawing = draw();

        assertThat(drawing.svg())
                .contains("f-down s-none", "P0 really crashed, 1.000s to 20.000s (19.000s)")
                .contains("f-stopped s-none", "P1 really stopped,")
                .contains("f-paused s-none", "P2 really paused,")
                .contains("f-cut-off s-none", "P3 really cut off,");
        assertThat(legend(drawing))
                .contains("really crashed", "really stopped", "really paused", "really cut off");
    }

    @Test
    void theLegendHasOnlyWhatThereIs() {
        assertThat(legend(draw())).containsExactly("taken to be healthy", "suspected", "failed");
    }

    @Test
    void whetherThereIsAQuorumIsDrawnAsBeliefAndTruth() {
        trace.at(1000, new QuorumGone(3, 4))
                .at(3000, new QuorumLost(3, 6))
                .at(5000, new QuorumGone(2, 4))
                .at(6000, new QuorumBack(4, 4))
                .at(9000, new QuorumRestored(4, 6));
        var drawing = draw();

        assertThat(drawing.svg())
                .contains("no quorum, the coordinator believed, 3.000s to 9.000s (6.000s)")
                .contains("really no majority, 1.000s to 6.000s (5.000s)");
        assertThat(drawing.csv())
                .contains("quorum,,,,status,lost,3000000000,9000000000\n")
                .contains("quorum,,,,truth,gone,1000000000,6000000000\n");
        assertThat(legend(drawing)).contains("believed to have no quorum", "really no majority");
    }

    @Test
    void everyHandlerHasHisOwnBeliefInAQuorum() {
        trace.by("A", 0, new HandlerPlaced("A", N1))
                .by("B", 0, new HandlerPlaced("B", new NodeId("n5")))
                .by("B", 3000, new ViewQuorumLost(2, 6))
                .by("B", 7000, new ViewQuorumRestored(4, 6));
        var drawing = draw();

        assertThat(texts(drawing.svg())).contains("quorum", "quorum, A", "quorum, B");
        assertThat(drawing.svg()).contains("no quorum, B believed, 3.000s to 7.000s (4.000s)");
        assertThat(drawing.csv()).contains("quorum of B,,,,status,lost,3000000000,7000000000\n");
        assertThat(legend(drawing)).contains("believed to have no quorum");
    }

    @Test
    void aFaultAndAFindingOfOneNameHaveLanesOfTheirOwn() {
        trace.at(1000, fault("quorum-loss", P1)).at(2000, new FaultHealed(0, "quorum-loss"));
        findings.add(finding("transient", Certainty.FOUND, 5000, 6000));

        assertThat(Lanes.of(bars(), END / 1000, 900, 16).size()).isEqualTo(2);
        assertThat(Collections.frequency(texts(draw().svg()), "quorum-loss")).isEqualTo(2);
    }

    @Test
    void aCoordinatorThatIsNotThereHasARow() {
        trace.at(1000, new NodePaused(Topology.COORDINATOR))
                .at(2500, new NodeResumed(Topology.COORDINATOR));
        var drawing = draw();

        assertThat(texts(drawing.svg())).contains("coordinator");
        assertThat(drawing.svg())
                .contains("the coordinator really paused, 1.000s to 2.500s (1.500s)");
        assertThat(legend(drawing)).contains("really paused");
    }

    @Test
    void whatWasFoundIsOnTheAxisOfTime() {
        findings.add(finding("permanent", Certainty.FOUND, 2000, 20_000));
        findings.add(finding("transient", Certainty.SUSPECTED, 2000, 3000));
        var drawing = draw();

        assertThat(texts(drawing.svg())).contains("quorum-loss", "1 permanent", "2 transient");
        assertThat(drawing.svg())
                .contains("<title>quorum-loss{permanent}, 2.000s to 20.000s (18.000s): so it is<")
                .contains("f-found s-none", "f-guessed s-none");
        assertThat(legend(drawing)).contains("found", "suspected to be so");
    }

    @Test
    void findingsOfAKindThatOverlapAreOneBar() {
        findings.add(finding("transient", Certainty.FOUND, 2000, 8000));
        findings.add(finding("transient", Certainty.FOUND, 4000, 9000));
        findings.add(finding("transient", Certainty.FOUND, 12_000, 18_000));
        var svg = draw().svg();

        assertThat(count(svg, "f-found s-none")).isEqualTo(2);
        assertThat(texts(svg)).contains("1 transient and 1 more", "3 transient");
    }

    @Test
    void whatWasViolatedIsMarkedWhereItWas() {
        trace.at(7000, TraceBuilder.suspected(P1, StatusReason.HEARTBEAT_MISS));
        int witness = trace.build().size() - 1;
        judgements.add(
                new Judgement(
                        "no-false-failure",
                        Concern.SAFETY,
                        Answer.VIOLATED,
                        "it was up",
                        OptionalInt.of(witness)));
        var drawing = draw();

        assertThat(texts(drawing.svg())).contains("violated", "no-false-failure");
        assertThat(legend(drawing)).contains("first violated");
    }

    @Test
    void noLabelIsLeftOfTheAxisOrBeyondIt() {
        trace.at(10, fault("crash", P0, P2, p(4)));
        var svg = draw().svg();
        double left = position(svg, "crash");

        assertThat(position(svg, "P0 P2 P4")).isGreaterThan(left);
    }

    @Test
    void manyFaultsShareTheirLanes() {
        for (int i = 0; i < 60; i++) {
            trace.at(1000 + i * 10, new FaultInjected(i, "pause", "", List.of(P0, P2, p(4))));
            trace.at(1000 + i * 10 + 5, new FaultHealed(i, "pause"));
        }
        var lanes = Lanes.of(bars(), END / 1000, 900, 16);

        assertThat(lanes.size()).isLessThanOrEqualTo(12);
        assertThat(lanes.lanes().stream().mapToInt(List::size).sum()).isEqualTo(60);
    }

    private List<Bar> bars() {
        return Bars.of(Health.of(result()), result());
    }

    private static FaultInjected fault(String kind, PartitionId... targets) {
        return new FaultInjected(0, kind, "", List.of(targets));
    }

    private static Finding finding(String subtype, Certainty certainty, double from, double to) {
        return new Finding(
                "quorum-loss",
                subtype,
                certainty,
                time(from),
                time(to),
                0,
                "so it is",
                new QuorumLoss.Gap(List.of(0), Optional.empty(), 2, 4, List.of(), List.of()));
    }

    private static PartitionId p(int rank) {
        return new PartitionId(rank);
    }

    private static SequencedMap<PartitionId, Location> places() {
        var places = new LinkedHashMap<PartitionId, Location>();
        for (int rank = 0; rank < 6; rank++) {
            var region = rank < 4 ? "eu" : "us";
            places.put(p(rank), new Location(region, "z" + rank / 2, "r" + rank / 2));
        }
        return places;
    }

    private Domains domains() {
        return new Domains(places);
    }

    private Result result() {
        var observed = trace.build();
        return new Result(
                "mapped",
                1,
                "0".repeat(64),
                new Outcome(Outcome.Ending.END_TIME, time(END), 9),
                Phases.chaosUntil(time(END)),
                observed,
                Metric.measure(observed),
                List.of(),
                findings,
                new Verdict(judgements),
                places,
                "faultline run mapped --seed 1",
                "0.1.0");
    }

    private Figure.Drawing draw() {
        return new HealthMap().draw(result());
    }

    private static List<String> texts(String svg) {
        return Pattern.compile("<text[^>]*>([^<]*)</text>")
                .matcher(svg)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static List<String> legend(Figure.Drawing drawing) {
        return drawing.legend().stream().map(Figure.Legend::meaning).toList();
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    /// Where a text begins, or ends if it is anchored there.
    private static double position(String svg, String text) {
        var match =
                Pattern.compile("<text[^>]* x=\"([0-9.]+)\"[^>]*>" + text + "</text>").matcher(svg);
        assertThat(match.find()).as(text).isTrue();
        return Double.parseDouble(match.group(1));
    }
}
