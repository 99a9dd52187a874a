package io.faultline.model.fault;

import io.faultline.model.Door;

import java.util.List;

/// A fault of your own: the door for kinds that are not part of this program.
///
/// A kind is a record. In a scenario file it stands under `own`, with the name of its class and its
/// components: `own: { class: com.acme.Brownout, node: n1 }`.
///
/// It acts on nodes, clocks and the network of the world that it is given, draws chance from
/// [Effect#random] only, says [Effect#take] when it first changes anything, and undoes what it did,
/// and nothing else, when what it returned is run.
@Door
public non-sealed interface OwnFault extends Fault {

    /// Nobody knows what it does, so it may have lost messages.
    @Override
    default Aftermath aftermath() {
        return Aftermath.ofLost(List.of());
    }
}
