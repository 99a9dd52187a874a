package io.faultline.model.network;

/// Where messages go.
public interface Endpoint {

    /// Where it is.
    Host host();

    /// A message reaches the host.
    void receive(Envelope envelope);
}
