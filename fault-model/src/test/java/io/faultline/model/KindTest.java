package io.faultline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.cluster.NodeId;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.fault.Crash;
import io.faultline.model.fault.NetworkSplit;
import io.faultline.model.fault.Selector;
import io.faultline.model.quorum.StrictMajority;

import org.junit.jupiter.api.Test;

import java.util.List;

/// What things are called in scenario files.
class KindTest {

    @Test
    void aThingIsCalledByItsClass() {
        assertThat(Kind.name(new Crash(List.of(), Selector.of(new NodeId("n0")))))
                .isEqualTo("crash");
        assertThat(Kind.name(NetworkSplit.class)).isEqualTo("network-split");
    }

    /// It has a class of its own, whose name nobody ever wrote.
    @Test
    void aConstantWithABodyIsCalledByItsName() {
        assertThat(Kind.name(new StrictMajority())).isEqualTo("strict-majority");
        assertThat(Kind.name(SuspicionPolicy.COUNTING)).isEqualTo("counting");
    }

    @Test
    void parametersAreInKebabCase() {
        assertThat(Kind.kebab("maxConcurrent")).isEqualTo("max-concurrent");
        assertThat(Kind.kebab("loss")).isEqualTo("loss");
        assertThat(Kind.kebab("")).isEmpty();
    }
}
