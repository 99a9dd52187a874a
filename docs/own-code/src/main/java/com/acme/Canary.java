package com.acme;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.model.Guest;
import io.faultline.model.OwnActor;
import io.faultline.model.Setting;
import io.faultline.model.Turn;
import io.faultline.model.World;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.network.Message;
import io.faultline.model.network.Message.OwnMessage;
import io.faultline.model.observation.Observed.OwnObservation;

import java.time.Duration;
import java.util.Optional;

/// Calls another canary again and again, and says whether it was answered.
public record Canary(
        @Setting("where it lives") NodeId node,
        @Setting("whom it calls; nobody if left out") Optional<String> calls,
        @Setting(value = "how often it calls, and how long it waits", byDefault = "500ms")
                Duration period)
        implements OwnActor {

    /// The other one has answered.
    public record Answered(String other, Duration after) implements OwnObservation {}

    /// The other one has not answered in time.
    public record Unanswered(String other, int inARow) implements OwnObservation {}

    /// Are you there? Not sent again if it is lost.
    record Call(String from, int number) implements OwnMessage {
        @Override
        public boolean isReliable() {
            return false;
        }
    }

    /// Yes.
    record Answer(int number) implements OwnMessage {
        @Override
        public boolean isReliable() {
            return false;
        }
    }

    @Override
    public Guest settle(String name, World world) {
        return new Bird(name, world.node(node), this, world);
    }

    /// The canary itself.
    @Entity
    static class Bird extends Guest {
        private final Canary settings;
        private final World world;
        private int number;
        private long called;
        private boolean answered;
        private int inARow;

        Bird(String name, Node host, Canary settings, World world) {
            super(name, host);
            this.settings = settings;
            this.world = world;
        }

        @Override
        public void start() {
            settings.calls().ifPresent(_ -> call());
        }

        private void call() {
            number++;
            called = Kronos.currentTime();
            answered = false;
            send(world.guest(settings.calls().orElseThrow()), new Call(toString(), number));
            timer(settings.period().toNanos(), Turn.TIMER.ofNobody(), () -> this.look());
        }

        /// The time for an answer is over.
        public void look() {
            if (defers(() -> this.look())) {
                return;
            }
            inARow = answered ? 0 : inARow + 1;
            if (!answered) {
                Kronos.observe(new Unanswered(settings.calls().orElseThrow(), inARow));
            }
            call();
        }

        @Override
        protected void handle(Message message) {
            switch (message) {
                case Call(var from, var call) -> send(world.guest(from), new Answer(call));
                case Answer(var call) when call == number -> {
                    answered = true;
                    var after = Duration.ofNanos(Kronos.currentTime() - called);
                    Kronos.observe(new Answered(settings.calls().orElseThrow(), after));
                }
                case Answer _ -> {} // too late
                default -> throw new IllegalArgumentException(this + " does not expect " + message);
            }
        }
    }
}
