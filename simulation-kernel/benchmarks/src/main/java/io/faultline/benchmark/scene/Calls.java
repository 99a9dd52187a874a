package io.faultline.benchmark.scene;

import io.faultline.kernel.entity.Blocking;
import io.faultline.kernel.entity.Entity;

/// A thousand clients that call a server and wait for what it answers. One operation is one call:
/// the event of the server, and the client suspended and resumed.
public final class Calls extends Scene {

    private static final int CLIENTS = 1000;

    public Calls() {
        var server = new Server();
        open(() -> {
            for (int i = 0; i < CLIENTS; i++) {
                new Client(this, server).live();
            }
        });
    }

    @Entity
    static final class Server {
        @Blocking
        public long next(long number) {
            return number + 1;
        }
    }

    @Entity
    static final class Client {
        private final Calls scene;
        private final Server server;

        Client(Calls scene, Server server) {
            this.scene = scene;
            this.server = server;
        }

        public void live() {
            long number = 0;
            while (true) {
                number = server.next(number);
                scene.count();
            }
        }
    }
}
