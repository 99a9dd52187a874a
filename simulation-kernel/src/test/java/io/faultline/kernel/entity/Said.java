package io.faultline.kernel.entity;

import io.faultline.kernel.Observation;
import io.faultline.kernel.Simulation;

import java.util.List;

/// What the entities of these tests report.
public record Said(String what) implements Observation {

    public static void say(Object what) {
        Kronos.observe(new Said(String.valueOf(what)));
    }

    /// All that was said in a run, in order.
    static List<String> in(Simulation simulation) {
        return simulation.trace().all(Said.class).map(Said::what).toList();
    }
}
