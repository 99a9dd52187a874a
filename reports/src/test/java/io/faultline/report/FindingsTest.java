package io.faultline.report;

import static io.faultline.report.TraceBuilder.P0;
import static io.faultline.report.TraceBuilder.P1;
import static io.faultline.report.TraceBuilder.failed;
import static io.faultline.report.TraceBuilder.suspected;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Outcome;
import io.faultline.kernel.SimTime;
import io.faultline.model.cluster.StatusReason;
import io.faultline.model.observation.Observed.Queued;
import io.faultline.report.diagnosis.Finding;
import io.faultline.report.diagnosis.Finding.Certainty;
import io.faultline.report.diagnosis.QuorumLoss;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Concern;
import io.faultline.report.verdict.Judgement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What was found is in all that is written of a run.
class FindingsTest {

    private static final Finding LOSS =
            new Finding(
                    "quorum-loss",
                    "permanent",
                    Certainty.FOUND,
                    TraceBuilder.time(100),
                    TraceBuilder.time(5000),
                    1,
                    "for 4.900s no majority was up & together",
                    new QuorumLoss.Gap(
                            List.of(1, 2), Optional.empty(), 1, 2, List.of(), List.of(P0, P1)));

    @TempDir Path folder;

    private static Result result(List<Finding> findings) {
        var trace =
                new TraceBuilder()
                        .at(100, suspected(P0, StatusReason.HEARTBEAT_MISS))
                        .at(200, failed(P0, StatusReason.HEARTBEAT_MISS))
                        .at(300, new Queued(P0, 1))
                        .build();
        return Result.of(
                "found",
                1,
                "0".repeat(64),
                new Outcome(Outcome.Ending.END_TIME, TraceBuilder.time(5000), 9),
                Phases.chaosUntil(new SimTime(5_000_000_000L)),
                trace,
                List.of(),
                findings,
                IntStream.range(0, 30)
                        .mapToObj(i ->
                                new Judgement("safe " + i, Concern.SAFETY, Answer.HELD, "fine"))
                        .toList(),
                "faultline run found --seed 1",
                "0.1.0");
    }

    private static List<String> summary(List<Finding> findings) throws IOException {
        var out = new StringBuilder();
        new TextSummary(false).print(result(findings), out);
        return out.toString().lines().toList();
    }

    @Test
    void theSummaryHasIt() throws IOException {
        assertThat(summary(List.of(LOSS)))
                .contains(
                        "  found          quorum-loss{permanent}  from 0.100s: for 4.900s no"
                                + " majority was up & together");
    }

    @Test
    void theSummaryStaysOnOneScreen() throws IOException {
        var many = Collections.nCopies(9, LOSS);
        assertThat(summary(many))
                .hasSizeLessThanOrEqualTo(TextSummary.MAX_LINES)
                .contains("  … and 7 more found or suspected");
    }

    @Test
    void aRunInWhichNothingWasFoundSaysNothingOfIt() throws IOException {
        assertThat(summary(List.of())).noneMatch(line -> line.contains("found  "));
        assertThat(Files.readString(new HtmlReport().write(result(List.of()), folder)))
                .doesNotContain("What was found");
    }

    @Test
    void thePageHasItWithItsCertificate() throws IOException {
        assertThat(Files.readString(new HtmlReport().write(result(List.of(LOSS)), folder)))
                .contains("What was found")
                .contains("<code>quorum-loss{permanent}</code>")
                .contains("for 4.900s no majority was up &amp; together.")
                .contains("Certificate: gap")
                .contains("<td>The largest set is no majority</td>");
    }

    @Test
    void thePageSaysOfASetWhoIsInItAndNumbersWhatWasFound() throws IOException {
        assertThat(Files.readString(new HtmlReport().write(result(List.of(LOSS, LOSS)), folder)))
                .containsOnlyOnce("<code>quorum-loss{permanent}</code>")
                .contains("<li>Crashed for good: P0 P1</li>")
                .contains("<b class=\"no\">1</b> From 0.100s", "<b class=\"no\">2</b> From 0.100s")
                .contains("Certificate: gap, 2 facts");
    }

    @Test
    void thePageShowsOnlyTheFirstOfVeryManyFindingsOfAKind() throws IOException {
        var many = Collections.nCopies(30, LOSS);
        assertThat(Files.readString(new HtmlReport().write(result(many), folder)))
                .contains("<b class=\"no\">12</b>", "<p>… and 18 more.</p>")
                .doesNotContain("<b class=\"no\">13</b>");
    }

    @Test
    void theFileForMachinesHasTheWholeCertificate() throws IOException {
        var json = Files.readString(new JsonResult().write(result(List.of(LOSS)), folder));
        assertThat(json.replaceAll("\\s+", ""))
                .contains(
                        "\"findings\":[{\"diagnosis\":\"quorum-loss\",\"subtype\":\"permanent\","
                                + "\"certainty\":\"found\",\"from\":100000000,\"to\":5000000000,"
                                + "\"witness\":1,",
                        "\"certificate\":{\"kind\":\"gap\",\"what\":{\"gone\":[1,2],\"back\":null,"
                            + "\"least\":1,\"needed\":2,\"wiped\":[],\"crashed\":[\"P0\",\"P1\"]}}}]");
    }
}
