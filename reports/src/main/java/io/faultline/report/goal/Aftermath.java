package io.faultline.report.goal;

import io.faultline.kernel.SimTime;
import io.faultline.report.verdict.HealedCore;

/// What a goal is judged on.
///
/// @param core who has to be well
/// @param healed when the last fault was over; never before chaos was
/// @param end when the run ended
public record Aftermath(HealedCore core, SimTime healed, SimTime end) {}
