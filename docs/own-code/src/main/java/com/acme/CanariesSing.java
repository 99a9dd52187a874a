package com.acme;

import io.faultline.kernel.Trace;
import io.faultline.model.Setting;
import io.faultline.report.goal.Aftermath;
import io.faultline.report.goal.OwnGoal;
import io.faultline.report.goal.Reach;

import java.util.TreeMap;

/// Every canary that calls has been answered, and of late: its last calls did not go unanswered.
public record CanariesSing(
        @Setting(value = "how many calls in a row may go unanswered", byDefault = "0") int misses)
        implements OwnGoal {

    @Override
    public String description() {
        return "no canary waits for an answer for more than " + misses + " calls";
    }

    @Override
    public Reach reach(Trace trace, Aftermath aftermath) {
        var waiting = new TreeMap<String, Integer>();
        return Reach.atEachInstant(
                trace,
                entry -> {
                    switch (entry.what()) {
                        case Canary.Answered _ -> waiting.put(entry.actor(), 0);
                        case Canary.Unanswered(_, var inARow) -> waiting.put(entry.actor(), inARow);
                        default -> {}
                    }
                },
                () -> !waiting.isEmpty() && waiting.values().stream().allMatch(n -> n <= misses));
    }
}
