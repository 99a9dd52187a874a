package io.faultline.model.detector;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.Turn;
import io.faultline.model.cluster.PartitionId;

import java.util.List;
import java.util.Optional;

/// One who listens to everybody.
///
/// @param listener who, on the node of the handler for whom it listens
public record LoneListener(Listener listener) implements Lookout {

    public LoneListener {
        listener.host().house(listener);
    }

    @Override
    public List<Listener> listenersTo(PartitionId partition) {
        return List.of(listener);
    }

    @Override
    public Optional<Long> silenceOf(PartitionId partition) {
        return Optional.of(listener.silenceOf(partition));
    }

    @Override
    public List<StatusListener> statusListeners() {
        return listener instanceof StatusListener told ? List.of(told) : List.of();
    }

    @Override
    public void start() {
        Kronos.after(0, Turn.DELIVERY.ofNobody(), () -> listener.start());
    }
}
