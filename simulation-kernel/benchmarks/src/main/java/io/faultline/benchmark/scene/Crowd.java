package io.faultline.benchmark.scene;

import io.faultline.benchmark.hold.SplitMix;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;

/// Walkers, each an entity with one pending event, and sleepers, each an entity with one suspended
/// event. One operation is one event of either.
public final class Crowd extends Scene {

    private static final double NANOS_MEAN = 1e9;

    private final SplitMix random = new SplitMix(1);

    public Crowd(int walkers, int sleepers) {
        open(() -> {
            for (int i = 0; i < walkers; i++) {
                new Walker(this).walk();
            }
            for (int i = 0; i < sleepers; i++) {
                new Sleeper(this).live();
            }
        });
    }

    private long nanos() {
        return (long) (-NANOS_MEAN * Math.log(random.nextUniform()));
    }

    @Entity
    static final class Walker {
        private final Crowd crowd;

        Walker(Crowd crowd) {
            this.crowd = crowd;
        }

        public void walk() {
            crowd.count();
            Kronos.sleep(crowd.nanos());
            walk();
        }
    }

    @Entity
    static final class Sleeper {
        private final Crowd crowd;

        Sleeper(Crowd crowd) {
            this.crowd = crowd;
        }

        public void live() {
            while (true) {
                Kronos.blockingSleep(crowd.nanos());
                crowd.count();
            }
        }
    }
}
