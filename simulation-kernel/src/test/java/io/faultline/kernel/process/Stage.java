package io.faultline.kernel.process;

import io.faultline.kernel.Observation;
import io.faultline.kernel.Outcome;
import io.faultline.kernel.SimTime;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// A run with people in it who do and say things: a script for tests, with times in nanoseconds.
final class Stage {

    private final Simulation simulation = new Simulation(1);
    private final Map<String, Actor> actors = new HashMap<>();

    private record Line(String words) implements Observation {
        @Override
        public String toString() {
            return words;
        }
    }

    @Entity
    static class Actor {
        private final String name;

        Actor(String name) {
            this.name = name;
        }

        public void act(Runnable script) {
            script.run();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// Makes something in the run.
    <T> T make(Supplier<T> maker) {
        var made = new Object[1];
        simulation.within(() -> made[0] = maker.get());
        @SuppressWarnings("unchecked")
        var result = (T) made[0];
        return result;
    }

    Actor actor(String name) {
        return actors.computeIfAbsent(name, Actor::new);
    }

    /// Has somebody begin a script at a time.
    void at(long time, String who, Runnable script) {
        simulation.within(
                () -> Kronos.after(time - simulation.now().nanos(), () -> actor(who).act(script)));
    }

    static void say(Object what) {
        Kronos.observe(new Line(what.toString()));
    }

    Outcome run() {
        return simulation.run();
    }

    Outcome runUntil(long nanos) {
        return simulation.runUntil(new SimTime(nanos));
    }

    Simulation simulation() {
        return simulation;
    }

    /// Whatever was said, as `10 ann: hello`.
    List<String> said() {
        return simulation.trace().stream()
                .map(e -> e.time().nanos() + " " + e.actor() + ": " + e.what())
                .toList();
    }
}
