package io.faultline.model.network;

import io.faultline.model.Actor;
import io.faultline.model.cluster.Node;

/// A message on its way.
///
/// @param sender the incarnation of the sending node when the message was first sent
/// @param receiver the incarnation of the receiving node at that time: a reliable channel ends with
///     either
/// @param sentAt nanoseconds of virtual time
/// @param attempt how often it has been sent, this time included
public record Envelope(
        Node from,
        Actor to,
        Node at,
        Message message,
        int sender,
        int receiver,
        long sentAt,
        int attempt) {

    Envelope again(long now) {
        return new Envelope(from, to, at, message, sender, receiver, now, attempt + 1);
    }

    @Override
    public String toString() {
        return message + " from " + from;
    }
}
