package io.faultline.model.balancer;

import io.faultline.model.Setting;

import java.time.Duration;

/// The balancer, which moves entities from partitions with many to partitions with few.
public record BalancerSettings(
        @Setting(value = "the period at which it looks at the loads", byDefault = "10s")
                Duration interval,
        @Setting(
                        value =
                                "how much above the mean the heaviest may be, as a part of the"
                                        + " mean",
                        byDefault = "0.2")
                double threshold,
        @Setting(value = "how many rounds it makes at most each time", byDefault = "10") int rounds,
        @Setting(value = "how long a round may take", byDefault = "5s") Duration roundTimeout,
        @Setting(
                        value =
                                "how many entities one partition gives to another in a round at"
                                        + " most",
                        byDefault = "100")
                int batch,
        @Setting(value = "who gives to whom", byDefault = "heaviest-to-lightest")
                Exchange exchange) {

    public BalancerSettings {
        if (!interval.isPositive() || !roundTimeout.isPositive()) {
            throw new IllegalArgumentException("interval and roundTimeout must be longer than 0");
        }
        if (!(threshold >= 0)) {
            throw new IllegalArgumentException(
                    "threshold must not be negative, but was " + threshold);
        }
        if (rounds < 1 || batch < 1) {
            throw new IllegalArgumentException("rounds and batch must be at least 1");
        }
    }
}
