package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.report.diagnosis.Diagnosis;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Judgement;
import io.faultline.report.verdict.Verdict;
import io.faultline.scenario.campaign.Shrink;
import io.faultline.scenario.campaign.Signature;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Each scenario of the pack `failures` goes wrong in the way that its row on the page says, and
/// its twin, which differs by the settings in that row and by nothing else, holds: whatever the
/// seed.
class FailuresTest {

    private static final String PACK = "failures/";
    private static final Pattern ROW =
            Pattern.compile(
                    "(?m)^\\| `failures/([a-z-]+)` \\| [^|]+ \\| `([^|`]+)` \\| (\\d) \\|"
                            + " ([^|]+) \\|$");
    private static final Pattern CHANGE = Pattern.compile("`([^`=]+)=([^`]+)`");
    private static final long SEEDS = 6;

    /// A row of the table on the page.
    record Row(String name, String verdict, int exitCode, Map<String, String> changes) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Row> rows() {
        return ROW.matcher(Golden.read(Path.of("README.md")))
                .results()
                .map(row ->
                        new Row(
                                row.group(1),
                                row.group(2),
                                Integer.parseInt(row.group(3)),
                                changes(row.group(4))))
                .toList();
    }

    private static Map<String, String> changes(String text) {
        var changes = new LinkedHashMap<String, String>();
        CHANGE.matcher(text).results().forEach(it -> changes.put(it.group(1), it.group(2)));
        return changes;
    }

    private static Scenario parse(String name, Map<String, String> changes) {
        return new ScenarioParser(Judge.VOCABULARY)
                .parse(Catalogue.load().find(PACK + name), changes);
    }

    private static String twin(Row row) {
        return row.name + "-fixed";
    }

    private static Stream<Verdict> verdicts(String name) {
        var scenario = parse(name, Map.of());
        return LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> Run.of(scenario.withSeed(seed), "", "").result().verdict());
    }

    @Test
    void thePackHasAPairForEachRow() {
        assertThat(rows()).hasSizeGreaterThanOrEqualTo(14);
        assertThat(Catalogue.load().names())
                .filteredOn(name -> name.startsWith(PACK))
                .containsExactlyInAnyOrderElementsOf(
                        rows().stream()
                                .flatMap(row -> Stream.of(row.name, twin(row)))
                                .map(name -> PACK + name)
                                .toList());
    }

    /// Whoever adds a diagnosis adds a pair.
    @Test
    void everyDiagnosisThatCanBeForbiddenHasAPair() {
        assertThat(rows())
                .extracting(
                        row -> row.verdict.replaceFirst("^never ", "").replaceFirst("\\{.*", ""))
                .containsAll(
                        Diagnosis.all().stream()
                                .filter(diagnosis -> diagnosis.concern().isPresent())
                                .map(Diagnosis::name)
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theScenarioFailsAsItsRowSays(Row row) {
        assertThat(verdicts(row.name))
                .allSatisfy(verdict -> {
                    assertThat(verdict.exitCode()).isEqualTo(row.exitCode);
                    var gravest = verdict.violated().findFirst().orElseThrow();
                    assertThat(verdict.judgements())
                            .filteredOn(judgement -> judgement.answer() == Answer.VIOLATED)
                            .filteredOn(judgement -> judgement.concern() == gravest)
                            .extracting(Judgement::name)
                            .containsExactly(row.verdict);
                });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void itsTwinHolds(Row row) {
        assertThat(verdicts(twin(row)))
                .allSatisfy(verdict ->
                        assertThat(verdict.judgements())
                                .allSatisfy(judgement ->
                                        assertThat(judgement.answer()).isEqualTo(Answer.HELD)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theTwinIsTheSameButForTheSettingsInItsRow(Row row) {
        assertThat(row.changes).hasSizeBetween(1, 2);
        var changed = parse(row.name, row.changes);
        var twin = parse(twin(row), Map.of());
        assertThat(twin.expect()).isEqualTo(changed.expect());
        assertThat(twin.thresholds()).isEqualTo(changed.thresholds());
        assertThat(twin.script()).isEmpty();
        assertThat(changed.script()).isEmpty();
        assertThat(Run.of(twin, "", "").result().fingerprint())
                .isEqualTo(Run.of(changed, "", "").result().fingerprint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"half-lost", "clogged-coordinator", "rounded-majority"})
    void whatIsLeftOfAFailureIsSmall(String name) {
        var big = parse(name, Map.of());
        var shrunk = Shrink.of(big, () -> false).orElseThrow();
        assertThat(shrunk.signature()).isEqualTo(Signature.of(Run.of(big, "", "")));
        assertThat(shrunk.scenario().faults()).hasSizeBetween(1, 3);
        assertThat(shrunk.scenario().topology().partitions())
                .isLessThanOrEqualTo(big.topology().partitions() / 2);
    }
}
