package io.faultline.benchmark.scene;

import io.faultline.benchmark.hold.SplitMix;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;

/// Processes that sleep again and again, for exponential times. One operation is one sleep: an
/// event that is suspended and resumed.
public final class Sleepers extends Scene {

    private static final double NANOS_MEAN = 1e9;

    private final SplitMix random = new SplitMix(1);

    public Sleepers(int processes) {
        open(() -> {
            for (int i = 0; i < processes; i++) {
                new Sleeper(this).live();
            }
        });
    }

    @Entity
    static final class Sleeper {
        private final Sleepers scene;

        Sleeper(Sleepers scene) {
            this.scene = scene;
        }

        public void live() {
            while (true) {
                Kronos.blockingSleep((long) (-NANOS_MEAN * Math.log(scene.random.nextUniform())));
                scene.count();
            }
        }
    }
}
