package io.faultline.kernel.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.kernel.Observation;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.process.Channel;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// A producer and a slower consumer over a channel: the producer waits until the consumer is ready.
class ProducerConsumerTest {

    record Produced(int item) implements Observation {}

    record Consumed(int item) implements Observation {}

    @Entity
    static class Producer {
        private final Channel<Integer> channel;

        Producer(Channel<Integer> channel) {
            this.channel = channel;
        }

        public void produce(int items) {
            for (int item = 1; item <= items; item++) {
                Kronos.blockingSleep(Duration.ofMillis(10).toNanos());
                channel.put(item);
                Kronos.observe(new Produced(item));
            }
        }
    }

    @Entity
    static class Consumer {
        private final Channel<Integer> channel;

        Consumer(Channel<Integer> channel) {
            this.channel = channel;
        }

        public void consume() {
            while (true) {
                int item = channel.take();
                Kronos.observe(new Consumed(item));
                Kronos.blockingSleep(Duration.ofMillis(25).toNanos());
            }
        }
    }

    private final Simulation simulation = new Simulation(42);

    private void run() {
        simulation.within(() -> {
            var channel = new Channel<Integer>("conveyor");
            new Consumer(channel).consume();
            new Producer(channel).produce(3);
        });
        simulation.run();
    }

    @Test
    void theSlowerOneSetsThePace() {
        run();
        assertThat(simulation.trace())
                .extracting(Object::toString)
                .containsExactly(
                        "0.010s Consumer Consumed[item=1]",
                        "0.010s Producer Produced[item=1]",
                        "0.035s Producer Produced[item=2]",
                        "0.035s Consumer Consumed[item=2]",
                        "0.060s Producer Produced[item=3]",
                        "0.060s Consumer Consumed[item=3]");
    }

    @Test
    void theConsumerIsLeftWaitingAndTheRunSaysWhere() {
        run();
        assertThat(simulation.suspensions())
                .singleElement()
                .extracting(Object::toString)
                .asString()
                .startsWith(
                        "Consumer.consume() waits for a putter at channel conveyor since 0.085s at"
                                + " ")
                .endsWith("(ProducerConsumerTest.java:%d)".formatted(lineOf("channel.take()")));
    }

    private static int lineOf(String code) {
        return Source.lineOf(ProducerConsumerTest.class, code);
    }
}
