package io.faultline.model.network;

/// What a rule says of one message. Every rule is asked about every message: one drop loses it, and
/// delays add up.
public sealed interface Verdict {

    /// Nothing to say.
    Verdict PASS = new Delay(0);

    /// The message is lost.
    record Drop() implements Verdict {}

    /// The message takes longer.
    ///
    /// @param nanos how much longer; zero or more
    record Delay(long nanos) implements Verdict {}
}
