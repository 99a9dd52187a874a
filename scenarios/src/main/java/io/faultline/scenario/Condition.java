package io.faultline.scenario;

import io.faultline.model.Setting;
import io.faultline.model.Shorthand;

import java.time.Duration;

/// A condition on a metric: `p99<2600ms`, or with what follows if it fails, `{ threshold:
/// p99<2600ms, abortOnFail: true }`, as in k6.
@Shorthand("threshold")
public record Condition(
        @Setting("the condition, such as p99<2600ms") String threshold,
        @Setting(
                        value = "whether the run ends at the first whole second at which it fails",
                        byDefault = "false")
                boolean abortOnFail,
        @Setting(
                        value =
                                "the time from which on, counted from the start of chaos, it may"
                                        + " end the run",
                        byDefault = "0ms")
                Duration delayAbortEval) {

    public Condition {
        if (!abortOnFail && !delayAbortEval.isZero()) {
            throw new IllegalArgumentException(
                    "delayAbortEval has no meaning without abortOnFail: true");
        }
    }

    /// A condition that ends no run.
    public static Condition of(String threshold) {
        return new Condition(threshold, false, Duration.ZERO);
    }

    @Override
    public String toString() {
        return threshold;
    }
}
