package io.faultline.model.listener;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.observation.Observed.ListenerFailed;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Those who listen to changes. What is announced is observed first.
public final class Subscribers {

    private final SortedMap<Integer, ChangeListener> listeners = new TreeMap<>();
    private int subscriptions;

    /// Has a listener told from now on; running the result ends that.
    public Runnable subscribe(ChangeListener listener) {
        int number = subscriptions++;
        listeners.put(number, listener);
        return () -> listeners.remove(number);
    }

    public void announce(StatusChanged change) {
        Kronos.observe(change);
        tell(listener -> listener.statusChanged(change));
    }

    public void announce(PhaseEntered entered) {
        Kronos.observe(entered);
        tell(listener -> listener.phaseEntered(entered));
    }

    /// Whoever subscribes meanwhile is told of the next change, and whoever is unsubscribed before
    /// his turn is told nothing.
    private void tell(Consumer<ChangeListener> message) {
        for (int number : List.copyOf(listeners.keySet())) {
            var listener = listeners.get(number);
            if (listener != null) {
                tell(number, listener, message);
            }
        }
    }

    private static void tell(
            int number, ChangeListener listener, Consumer<ChangeListener> message) {
        try {
            message.accept(listener);
        } catch (RuntimeException failure) {
            // No message: it may differ from run to run.
            Kronos.observe(new ListenerFailed(number, failure.getClass().getName()));
        }
    }
}
