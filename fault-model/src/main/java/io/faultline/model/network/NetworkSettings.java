package io.faultline.model.network;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Probability;
import io.faultline.model.Setting;

import java.time.Duration;
import java.util.Map;

/// What messages meet on their way from node to node. Messages of a node to itself take no time and
/// are never lost.
public record NetworkSettings(
        @Setting(
                        value = "one-way latency between two nodes whose regions say nothing else",
                        byDefault = "0ms")
                Distribution latency,
        @Setting(
                        "measured round-trip times between regions, by row and column; half of one"
                                + " is the latency of one way, and a pair given one way round only"
                                + " counts for both")
                Map<String, Map<String, Duration>> roundTrips,
        @Setting(value = "added to the latency of every message", byDefault = "0ms")
                Distribution jitter,
        @Setting(value = "the share of messages that are lost", byDefault = "0%") Probability loss,
        @Setting(
                        value =
                                "how long a lost message of a reliable channel waits to be sent"
                                        + " again, twice as long each time; heartbeats are not sent"
                                        + " again",
                        byDefault = "200ms")
                Duration retransmit) {

    private static final int MAX_DOUBLINGS = 6;
    private static final Duration LONGEST = Duration.ofDays(100);

    public NetworkSettings {
        if (!retransmit.isPositive() || retransmit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "retransmit must be longer than 0, and at most " + LONGEST.toDays() + "d");
        }
    }

    /// How long a message of a reliable channel waits to be sent again which has been lost so often
    /// in a row.
    public Duration waitAfter(int losses) {
        return Duration.ofNanos(
                retransmit.toNanos() << Math.min(Math.max(1, losses) - 1, MAX_DOUBLINGS));
    }

    /// The longest that such a message may have to wait if it was lost again and again for so long.
    public Duration longestWait(Duration span) {
        var lost = Duration.ZERO;
        int losses = 1;
        while (losses <= MAX_DOUBLINGS && lost.plus(waitAfter(losses)).compareTo(span) <= 0) {
            lost = lost.plus(waitAfter(losses));
            losses++;
        }
        return waitAfter(losses);
    }
}
