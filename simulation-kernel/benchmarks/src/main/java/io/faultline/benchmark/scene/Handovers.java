package io.faultline.benchmark.scene;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.process.Channel;

/// Producers that hand things over to consumers as fast as these take them. One operation is one
/// thing handed over.
public final class Handovers extends Scene {

    private static final int PAIRS = 500;

    public Handovers() {
        open(() -> {
            for (int i = 0; i < PAIRS; i++) {
                var channel = new Channel<String>("things " + i);
                new Producer(channel).live();
                new Consumer(this, channel).live();
            }
        });
    }

    @Entity
    static final class Producer {
        private final Channel<String> channel;

        Producer(Channel<String> channel) {
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
        private final Channel<String> channel;

        Consumer(Handovers scene, Channel<String> channel) {
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
