package io.faultline.model.network;

import io.faultline.model.Actor;
import io.faultline.model.cluster.Node;

/// A message on its way.
///
/// @param incarnation of the receiving node when the message was first sent: a reliable channel ends
///     with it
/// @param sentAt nanoseconds of virtual time
/// @param attempt how often it has been sent, this time included
public record Envelope(
        Node from, Actor to, Node at, Message message, int incarnation, long sentAt, int attempt) {

    Envelope again(long now) {
        return new Envelope(from, to, at, message, incarnation, now, attempt + 1);
    }

    @Override
    public String toString() {
        return message + " from " + from;
    }
}
