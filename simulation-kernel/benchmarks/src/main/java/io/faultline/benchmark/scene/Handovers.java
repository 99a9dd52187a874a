package io.faultline.benchmark.scene;

import io.faultline.kernel.entity.Entity;

/// Producers that hand things over to consumers as fast as these take them. One operation is one
/// thing handed over.
public final class Handovers extends Scene {

    private static final int PAIRS = 500;

    public Handovers() {
        open(() -> {
            for (int i = 0; i < PAIRS; i++) {
                var channel = new Rendezvous<String>();
                new Producer(channel).live();
                new Consumer(this, channel).live();
            }
        });
    }

    @Entity
    static final class Producer {
        private final Rendezvous<String> channel;

        Producer(Rendezvous<String> channel) {
            this.channel = channel;
        }

        public void live() {
            while (true) {
                channel.put("thing");
            }
        }
    }

    @Entity
    static final class Consumer {
        private final Handovers scene;
        private final Rendezvous<String> channel;

        Consumer(Handovers scene, Rendezvous<String> channel) {
            this.scene = scene;
            this.channel = channel;
        }

        public void live() {
            while (true) {
                channel.take();
                scene.count();
            }
        }
    }
}
