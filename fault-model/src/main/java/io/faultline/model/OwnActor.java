package io.faultline.model;

/// An actor of your own: the door for actors that are not part of this program.
///
/// A kind is a record, which says where the actor lives and what it is given, and makes it. In a
/// scenario file it stands under `protocol.actors` with its name in the trace, the name of its
/// class, and its components: `actors: { Cache: { class: com.acme.CacheSettings, node: n1 } }`.
@Door
public interface OwnActor {

    /// Makes the actor, when the system is there but has not begun to work.
    ///
    /// @param name what it is called in the trace
    /// @param world where its node is found, and whom it sends messages to
    Guest settle(String name, World world);
}
