package io.faultline.model.network;

/// A message on its way.
///
/// @param sender the incarnation of the sending node when the message was first sent
/// @param receiver the incarnation of the receiving node then: a reliable channel ends with either
/// @param sentAt nanoseconds of virtual time
/// @param attempt how often it has been sent, this time included
public record Envelope(
        Host from,
        Endpoint to,
        Message message,
        int sender,
        int receiver,
        long sentAt,
        int attempt) {

    /// The node that it is sent to.
    public Host at() {
        return to.host();
    }

    /// Whether neither node has crashed since the message was first sent.
    boolean isChannelOpen() {
        return from.isUp() && from.incarnation() == sender && at().incarnation() == receiver;
    }

    Envelope again(long now) {
        return new Envelope(from, to, message, sender, receiver, now, attempt + 1);
    }

    @Override
    public String toString() {
        return message + " from " + from;
    }
}
