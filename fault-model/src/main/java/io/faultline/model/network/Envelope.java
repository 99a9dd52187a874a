package io.faultline.model.network;

/// A message on its way.
///
/// @param sender the incarnation of the sending node when the message was first sent
/// @param receiver the incarnation of the receiving node then: a reliable channel ends with either
/// @param sentAt nanoseconds of virtual time
/// @param attempt how often it has been sent, this time included
/// @param isCorrupt whether it is no longer what was sent, as its checksum will tell the receiver
/// @param isCopy whether the network has made it of another, which it delivers as well
public record Envelope(
        Host from,
        Endpoint to,
        Message message,
        int sender,
        int receiver,
        long sentAt,
        int attempt,
        boolean isCorrupt,
        boolean isCopy) {

    /// A message that is sent for the first time, now.
    static Envelope of(Host from, Endpoint to, Message message, long now) {
        int receiver = to.host().incarnation();
        return new Envelope(from, to, message, from.incarnation(), receiver, now, 1, false, false);
    }

    /// The node that it is sent to.
    public Host at() {
        return to.host();
    }

    /// Whether neither node has crashed since the message was first sent. What a node says last is
    /// sent again by its operating system although it stops.
    boolean isChannelOpen() {
        boolean isLast = message instanceof Message.Goodbye;
        return (isLast || from.isUp() && from.incarnation() == sender)
                && at().incarnation() == receiver;
    }

    Envelope again(long now) {
        return new Envelope(from, to, message, sender, receiver, now, attempt + 1, false, false);
    }

    Envelope corrupted() {
        return new Envelope(from, to, message, sender, receiver, sentAt, attempt, true, isCopy);
    }

    Envelope copied() {
        return new Envelope(from, to, message, sender, receiver, sentAt, attempt, isCorrupt, true);
    }

    /// Whether it is a copy, and the receiver has started again since it was sent.
    boolean isStaleCopy() {
        return isCopy && at().incarnation() != receiver;
    }

    @Override
    public String toString() {
        return message + " from " + from;
    }
}
