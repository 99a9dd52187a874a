package io.faultline.model.fault;

/// Something that goes wrong. A kind is a record; its components are its parameters, and its class
/// name in kebab-case is its name in scenario files.
public sealed interface Fault permits Crash, MessageLoss, NetworkSplit {}
