package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Random;

/// Damages valid files at random, with a fixed seed. Whatever comes out, the parser accepts it or
/// says what is wrong; it neither breaks nor hangs.
class MutationTest {
    private static final int MUTATIONS = Boolean.getBoolean("validation") ? 120_000 : 2_000;

    private final ScenarioParser parser = new ScenarioParser();

    @Test
    void damagedFilesAreRefusedOrReadButNeverBreakTheParser() {
        var files = Damage.files();
        var random = new Random(20_260_101);
        int accepted = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            var damaged = Damage.several(files.get(random.nextInt(files.size())), random);
            accepted += isAccepted(damaged) ? 1 : 0;
        }

        assertThat(accepted).isBetween(MUTATIONS / 50, MUTATIONS * 9 / 10);
    }

    private boolean isAccepted(String damaged) {
        try {
            var scenario = parser.parse(new Source("damaged.yaml", damaged), Map.of());
            var again =
                    parser.parse(
                            new Source("again.yaml", ScenarioWriter.write(scenario)), Map.of());
            assertThat(again).as(damaged).isEqualTo(scenario.withoutParams());
            return true;
        } catch (ScenarioException e) {
            assertThat(e.problems()).isNotEmpty();
            assertThat(e.problems()).allMatch(problem -> problem.file().equals("damaged.yaml"));
            assertThat(e.getMessage()).doesNotContain("null pointer", "Exception", "java.");
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("broke on:\n" + damaged, e);
        }
    }
}
