package io.faultline.scenario;

import io.faultline.model.Setting;
import io.faultline.scenario.format.Bare;
import io.faultline.scenario.format.Span;

/// From one time on until another, when the fault heals.
@Bare
public record During(@Setting("the times from the start of chaos") Span span) implements Schedule {}
