package io.faultline.scenario;

/// What became of an expectation.
///
/// @param held whether it was met
/// @param expected what was expected, as in the file
/// @param text one sentence for people: what was expected and, if it was not met, what was seen
///   instead
public record Finding(boolean held, String expected, String text) {}
