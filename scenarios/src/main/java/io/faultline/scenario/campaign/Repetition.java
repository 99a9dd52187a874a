package io.faultline.scenario.campaign;

import io.faultline.kernel.Agenda;
import io.faultline.kernel.EventWatcher;
import io.faultline.kernel.PostedEvent;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.SimulationException;
import io.faultline.kernel.Trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/// One run made twice, in different threads and with different agendas of events, and compared.
///
/// Only where the two differ are they made once more, side by side, to find the first event that is
/// not the same. At no time are more than a few thousand events kept.
///
/// @param first how the first run went
/// @param second how the second run went
/// @param event the first event that differs; nothing if the runs are the same, or were when they
///   were made once more
/// @param observation the first observation that differs
public record Repetition(
        Side first, Side second, Optional<Divergence> event, Optional<Divergence> observation) {

    private static final int BATCH = 512;
    private static final int BATCHES = 4;

    /// How a run went.
    ///
    /// @param fingerprint the fingerprint of what was observed
    /// @param eventHash the rolling hash over all events
    /// @param events how many events there were
    /// @param failure what broke it down, if it did
    public record Side(String fingerprint, long eventHash, long events, Optional<String> failure) {}

    /// Where two runs part.
    ///
    /// @param index the position of the event or observation, from 0
    /// @param first what happened in the first run; nothing if it was over
    /// @param second what happened in the second run; nothing if it was over
    public record Divergence(long index, Optional<Happening> first, Optional<Happening> second) {}

    /// Something that happened.
    ///
    /// @param time when
    /// @param actor the entity whose event it was, or that observed it
    /// @param what the event with its number in the order of posting, or the observation
    public record Happening(SimTime time, String actor, String what) {
        @Override
        public String toString() {
            return time + "  " + actor + "  " + what;
        }
    }

    /// Makes a run twice.
    ///
    /// @param ready makes the run ready, and has the same done whenever it is called
    /// @param finish has a run that is ready go on to its end
    public static Repetition of(Function<Agenda, Simulation> ready, Consumer<Simulation> finish) {
        var one = new Half(ready, Agenda.LADDER, finish);
        one.start();
        one.await();
        var two = new Half(ready, Agenda.HEAP, finish);
        two.start();
        two.await();
        var first = one.side();
        var second = two.side();
        return first.equals(second)
                ? new Repetition(first, second, Optional.empty(), Optional.empty())
                : new Repetition(
                        first,
                        second,
                        divergentEvent(ready, finish),
                        divergence(one.simulation.trace(), two.simulation.trace()));
    }

    /// Whether both runs were the same.
    public boolean isSame() {
        return first.equals(second);
    }

    private static Optional<Divergence> divergence(Trace one, Trace two) {
        for (int i = 0; i < Math.max(one.size(), two.size()); i++) {
            var first = happening(one, i);
            var second = happening(two, i);
            if (!first.equals(second)) {
                return Optional.of(new Divergence(i, first, second));
            }
        }
        return Optional.empty();
    }

    private static Optional<Happening> happening(Trace trace, int index) {
        if (index >= trace.size()) {
            return Optional.empty();
        }
        var entry = trace.get(index);
        return Optional.of(new Happening(entry.time(), entry.actor(), entry.what().toString()));
    }

    private static Optional<Divergence> divergentEvent(
            Function<Agenda, Simulation> ready, Consumer<Simulation> finish) {
        var one = new Watched(ready, Agenda.LADDER, finish);
        var two = new Watched(ready, Agenda.HEAP, finish);
        one.start();
        two.start();
        try {
            for (long index = 0; ; index++) {
                var first = one.next();
                var second = two.next();
                if (!first.map(Event::identity).equals(second.map(Event::identity))) {
                    return Optional.of(
                            new Divergence(
                                    index,
                                    first.map(Event::happening),
                                    second.map(Event::happening)));
                }
                if (first.isEmpty()) {
                    return Optional.empty();
                }
            }
        } finally {
            one.giveUp();
            two.giveUp();
        }
    }

    /// One of the two runs.
    private static class Half implements Runnable {
        private final Function<Agenda, Simulation> ready;
        private final Agenda agenda;
        private final Consumer<Simulation> finish;
        private final Thread thread;
        private Simulation simulation;
        private Optional<String> failure = Optional.empty();
        private RuntimeException broken;

        Half(Function<Agenda, Simulation> ready, Agenda agenda, Consumer<Simulation> finish) {
            this.ready = ready;
            this.agenda = agenda;
            this.finish = finish;
            this.thread = Thread.ofPlatform().name("with-" + agenda).unstarted(this);
        }

        final void start() {
            thread.start();
        }

        @Override
        public void run() {
            try {
                simulation = ready.apply(agenda);
                prepare(simulation);
                finish.accept(simulation);
            } catch (SimulationException e) {
                failure = Optional.of(e.getMessage());
            } catch (RuntimeException e) {
                broken = e;
            }
        }

        void prepare(Simulation simulation) {}

        final void await() {
            uninterrupted(() -> {
                thread.join();
                return null;
            });
            if (broken != null) {
                throw broken;
            }
        }

        Side side() {
            return new Side(
                    simulation.fingerprint(),
                    simulation.eventHash(),
                    simulation.executed(),
                    failure);
        }
    }

    /// An event as it is compared and shown. The arguments are not compared, since some of them
    /// have no proper name.
    private record Event(String identity, Happening happening) {
        static Event of(PostedEvent event) {
            var text = event.toString();
            var name = text.substring(0, text.indexOf('('));
            int dot = event.entity() == null ? -1 : name.lastIndexOf('.');
            return new Event(
                    event.at() + " #" + event.sequence() + " " + name + event.signature(),
                    new Happening(
                            event.at(),
                            dot < 0 ? "run" : text.substring(0, dot),
                            text.substring(dot + 1) + " #" + event.sequence()));
        }
    }

    /// A run that hands over its events, and waits where it is far ahead.
    private static final class Watched extends Half implements EventWatcher {
        private final BlockingQueue<List<Event>> batches = new ArrayBlockingQueue<>(BATCHES);
        private List<Event> filling = new ArrayList<>();
        private List<Event> reading = List.of();
        private int read;
        private boolean over;
        private volatile boolean givenUp;

        Watched(Function<Agenda, Simulation> ready, Agenda agenda, Consumer<Simulation> finish) {
            super(ready, agenda, finish);
        }

        @Override
        void prepare(Simulation simulation) {
            simulation.watch(this);
        }

        @Override
        public void run() {
            super.run();
            if (!filling.isEmpty()) {
                hand();
            }
            hand();
        }

        @Override
        public void starts(PostedEvent event) {
            filling.add(Event.of(event));
            if (filling.size() == BATCH) {
                hand();
            }
            if (givenUp) {
                super.simulation.interrupt();
            }
        }

        private void hand() {
            var full = filling;
            filling = new ArrayList<>();
            uninterrupted(() -> {
                batches.put(full);
                return null;
            });
        }

        /// The next event; nothing if there is none.
        Optional<Event> next() {
            while (!over && read == reading.size()) {
                reading = uninterrupted(batches::take);
                read = 0;
                over = reading.isEmpty();
            }
            return over ? Optional.empty() : Optional.of(reading.get(read++));
        }

        void giveUp() {
            givenUp = true;
            while (!over) {
                over = uninterrupted(batches::take).isEmpty();
            }
            await();
        }
    }

    private interface Waiting<T> {
        T await() throws InterruptedException;
    }

    private static <T> T uninterrupted(Waiting<T> waiting) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return waiting.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
