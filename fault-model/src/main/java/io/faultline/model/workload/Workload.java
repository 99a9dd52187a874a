package io.faultline.model.workload;

import io.faultline.kernel.random.Distribution;
import io.faultline.model.Rate;
import io.faultline.model.Setting;

/// The operations that clients ask of each partition. They arrive at random (a Poisson process).
public record Workload(
        @Setting("how many operations arrive at each partition on average") Rate rate,
        @Setting("how long a node needs for one") Distribution service,
        @Setting(value = "how a node serves them", byDefault = "queue") Discipline discipline,
        @Setting(value = "what a client does that is refused", byDefault = "skip")
                OnReject onReject) {}
