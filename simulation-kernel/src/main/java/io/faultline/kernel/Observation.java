package io.faultline.kernel;

/// Something that a model reports about itself: a record that says what happened.
///
/// Observations are all that a run leaves behind; reports, verdicts and tests read nothing else. An
/// implementation is a record whose components are numbers, booleans, strings, enums, durations,
/// [SimTime]s, records of these, or lists of these, so that every value has one canonical encoding
/// (see [Fingerprint]).
public interface Observation {}
