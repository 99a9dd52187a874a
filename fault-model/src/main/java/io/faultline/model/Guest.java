package io.faultline.model;

import io.faultline.kernel.entity.Entity;
import io.faultline.model.cluster.Node;

/// An actor that is no part of this program, made by an [OwnActor].
///
/// Others of its kind are found with [World#guest], from the start of the run on.
@Entity
public abstract class Guest extends Actor {

    protected Guest(String name, Node host) {
        super(name, host);
    }

    /// The run begins.
    public abstract void start();
}
