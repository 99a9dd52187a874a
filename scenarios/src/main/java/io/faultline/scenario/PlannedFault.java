package io.faultline.scenario;

import io.faultline.model.fault.Fault;
import io.faultline.scenario.format.Inline;

/// A fault and its time.
public record PlannedFault(@Inline("schedule") Schedule schedule, @Inline("fault") Fault fault) {}
