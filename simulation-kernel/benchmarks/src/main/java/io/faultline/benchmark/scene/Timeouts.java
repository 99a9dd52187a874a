package io.faultline.benchmark.scene;

import io.faultline.benchmark.hold.SplitMix;
import io.faultline.kernel.Timer;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;

/// Requests that guard against a lost reply: each sets a timer 200 times further out than the
/// reply, which cancels it; one reply in a hundred never comes.
///
/// One operation is one round: the event of the reply or of the time-out, almost always a cancelled
/// timer, a new timer, and the posting of the next reply.
public final class Timeouts extends Scene {

    private static final double REPLY_NANOS_MEAN = 1e6;
    private static final long TIMEOUT_NANOS = 200_000_000;
    private static final int LOST_ONE_IN = 100;

    private final SplitMix random = new SplitMix(1);

    public Timeouts(int flows) {
        open(() -> {
            for (int i = 0; i < flows; i++) {
                new Flow(this).request();
            }
        });
    }

    @Entity
    static final class Flow {
        private final Timeouts scene;
        private Timer timeout;

        Flow(Timeouts scene) {
            this.scene = scene;
        }

        public void request() {
            send();
        }

        public void reply() {
            scene.count();
            timeout.cancel();
            send();
        }

        public void expire() {
            scene.count();
            send();
        }

        private void send() {
            timeout = Kronos.timer(TIMEOUT_NANOS, this::expire);
            if (scene.random.nextInt(LOST_ONE_IN) > 0) {
                Kronos.sleep((long) (-REPLY_NANOS_MEAN * Math.log(scene.random.nextUniform())));
                reply();
            }
        }
    }
}
