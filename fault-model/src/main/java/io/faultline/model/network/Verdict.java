package io.faultline.model.network;

import java.util.List;

/// What a rule says of one message. Every rule is asked about every message: one drop loses it,
/// delays add up, and so do copies.
public sealed interface Verdict {

    /// Nothing to say.
    Verdict PASS = new Delay(0);

    /// The message is lost.
    record Drop() implements Verdict {}

    /// The message takes longer.
    ///
    /// @param nanos how much longer; zero or more
    record Delay(long nanos) implements Verdict {}

    /// The message arrives as something else, which its receiver notices.
    record Corrupt() implements Verdict {}

    /// The message arrives more than once.
    ///
    /// @param nanos how much later than the message each copy of it arrives; zero or more
    record Duplicate(List<Long> nanos) implements Verdict {}
}
