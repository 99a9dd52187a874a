package io.faultline.benchmark.scene;

import io.faultline.kernel.entity.Entity;

/// Two entities that call each other at one instant, without end. One operation is one event.
public final class PingPong extends Scene {

    /// @param arguments whether the call carries two of them, a number and an object
    public PingPong(boolean arguments) {
        var ping = new Player(this);
        var pong = new Player(this);
        ping.other = pong;
        pong.other = ping;
        open(arguments ? () -> ping.strike(0, "ball") : ping::hit);
    }

    @Entity
    static final class Player {
        private final PingPong scene;
        private Player other;

        Player(PingPong scene) {
            this.scene = scene;
        }

        public void hit() {
            scene.count();
            other.hit();
        }

        public void strike(long strokes, Object ball) {
            scene.count();
            other.strike(strokes + 1, ball);
        }
    }
}
