package io.faultline.model.network;

/// A message on its way.
///
/// @param incarnation of the receiving node when the message was first sent: a reliable channel
///   ends with it
/// @param sentAt nanoseconds of virtual time
/// @param attempt how often it has been sent, this time included
public record Envelope(
        Host from, Endpoint to, Message message, int incarnation, long sentAt, int attempt) {

    /// The node that it is sent to.
    public Host at() {
        return to.host();
    }

    Envelope again(long now) {
        return new Envelope(from, to, message, incarnation, now, attempt + 1);
    }

    @Override
    public String toString() {
        return message + " from " + from;
    }
}
