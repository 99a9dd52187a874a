package com.acme;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.model.Setting;
import io.faultline.model.Turn;
import io.faultline.model.cluster.Node;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.detector.FaultHandler;
import io.faultline.model.detector.Finding;
import io.faultline.model.detector.Healing;
import io.faultline.model.detector.Listener;
import io.faultline.model.detector.OwnDetector;
import io.faultline.model.detector.StatusListener;
import io.faultline.model.detector.Suspicions.Change;
import io.faultline.model.network.Message;

import java.time.Duration;

/// Counts periods without a heartbeat instead of measuring silence.
public record MissedBeats(
        @Setting(value = "the period of heartbeats", byDefault = "500ms") Duration heartbeat,
        @Setting(value = "so many missed in a row are suspicious", byDefault = "3") int suspect,
        @Setting(value = "so many missed in a row are a failure", byDefault = "6") int failure)
        implements OwnDetector {

    public MissedBeats {
        if (suspect < 1 || failure <= suspect) {
            throw new IllegalArgumentException(
                    "1 <= suspect < failure must hold, but they are "
                            + suspect
                            + " and "
                            + failure);
        }
    }

    @Override
    public Duration detection() {
        return heartbeat.multipliedBy(failure + 1L);
    }

    @Override
    public Listener listener(
            String name, Node host, FaultHandler handler, Healing healing, int partitions) {
        return new Counter(name, host, this, handler, partitions);
    }

    /// Who counts.
    @Entity
    static class Counter extends Listener implements StatusListener {
        private final MissedBeats settings;
        private final FaultHandler handler;
        private final int[] missed;
        private final boolean[] failed;

        Counter(
                String name,
                Node host,
                MissedBeats settings,
                FaultHandler handler,
                int partitions) {
            super(name, host);
            this.settings = settings;
            this.handler = handler;
            this.missed = new int[partitions];
            this.failed = new boolean[partitions];
        }

        @Override
        public void start() {
            this.count();
        }

        /// Another period is over.
        public void count() {
            if (defers(() -> this.count())) {
                return;
            }
            for (int rank = 0; rank < missed.length; rank++) {
                missed[rank]++;
                var partition = new PartitionId(rank);
                if (missed[rank] == settings.suspect()) {
                    Finding.SUSPECT.tell(handler, partition);
                } else if (missed[rank] == settings.failure()) {
                    Finding.CONFIRM.tell(handler, partition);
                }
            }
            timer(settings.heartbeat().toNanos(), Turn.TIMER.ofNobody(), () -> this.count());
        }

        @Override
        protected void handle(Message message) {
            if (!(message instanceof Message.Heartbeat(var partition))) {
                throw new IllegalArgumentException(this + " does not expect " + message);
            }
            if (failed[partition.rank()]) {
                handler.heardLate(partition);
            } else {
                if (missed[partition.rank()] >= settings.suspect()) {
                    Finding.ALIVE.tell(handler, partition);
                }
                missed[partition.rank()] = 0;
            }
        }

        @Override
        public void statusChanged(Change change) {
            int rank = change.partition().rank();
            failed[rank] = change.to() == PartitionStatus.FAILED;
            if (change.to() == PartitionStatus.HEALTHY) {
                missed[rank] = 0;
            }
        }

        /// Somebody has reported a partition.
        @Override
        public void doubt(PartitionId partition) {
            if (missed[partition.rank()] < settings.suspect()) {
                Finding.ALIVE.tell(handler, partition);
            }
        }

        @Override
        @NonEvent
        public long silenceOf(PartitionId partition) {
            return settings.heartbeat().toNanos() * missed[partition.rank()];
        }
    }
}
