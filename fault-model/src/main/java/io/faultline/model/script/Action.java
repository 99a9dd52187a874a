package io.faultline.model.script;

/// Something that an operator or a test does, at a time that the scenario names.
public sealed interface Action permits Arrive, Operation, OperatorHeal, OperatorRetry, Report {}
