package io.faultline.report;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.model.monitor.AlertRule;
import io.faultline.model.observation.Observed.AlertCleared;
import io.faultline.model.observation.Observed.AlertRaised;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An alert of the monitor.
///
/// @param reading the value when it was raised, and its limit
/// @param until when it was cleared, if it was
record Alert(AlertRule rule, String reading, SimTime from, Optional<SimTime> until) {

    /// The alerts of a run, in the order in which they were raised.
    static List<Alert> of(Trace trace) {
        var alerts = new ArrayList<Alert>();
        for (var entry : trace) {
            switch (entry.what()) {
                case AlertRaised(var rule, var reading) ->
                        alerts.add(new Alert(rule, reading, entry.time(), Optional.empty()));
                case AlertCleared(var rule, _) ->
                        alerts.replaceAll(alert ->
                                alert.rule == rule && alert.until.isEmpty()
                                        ? alert.clearedAt(entry.time())
                                        : alert);
                default -> {}
            }
        }
        return alerts;
    }

    private Alert clearedAt(SimTime time) {
        return new Alert(rule, reading, from, Optional.of(time));
    }
}
