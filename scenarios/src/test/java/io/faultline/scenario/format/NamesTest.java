package io.faultline.scenario.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.fault.Fault;
import io.faultline.model.observation.Observed;

import org.junit.jupiter.api.Test;

import java.util.List;

class NamesTest {

    @Test
    void kindsAreReadOffThePermitsClause() {
        assertThat(Names.kinds(Fault.class)).containsKeys("crash", "message-loss", "network-split");
        assertThat(Names.kinds(Observed.class))
                .containsEntry("quorum-lost", Observed.QuorumLost.class);
    }

    @Test
    void oneMistakeIsALetterMoreOrLessOrOtherOrSwapped() {
        assertThat(Names.mistakes("crash", "crash")).isZero();
        assertThat(Names.mistakes("crsh", "crash")).isOne();
        assertThat(Names.mistakes("craash", "crash")).isOne();
        assertThat(Names.mistakes("crush", "crash")).isOne();
        assertThat(Names.mistakes("carsh", "crash")).isOne();
        assertThat(Names.mistakes("", "crash")).isEqualTo(5);
    }

    @Test
    void onlyWhatIsCloseIsSuggested() {
        var choices = List.of("latency", "roundTrips", "jitter", "loss");

        assertThat(Names.hint("lantency", choices)).isEqualTo(" — did you mean 'latency'?");
        assertThat(Names.hint("round-trips", choices)).isEqualTo(" — did you mean 'roundTrips'?");
        assertThat(Names.hint("LOSS", choices)).isEqualTo(" — did you mean 'loss'?");
        assertThat(Names.hint("bandwidth", choices)).isEmpty();
        assertThat(Names.hint("", choices)).isEmpty();
        assertThat(Names.hint("majority", List.of("strict-majority")))
                .isEqualTo(" — did you mean 'strict-majority'?");
        var livelocks = List.of("recovery-livelock{parked}", "recovery-livelock");
        assertThat(Names.hint("livelock", livelocks))
                .isEqualTo(" — did you mean 'recovery-livelock'?");
        assertThat(Names.hint("quorum", List.of("quorum-loss", "quorum-lost"))).isEmpty();
    }
}
