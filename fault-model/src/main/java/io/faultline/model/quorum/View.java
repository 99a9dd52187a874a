package io.faultline.model.quorum;

import io.faultline.kernel.Observation;
import io.faultline.kernel.entity.Kronos;
import io.faultline.model.Protocol;
import io.faultline.model.Turn;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.detector.StatusListener;
import io.faultline.model.detector.Suspicions;
import io.faultline.model.detector.Suspicions.Change;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// How one who judges sees the system: what he believes of every partition, whether that makes a
/// quorum, and whom he tells about it.
public final class View {

    private final Suspicions suspicions;
    private final Electorate electorate;
    private final BiFunction<Integer, Integer, Observation> lost;
    private final BiFunction<Integer, Integer, Observation> restored;
    private final List<StatusListener> listeners = new ArrayList<>();
    private boolean quorum = true;

    /// @param lost what is observed when there is no quorum any more: how many are active, of how
    ///   many
    /// @param restored what is observed when there is one again
    public View(
            Protocol protocol,
            int partitions,
            BiFunction<Integer, Integer, Observation> lost,
            BiFunction<Integer, Integer, Observation> restored) {
        this.suspicions = new Suspicions(protocol.suspicion(), partitions);
        this.electorate = new Electorate(suspicions, protocol.quorum(), protocol.census());
        this.lost = lost;
        this.restored = restored;
    }

    /// What he believes.
    public Suspicions suspicions() {
        return suspicions;
    }

    /// Whether it makes a quorum.
    public Electorate electorate() {
        return electorate;
    }

    /// Has an actor told what he believes from now on.
    public void subscribe(StatusListener listener) {
        listeners.add(listener);
    }

    /// He has changed his mind: observes if there is a quorum where there was none or none where
    /// there was one, and tells those who listen.
    public void changed(Change change) {
        observeQuorum();
        tell(change.partition(), listener -> listener.statusChanged(change));
    }

    /// A partition was reported, and he has not changed his mind.
    public void doubted(PartitionId partition) {
        tell(partition, listener -> listener.doubt(partition));
    }

    private void observeQuorum() {
        boolean now = electorate.isQuorate();
        if (now != quorum) {
            quorum = now;
            Kronos.observe((now ? restored : lost).apply(electorate.active(), electorate.total()));
        }
    }

    private void tell(PartitionId partition, Consumer<StatusListener> message) {
        for (var listener : listeners) {
            Kronos.after(0, Turn.DELIVERY.of(partition), () -> message.accept(listener));
        }
    }
}
